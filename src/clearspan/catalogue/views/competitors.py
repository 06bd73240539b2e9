"""The forms about whom the market can choose instead."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clearspan.catalogue.actions import change_competitor, record_competitor
from clearspan.catalogue.forms import CompetitorForm
from clearspan.catalogue.models import Product
from clearspan.catalogue.queries.market import competitors
from clearspan.catalogue.rules import works_on
from clearspan.catalogue.views.common import form_page, must
from clearspan.core.web import actor_of


def new(request: HttpRequest, product: Product) -> HttpResponse:
    must(actor_of(request), record_competitor, product=product)
    form = CompetitorForm(request.POST or None)
    if form.do(request, record_competitor, product=product):
        return redirect("market", product.key)
    words = {
        "answer": f"What can the market choose instead of {product}?",
        "lede": "Whoever is named in lost deals stands here with what they do better, so that sales can answer.",
        "save": "Add the competitor", "back": reverse("market", args=[product.key]),
        "draft": f"competitor:{product.key}",
    }  # fmt: skip
    return form_page(request, product, form, words, ("New competitor", ""))


def change(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    actor = actor_of(request)
    row = competitors(actor, product).filter(pk=pk).first()
    if row is None:
        raise Http404("no such competitor")
    must(actor, change_competitor, competitor=row)
    form = CompetitorForm(request.POST or None, initial=CompetitorForm.initial_of(row))
    if form.do(request, change_competitor, competitor=row):
        return redirect("market", product.key)
    words = {"answer": row.name, "save": "Keep", "back": reverse("market", args=[product.key]), "draft": row.ref}
    if works_on(actor, {"competitor": row}):
        words["removes"] = {"action": "remove_competitor", "parameter": "competitor", "row": row}
    return form_page(request, product, form, words, (row.name, ""))
