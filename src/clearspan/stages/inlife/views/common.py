"""What the pages of in-life share."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.forms import ActionForm
from clearspan.core.models import Company
from clearspan.core.records import Record
from clearspan.core.web import actor_of, page
from clearspan.stages.inlife.rules import keeps_books

PLACE = "inlife"
PAGES = (
    ("inlife", "Profit and loss"), ("ledger_entries", "Entries"), ("ledger_versions", "Versions"),
)  # fmt: skip


def frame(request: HttpRequest, product: Product, here: str) -> dict[str, Any]:
    """The product, the currency, the switch between the pages of the books, and whether one may keep them."""
    return {
        "product": product, "currency": Company.ours().currency,
        "places": [
            *((label, reverse(name, args=[product.key]), name == here) for name, label in PAGES),
            ("All products", reverse("earnings"), False),
        ],
        "may_keep": keeps_books(actor_of(request), {"product": product}),
    }  # fmt: skip


def crumbs(product: Product, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("In-life", reverse("inlife", args=[product.key]) if more else ""), *more]


def part_of(actor: Actor, product: Product, model: Any, pk: int, way: str = "product") -> Any:
    """A row of the product's books, or 404."""
    found = model.objects.visible_to(actor).filter(pk=pk, **{way: product}).first()
    if found is None:
        raise Http404(f"no such {model._meta.verbose_name}")
    return found


def form_page(
    request: HttpRequest,
    product: Product,
    form: ActionForm,
    words: dict[str, Any],
    where: list[tuple[str, str]],
    about: Record | None = None,
) -> HttpResponse:
    """The one template that forms are shown in. `words`: answer, lede, save, back, draft, removes."""
    context = {"product": product, "form": form, **words}
    status = 422 if form.errors else 200
    return page(request, "inlife/form.html", context, place=PLACE, crumbs=where, about=about, status=status)


def with_values(asked: QueryDict, **given: str) -> str:
    """What the page was asked for, with these values instead: as an address has it behind its question mark."""
    query = asked.copy()
    for name, value in given.items():
        query[name] = value
    return query.urlencode()
