"""Who meets what the market needs: we and the competitors, need by need."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from clearspan.catalogue.comparing import Compared
from clearspan.catalogue.models import Product
from clearspan.catalogue.views import comparison as shared
from clearspan.core import panels
from clearspan.core.web import actor_of
from clearspan.stages.opportunities.actions import say_who_meets
from clearspan.stages.opportunities.actions.market import knows_the_market
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.opportunities.queries import comparison as reads
from clearspan.stages.opportunities.views.rows import row_or_404


def comparison(request: HttpRequest, product: Product) -> HttpResponse:
    """Where are we different and better, and where behind, on what matters?"""
    actor = actor_of(request)
    found = reads.comparison(actor, product, shared.chosen(request, product))

    at = reverse("need_standing", args=[product.key, 0]).removesuffix("0")  # once: of cells there are hundreds

    def cell(row: Compared, competitor: int | None) -> str:
        return f"{at}{row.key}?competitor=CP-{competitor}" if competitor else f"{at}{row.key}"

    words: dict[str, Any] = {
        "what": "The market needs", "views": views(request, product, "comparison"),
        "empty": {"title": "What the market needs is compared", "words": "Needs come from what customers say; with a "
                  "study each has its value at stake, and the comparison begins with what is worth most.",
                  "button": "See the needs", "url": reverse("opportunities", args=[product.key])},
    }  # fmt: skip
    return shared.comparison_page(
        request, product, found, cell=cell, may=knows_the_market(actor, {"product": product}), words=words,
        subject=lambda row: reverse("opportunity", args=[product.key, row.key]),
    )  # fmt: skip


def need_standing(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """How far a competitor, or our product, meets a need."""
    need = row_or_404(request, Opportunity, product, pk)
    return shared.standing_form(
        request, product, need, say=say_who_meets, subject="opportunity", forget="forget_who_meets",
        now=lambda competitor: reads.standing(need, competitor), back=reverse("comparison", args=[product.key]),
    )  # fmt: skip


def views(request: HttpRequest, product: Product, here: str) -> list[tuple[str, str, bool]]:
    """The switch between what is compared: needs, and what later stages compare."""
    kinds = [("comparison", "Needs"), *panels.ask("comparison.kinds", actor_of(request), product)]
    return [(label, reverse(name, args=[product.key]), name == here) for name, label in kinds]
