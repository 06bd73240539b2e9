"""Proposals: what there is to do, best first, what Clearspan suggests, the page of one, and its forms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from clearspan.catalogue.models import Product
from clearspan.catalogue.rules import anybody_here
from clearspan.catalogue.views.common import kept_with
from clearspan.core.actions import Invalid
from clearspan.core.web import actor_of, must, page, perform
from clearspan.stages.inlife import proposal_words
from clearspan.stages.inlife.actions import (
    change_proposal,
    decline_proposal,
    make_campaign_of_proposal,
    make_option_of_proposal,
    propose,
    take_up_suggestion,
)
from clearspan.stages.inlife.actions.proposals import settles, writes
from clearspan.stages.inlife.forms.proposals import ChangeProposalForm, DeclineForm, ProposalForm
from clearspan.stages.inlife.models import Proposal
from clearspan.stages.inlife.queries import proposals as reads
from clearspan.stages.inlife.queries.suggested import suggested
from clearspan.stages.inlife.views.improving import PLACE, crumbs, form_page, frame, one_of
from clearspan.ui.marks import Scale

STATES = [("open", "to be looked at"), ("", "all"), *Proposal.State.choices[1:]]


def proposals(request: HttpRequest, product: Product) -> HttpResponse:
    """What should we do about this product, best first?"""
    actor, state = actor_of(request), request.GET.get("state", "open")
    shown = reads.proposals(actor, product, state=state, page=request.GET.get("page", 1))
    rows, known = list(shown), suggested(actor, product)
    values = [value for one in rows if one.five for value in one.five]
    values += [value for one in known if one.likely is not None for value in (one.low or 0.0, one.high or 0.0)]
    context = frame(request, product, "proposals") | {
        "page": shown, "rows": rows, "suggested": [(one, proposal_words.five_of_suggestion(one)) for one in known],
        "state": state, "states": STATES, "answer": proposal_words.of_list(rows, known, state),
        "scale": Scale.amounts([0.0, *values], about=3) if values else None,
        "may_propose": anybody_here(actor, {}), "may_take_up": writes(actor, {"product": product}),
    }  # fmt: skip
    return page(request, "inlife/proposals.html", context, place=PLACE, crumbs=crumbs(product, ("Proposals", "")))


@require_POST
def take_up(request: HttpRequest, product: Product) -> HttpResponse:
    """Makes a proposal of a suggestion."""
    try:
        done = perform(request, take_up_suggestion, product=product, suggested=request.POST.get("suggested", ""))
    except Invalid as error:
        messages.error(request, f"Nothing was taken up: {error}.")
        return redirect("proposals", product.key)
    return redirect("proposal", product.key, done.result.pk)


def proposal(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """What would be done, what speaks for it, what is it worth?"""
    return _shown(request, product, _proposal(request, product, pk), DeclineForm())


@require_POST
def settle(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Becomes an option or a campaign, or is declined."""
    row, wish = _proposal(request, product, pk), request.POST.get("becomes", "")
    if wish == "declined":
        form = DeclineForm(request.POST)
        done = form.do(request, decline_proposal, proposal=row)
        return redirect("proposal", product.key, pk) if done else _shown(request, product, row, form)
    becomes: dict[str, Any] = {"option": make_option_of_proposal, "campaign": make_campaign_of_proposal}
    if wish not in becomes:
        return redirect("proposal", product.key, pk)
    try:
        made = perform(request, becomes[wish], proposal=row).result
    except Invalid as error:
        messages.error(request, f"Nothing was made of it: {error}.")
        return redirect("proposal", product.key, pk)
    return redirect(wish, product.key, made.pk)


def new(request: HttpRequest, product: Product) -> HttpResponse:
    """A new proposal."""
    actor = actor_of(request)
    must(actor, propose, product=product)
    form = ProposalForm(actor, product, request.POST or None, initial={"kind": request.GET.get("kind", "improve")})
    if done := form.do(request, propose, product=product):
        return redirect("proposal", product.key, done.result.pk)
    words = {"answer": "What should we do about this product?", "save": "Propose it",
             "lede": "A year’s worth with its low and high ranks it among the others.",
             "back": reverse("proposals", args=[product.key]), "draft": f"proposal:{product.key}"}  # fmt: skip
    where = crumbs(product, ("Proposals", reverse("proposals", args=[product.key])), ("A new one", ""))
    return form_page(request, product, form, words, where)


def change(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Changes a proposal that is open."""
    actor, row = actor_of(request), _proposal(request, product, pk)
    must(actor, change_proposal, proposal=row)
    form = ChangeProposalForm(actor, product, request.POST or None, initial=ChangeProposalForm.initial_of(row))
    if form.change(request, change_proposal, proposal=row):
        return redirect("proposal", product.key, pk)
    here = reverse("proposal", args=[product.key, pk])
    words = {"answer": row.title, "save": "Keep", "back": here, "draft": row.ref}
    where = crumbs(product, ("Proposals", reverse("proposals", args=[product.key])), (row.title, here), ("Change", ""))
    return form_page(request, product, form, words, where)


def _shown(request: HttpRequest, product: Product, row: Proposal, decline: DeclineForm) -> HttpResponse:
    actor, one = actor_of(request), reads.Worth(row)
    context = frame(request, product, "proposals") | kept_with(actor, row) | {
        "proposal": row, "one": one, "grounds": reads.grounds(row), "decline": decline,
        "scale": Scale.amounts([0.0, *one.five]) if one.five else None, "answer": row.title,
        "may_settle": settles(actor, {"proposal": row}), "may_change": writes(actor, {"proposal": row}),
    }  # fmt: skip
    where = crumbs(product, ("Proposals", reverse("proposals", args=[product.key])), (row.title, ""))
    status = 422 if decline.errors else 200
    return page(request, "inlife/proposal.html", context, place=PLACE, crumbs=where, about=row, status=status)


def _proposal(request: HttpRequest, product: Product, pk: int) -> Proposal:
    found: Proposal = one_of(request, product, Proposal, pk, "segment", "option", "campaign", "made_by")
    return found
