"""What the pages of KPIs, proposals and promises share."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.catalogue.rules import works_on
from clearspan.core.forms import ActionForm
from clearspan.core.models import Company
from clearspan.core.records import Record
from clearspan.core.web import actor_of, page

PLACE = "inlife"
PAGES = (
    ("inlife", "Profit and loss"), ("kpis", "KPIs"), ("proposals", "Proposals"), ("promises", "Promises"),
    ("calibration", "Calibration"), ("cohorts", "Cohorts"),
)  # fmt: skip


def frame(request: HttpRequest, product: Product, here: str) -> dict[str, Any]:
    """The product, the currency, the switch between these pages, and whether one may work on it."""
    return {
        "product": product, "currency": Company.ours().currency,
        "places": [(label, reverse(name, args=[product.key]), name == here) for name, label in PAGES],
        "may_work": works_on(actor_of(request), {"product": product}),
    }  # fmt: skip


def crumbs(product: Product, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("In-life", reverse("inlife", args=[product.key])), *more]


def one_of(request: HttpRequest, product: Product, model: Any, pk: int, *with_: str) -> Any:
    """A row of the product, or 404."""
    rows = model.objects.visible_to(actor_of(request)).filter(product=product, pk=pk)
    found = rows.select_related("product", *with_).first()
    if found is None:
        raise Http404(f"no such {model._meta.verbose_name}")
    return found


def form_page(
    request: HttpRequest, product: Product, form: ActionForm, words: dict[str, Any], where: list[tuple[str, str]],
    about: Record | None = None,
) -> HttpResponse:  # fmt: skip
    """The one template that these forms are shown in. `words`: answer, lede, save, back, draft."""
    context = {"product": product, "form": form, **words}
    status = 422 if form.errors else 200
    return page(request, "inlife/write.html", context, place=PLACE, crumbs=where, about=about, status=status)
