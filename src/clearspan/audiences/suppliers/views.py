"""One page for a supplier's people: what is asked of them, what they owe, and what became of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from clearspan.audiences.suppliers.forms import GiveQuoteForm, PassForm, ReportForm
from clearspan.catalogue.forms import CatalogueForm
from clearspan.core.models import Company
from clearspan.core.web import actor_of, page
from clearspan.stages.development import supply_words
from clearspan.stages.development.actions import decline_quote, give_quote, report_milestone
from clearspan.stages.development.models import Milestone, Quote
from clearspan.stages.development.queries import supply as reads

Sent = dict[tuple[str, int], CatalogueForm]


def supplying(request: HttpRequest) -> HttpResponse:
    """What waits for us?"""
    return _shown(request, {})


@require_POST
def quote(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a quote, or says that none is given."""
    row = _own(request, Quote, pk)
    passing = "pass" in request.POST
    form = PassForm(row, request.POST) if passing else GiveQuoteForm(row, request.POST)
    if form.do(request, decline_quote if passing else give_quote, quote=row):
        return redirect("supplying")
    return _shown(request, {("pass" if passing else "give", row.pk): form})


@require_POST
def milestone(request: HttpRequest, pk: int) -> HttpResponse:
    """Reports on a milestone."""
    row = _own(request, Milestone, pk)
    form = ReportForm(row, request.POST)
    if form.do(request, report_milestone, milestone=row):
        return redirect("supplying")
    return _shown(request, {("report", row.pk): form})


def _shown(request: HttpRequest, sent: Sent) -> HttpResponse:
    """The page, with the form that was `sent` and could not be used in its place."""
    actor = actor_of(request)
    found = reads.supplying(actor)
    if actor.is_employee or not found.suppliers:
        raise Http404("nothing is supplied by this person")
    context = {
        "found": found, "answer": supply_words.of_supplying(found), "currency": Company.ours().currency,
        "company": Company.ours().name, "supplier": ", ".join(str(one) for one in found.suppliers),
        "asked": [_quote_forms(row, sent) for row in found.asked],
        "given": [_quote_forms(row, sent) for row in found.given],
        "to_deliver": [_report_form(one, sent) for one in found.to_deliver],
        "delivered": [_report_form(one, sent) for one in found.delivered],
    }  # fmt: skip
    crumbs = [("Quotes and milestones", "")]
    status = 422 if sent else 200
    return page(request, "suppliers/supplying.html", context, place="supplying", crumbs=crumbs, status=status)


def _quote_forms(row: Quote, sent: Sent) -> tuple[Quote, CatalogueForm, CatalogueForm]:
    return row, sent.get(("give", row.pk)) or GiveQuoteForm(row), sent.get(("pass", row.pk)) or PassForm(row)


def _report_form(one: reads.Due, sent: Sent) -> tuple[reads.Due, CatalogueForm]:
    return one, sent.get(("report", one.milestone.pk)) or ReportForm(one.milestone)


def _own(request: HttpRequest, model: Any, pk: int) -> Any:
    actor = actor_of(request)
    row = None if actor.is_employee else model.objects.visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise Http404(f"no such {model._meta.verbose_name}")
    return row
