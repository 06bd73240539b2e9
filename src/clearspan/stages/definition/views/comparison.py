"""Who does what is required: we and the competitors, requirement by requirement."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from clearspan.catalogue.comparing import Compared
from clearspan.catalogue.models import Product
from clearspan.catalogue.views import comparison as shared
from clearspan.core.web import actor_of
from clearspan.stages.definition.actions.market import knows_the_market, say_who_does
from clearspan.stages.definition.models import Requirement
from clearspan.stages.definition.queries import comparison as reads
from clearspan.stages.opportunities.views.comparison import views


def comparison(request: HttpRequest, product: Product) -> HttpResponse:
    """Where are we different and better in what is required, and where behind?"""
    actor, given = actor_of(request), request.GET.get("definition", "")
    definition = int(given) if given.isdecimal() and len(given) < 10 else None
    found = reads.comparison(actor, product, shared.chosen(request, product), definition)
    of = dict(Requirement.objects.filter(pk__in=[row.key for row in found.rows]).values_list("pk", "definition"))

    at = reverse("requirement_standing", args=[product.key, 0]).removesuffix("0")  # once: of cells there are hundreds

    def cell(row: Compared, competitor: int | None) -> str:
        return f"{at}{row.key}?competitor=CP-{competitor}" if competitor else f"{at}{row.key}"

    choices = [("", "all definitions"), *reads.definitions_with_requirements(actor, product)]
    words: dict[str, Any] = {
        "what": "Required", "views": views(request, product, "requirement_comparison"),
        "filters": {"name": "definition", "choices": choices, "value": given, "label": "Definition"},
        "empty": {"title": "What is required is compared", "words": "Requirements come with definitions. Who does them "
                  "already, we and competitors, says what is expected everywhere and what would be different.",
                  "button": "See the definitions", "url": reverse("definitions", args=[product.key])},
    }  # fmt: skip
    return shared.comparison_page(
        request, product, found, cell=cell, may=knows_the_market(actor, {"product": product}), words=words,
        subject=lambda row: reverse("requirement", args=[product.key, of[row.key], row.key]),
    )  # fmt: skip


def requirement_standing(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """How far a competitor, or our product, does what is required."""
    rows = Requirement.objects.visible_to(actor_of(request)).filter(definition__product=product, pk=pk)
    row = rows.select_related("definition").first()
    if row is None:
        raise Http404("no such requirement")
    return shared.standing_form(
        request, product, row, say=say_who_does, subject="requirement", forget="forget_who_does",
        now=lambda competitor: reads.standing(row, competitor),
        back=reverse("requirement_comparison", args=[product.key]),
    )  # fmt: skip
