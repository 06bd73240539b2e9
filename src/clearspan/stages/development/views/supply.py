"""Quotes and milestones, as our own people see them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.catalogue.rules import manages, works_on
from clearspan.catalogue.views.common import kept_with
from clearspan.core.models import Company
from clearspan.core.web import actor_of, must, page
from clearspan.stages.development import supply_words
from clearspan.stages.development.actions.milestones import (
    accept_milestone,
    agree_milestone,
    change_milestone,
    send_back_milestone,
)
from clearspan.stages.development.actions.quotes import accept_quote, ask_quote, decline_quote
from clearspan.stages.development.forms.supply import (
    AnswerForm,
    AskQuoteForm,
    DeclineForm,
    MilestoneForm,
    Parts,
    SendBackForm,
)
from clearspan.stages.development.models import Milestone, Quote
from clearspan.stages.development.queries import supply as reads
from clearspan.stages.development.views.suppliers import address, crumbs, form_page, one_supplier


def ask(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Asks a supplier for a quote."""
    actor, supplier = actor_of(request), one_supplier(request, pk)
    must(actor, ask_quote, product=product, supplier=supplier)
    form = AskQuoteForm(actor, product, request.POST or None, initial={"option": request.GET.get("option")})
    if form.do(request, ask_quote, product=product, supplier=supplier):
        return redirect("supplier", product.key, pk)
    words = {
        "answer": f"What is {supplier} to quote for?", "save": "Ask", "back": address(product, supplier),
        "lede": "Its people find it on their own page, and answer there with an amount and a day.",
        "draft": f"quote:{supplier.ref}",
    }  # fmt: skip
    return form_page(request, product, form, words, (supplier.name, address(product, supplier)), ("Ask", ""))


def quote(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """What would it take, and do we take it?"""
    actor, row = actor_of(request), _quote(request, product, pk)
    first = [{"title": row.title, "due_on": row.delivers_on, "amount": row.amount}]
    sent, declining = request.method == "POST", "decline" in request.POST
    taking = sent and not declining
    decline = DeclineForm(request.POST if declining else None)
    accept = AnswerForm(request.POST if taking else None)
    parts = Parts(request.POST if taking else None, prefix="part", initial=first)
    if declining and decline.do(request, decline_quote, quote=row):
        return redirect("quote", product.key, pk)
    if taking and parts.is_valid() and accept.do(request, accept_quote, quote=row, milestones=_given(parts)):
        return redirect("supplier", product.key, row.supplier_id)
    context = kept_with(actor, row) | {
        "product": product, "quote": row, "currency": Company.ours().currency, "accept": accept, "decline": decline,
        "parts": parts, "may_decide": manages(actor, {"quote": row}), "may_work": works_on(actor, {"quote": row}),
        "milestones": [reads.due(one) for one in Milestone.objects.visible_to(actor).filter(quote=row)],
    }  # fmt: skip
    where = crumbs(product, (row.supplier.name, address(product, row.supplier)), (row.title, ""))
    return page(
        request, "development/quote.html", context, place="development", crumbs=where, status=422 if sent else 200
    )


def agree(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Agrees with a supplier on a milestone."""
    actor, supplier = actor_of(request), one_supplier(request, pk)
    must(actor, agree_milestone, product=product, supplier=supplier)
    form = MilestoneForm(actor, product, request.POST or None, initial={"option": request.GET.get("option")})
    if done := form.do(request, agree_milestone, product=product, supplier=supplier):
        return redirect("milestone", product.key, done.result.pk)
    words = {"answer": f"What does {supplier} deliver, by when?", "save": "Agree", "back": address(product, supplier),
             "draft": f"milestone:{supplier.ref}"}  # fmt: skip
    return form_page(request, product, form, words, (supplier.name, address(product, supplier)), ("Milestone", ""))


def milestone(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Is it there, and is it what was agreed?"""
    actor, row = actor_of(request), _milestone(request, product, pk)
    one = reads.due(row)
    accepting = "accept" in request.POST
    accept = AnswerForm(request.POST if accepting else None)
    back = SendBackForm(row, request.POST if request.method == "POST" and not accepting else None)
    if accepting and accept.do(request, accept_milestone, milestone=row):
        return redirect("milestone", product.key, pk)
    if not accepting and back.do(request, send_back_milestone, milestone=row):
        return redirect("milestone", product.key, pk)
    context = kept_with(actor, row) | {
        "product": product, "milestone": row, "one": one, "currency": Company.ours().currency, "accept": accept,
        "back": back, "answer": supply_words.of_milestone(one), "may_work": works_on(actor, {"milestone": row}),
    }  # fmt: skip
    where = crumbs(product, (row.supplier.name, address(product, row.supplier)), (row.title, ""))
    status = 422 if request.method == "POST" else 200
    return page(request, "development/milestone.html", context, place="development", crumbs=where, status=status)


def change(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Changes what was agreed."""
    actor, row = actor_of(request), _milestone(request, product, pk)
    must(actor, change_milestone, milestone=row)
    form = MilestoneForm(actor, product, request.POST or None, initial=MilestoneForm.initial_of(row))
    if form.change(request, change_milestone, milestone=row):
        return redirect("milestone", product.key, pk)
    here = reverse("milestone", args=[product.key, pk])
    words = {
        "answer": row.title, "save": "Keep", "back": here, "draft": row.ref,
        "lede": "Another day is another agreement: lateness counts from it. Where the supplier only expects another "
        "day, leave the agreed one.",
        "removes": {"action": "remove_milestone", "parameter": "milestone", "row": row,
                    "to": address(product, row.supplier)},
    }  # fmt: skip
    return form_page(request, product, form, words, (row.supplier.name, address(product, row.supplier)),
                     (row.title, here), ("Change", ""))  # fmt: skip


def _given(parts: Any) -> list[dict[str, Any]]:
    """The milestones that were filled in."""
    return [form.cleaned_data for form in parts if form.cleaned_data.get("title")]


def _quote(request: HttpRequest, product: Product, pk: int) -> Quote:
    rows = Quote.objects.visible_to(actor_of(request)).filter(product=product, pk=pk)
    row: Quote | None = rows.select_related("supplier", "product", "option", "asked_by").first()
    if row is None:
        raise Http404("no such quote")
    return row


def _milestone(request: HttpRequest, product: Product, pk: int) -> Milestone:
    rows = Milestone.objects.visible_to(actor_of(request)).filter(product=product, pk=pk)
    row: Milestone | None = rows.select_related("supplier", "product", "option__product", "quote").first()
    if row is None:
        raise Http404("no such milestone")
    return row
