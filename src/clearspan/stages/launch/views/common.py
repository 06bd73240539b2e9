"""What the pages of launches share."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.core.forms import ActionForm
from clearspan.core.records import Record
from clearspan.core.web import actor_of, page
from clearspan.stages.launch.models import Launch


def launch_of(request: HttpRequest, product: Product, pk: int) -> Launch:
    rows = Launch.objects.visible_to(actor_of(request)).filter(product=product, pk=pk)
    found: Launch | None = rows.select_related("product", "keeper", "template").first()
    if found is None:
        raise Http404("no such launch")
    return found


def part_of(request: HttpRequest, launch: Launch, model: Any, pk: int) -> Any:
    """A commitment, document or measure of the launch, or 404."""
    rows = model.objects.visible_to(actor_of(request)).filter(launch=launch, pk=pk)
    named = {field.name for field in model._meta.fields} & {"function", "owner", "drafted_from", "commitment"}
    found = rows.select_related(*sorted(named)).first()
    if found is None:
        raise Http404(f"no such {model._meta.verbose_name}")
    return found


def is_sent(request: HttpRequest, form: ActionForm) -> bool:
    """Whether the form was sent and its fields can be read."""
    return request.method == "POST" and form.is_valid()


def crumbs(launch: Launch, *more: str) -> list[tuple[str, str]]:
    """The list, the launch, what is on the page."""
    key = launch.product.key
    start = ("Launches", reverse("launches", args=[key]))
    own = (launch.title, reverse("launch", args=[key, launch.pk]) if more else "")
    return [start, own, *((words, "") for words in more)]


def form_page(
    request: HttpRequest,
    product: Product,
    form: ActionForm,
    words: dict[str, Any],
    where: list[tuple[str, str]],
    about: Record | None = None,
) -> HttpResponse:
    """The one template that the forms are shown in. `words`: answer, lede, save, back, draft, removes."""
    context = {"product": product, "form": form, **words}
    status = 422 if form.errors else 200
    return page(request, "launch/form.html", context, place="launches", crumbs=where, about=about, status=status)
