"""What is known of the market that no customer said: the list, the page, the forms."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core import lists, panels
from clearspan.core.web import actor_of, must, page
from clearspan.stages.evidence import words
from clearspan.stages.evidence.actions import change_intelligence, record_intelligence
from clearspan.stages.evidence.forms import IntelligenceForm
from clearspan.stages.evidence.models import Intelligence
from clearspan.stages.evidence.queries.intelligence import feeds, known
from clearspan.stages.evidence.rules import edits
from clearspan.stages.evidence.views.common import kept_with, segment_choices


def intelligence(request: HttpRequest, product: Product) -> HttpResponse:
    """What is known, newest first."""
    actor = actor_of(request)
    given = {name: request.GET.get(name, "").strip() for name in ("competitor", "segment", "feed", "q")}
    chosen = {name: int(given[name]) if given[name].isdecimal() else None for name in ("competitor", "segment", "feed")}
    everything = known(actor, product)
    lately = everything.filter(seen_on__gte=timezone.localdate() - dt.timedelta(days=30))
    competitors = product.competitors.visible_to(actor).values_list("pk", "name")
    context = {
        "product": product,
        "rows": lists.cut(
            known(actor, product, **chosen, q=given["q"]), "-seen_on", after=request.GET.get("after", "")
        ),
        "answer": words.of_intelligence(lists.count(everything), lists.count(lately)),
        "competitors": [("", "all competitors"), *competitors],
        "segments": [("", "all segments"), *segment_choices(actor)],
        "feeds": [("", "from anywhere"), *feeds(actor, product).order_by("name").values_list("pk", "name")],
        **given,
    }
    return page(request, "evidence/intelligence.html", context, place="market", crumbs=[("Intelligence", "")])


def piece(request: HttpRequest, product: Product, number: int) -> HttpResponse:
    """One thing that is known, and who says so."""
    actor, row = actor_of(request), _row(request, product, number)
    context = {
        "product": product,
        "piece": row,
        "may_edit": edits(actor, {"intelligence": row}),
        "panels": panels.ask("intelligence", actor, row),
        **kept_with(actor, row),
    }
    crumbs = [("Intelligence", reverse("intelligence", args=[product.key])), (row.ref, "")]
    return page(request, "evidence/intelligence_piece.html", context, place="market", crumbs=crumbs)


def record(request: HttpRequest, product: Product) -> HttpResponse:
    """A form for something that is known of the market."""
    about = {name: request.GET.get(name) for name in ("competitor", "segment")}
    form = IntelligenceForm(actor_of(request), product, request.POST or None, initial=about)
    if (
        request.POST
        and form.is_valid()
        and (done := form.perform(request, record_intelligence, product=product, **form.cleaned_data))
    ):
        return redirect("intelligence_piece", product.key, done.result.pk)
    return _form(request, product, form, None)


def change(request: HttpRequest, product: Product, number: int) -> HttpResponse:
    """The same form, for what was written down wrongly."""
    row = _row(request, product, number)
    must(actor_of(request), change_intelligence, intelligence=row)
    form = IntelligenceForm(actor_of(request), product, request.POST or None, initial=IntelligenceForm.initial_of(row))
    if (
        request.POST
        and form.is_valid()
        and form.perform(request, change_intelligence, intelligence=row, **form.changes())
    ):
        return redirect("intelligence_piece", product.key, row.pk)
    return _form(request, product, form, row)


def _row(request: HttpRequest, product: Product, number: int) -> Intelligence:
    row = known(actor_of(request), product).filter(pk=number).first()
    if row is None:
        raise Http404("no such intelligence")
    return row


def _form(request: HttpRequest, product: Product, form: IntelligenceForm, row: Intelligence | None) -> HttpResponse:
    crumbs = [("Intelligence", reverse("intelligence", args=[product.key])), ("Change" if row else "Record", "")]
    context = {"product": product, "form": form, "piece": row}
    return page(request, "evidence/record_intelligence.html", context, place="market", crumbs=crumbs)
