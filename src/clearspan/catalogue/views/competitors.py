"""Whom the market can choose instead: the page of one, and the forms."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clearspan.catalogue import competing
from clearspan.catalogue.actions import change_competitor, record_competitor
from clearspan.catalogue.market_forms import CompetitorForm
from clearspan.catalogue.models import Competitor, Product, is_stale
from clearspan.catalogue.queries import competition as reads
from clearspan.catalogue.rules import works_on
from clearspan.catalogue.views.common import crumbs, form_page, frame, kept_with
from clearspan.catalogue.views.offers import shown_offers
from clearspan.core import panels
from clearspan.core.web import actor_of, must, page
from clearspan.engines import winloss
from clearspan.ui.marks import Scale


def competitor(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """What do they sell, at what price, who wins and why?"""
    actor, row = actor_of(request), _competitor(request, product, pk)
    offers, record = reads.offers(actor, product, row), reads.record_against(actor, row)
    newest = reads.newest_of(row, offers)
    context: dict[str, Any] = frame(actor, product, "") | kept_with(actor, row) | {
        "competitor": row, "answer": competing.of_competitor(row, record, offers), "record": record,
        "rate": winloss.rate(record["won"], record["lost"]) if record["won"] + record["lost"] else None,
        "scale": Scale(0, 1, (0, 0.25, 0.5, 0.75, 1), 100, "%"),
        "offers": shown_offers(offers), "deals": reads.deals_against(actor, row),
        "newest": newest, "seen": competing.ago(newest, reads.today()) if newest else "",
        "is_stale": newest is None or is_stale(newest, reads.today()),
        "panels": panels.ask("competitor", actor, row), "links": panels.ask("competitor.links", actor, row),
    }  # fmt: skip
    where = crumbs(product, (row.name, ""))
    return page(request, "catalogue/competitor.html", context, place="market", crumbs=where)


def new(request: HttpRequest, product: Product) -> HttpResponse:
    must(actor_of(request), record_competitor, product=product)
    form = CompetitorForm(request.POST or None)
    if done := form.do(request, record_competitor, product=product):
        return redirect("competitor", product.key, done.result.pk)
    words = {
        "answer": f"What can the market choose instead of {product}?",
        "lede": "Whoever is named in lost deals stands here with what they do better, so that sales can answer.",
        "save": "Add the competitor", "back": reverse("market", args=[product.key]),
        "draft": f"competitor:{product.key}",
    }  # fmt: skip
    return form_page(request, product, form, words, ("New competitor", ""))


def change(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    actor, row = actor_of(request), _competitor(request, product, pk)
    must(actor, change_competitor, competitor=row)
    form = CompetitorForm(request.POST or None, initial=CompetitorForm.initial_of(row))
    if form.do(request, change_competitor, competitor=row):
        return redirect("competitor", product.key, pk)
    back = reverse("competitor", args=[product.key, pk])
    words = {"answer": row.name, "save": "Keep", "back": back, "draft": row.ref}
    if works_on(actor, {"competitor": row}):
        words["removes"] = {
            "action": "remove_competitor", "parameter": "competitor", "row": row,
            "to": reverse("market", args=[product.key]),
        }  # fmt: skip
    return form_page(request, product, form, words, (row.name, back), ("Change", ""))


def _competitor(request: HttpRequest, product: Product, pk: int) -> Competitor:
    row = reads.one_competitor(actor_of(request), product, pk)
    if row is None:
        raise Http404("no such competitor")
    return row
