"""Beneath the P&L: what was promised and came, what there is to do, and the KPIs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clearspan.catalogue.models import Product
from clearspan.core.models import Company
from clearspan.core.web import actor_of
from clearspan.stages.inlife import kpi_words, promise_words, proposal_words
from clearspan.stages.inlife.queries.held import held_promises
from clearspan.stages.inlife.queries.kpis import kpis
from clearspan.stages.inlife.queries.proposals import best
from clearspan.stages.inlife.queries.suggested import suggested
from clearspan.ui.marks import Scale

FEW, SUGGESTED = 6, 3  # promises and KPIs, suggestions that a page with much else has room for


@require_safe
def beneath(request: HttpRequest, product: Product) -> HttpResponse:
    """The page of the P&L asks for this once it is there: it is as much to read as the P&L itself."""
    actor = actor_of(request)
    found = [one for one in held_promises(actor, product) if one.came is not None]
    counted = kpis(actor, product, timezone.localdate())
    rows, known = best(actor, product), suggested(actor, product, counted)
    values = [value for one in found[:FEW] for value in (*(one.five or ()), one.came or 0.0)]
    worth = [value for one in rows if one.five for value in one.five]
    said = {
        "product": product, "currency": Company.ours().currency, "promises": found[:FEW], "proposals": rows,
        "suggested": known[:SUGGESTED], "kpis": [(one, kpi_words.short(one)) for one in counted[:FEW]],
        "scale": Scale.amounts(values, about=4) if values else None,
        "worth": Scale.amounts([0.0, *worth], about=3) if worth else None,
        "promised": promise_words.of_promises(found), "to_do": proposal_words.of_list(rows, known).rstrip("."),
        "counted": kpi_words.of_list(counted).rstrip("."),
    }  # fmt: skip
    return render(request, "inlife/_beneath.html", {"said": said})
