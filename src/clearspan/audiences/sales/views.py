"""Asks: what do I tell sales? The list, the page with its drafted reply, the forms."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clearspan.audiences.sales import words
from clearspan.audiences.sales.forms import AskForm, ChangeAskForm
from clearspan.audiences.sales.reply import Request, Stance, draft_reply
from clearspan.catalogue.models import Deal, Product
from clearspan.catalogue.rules import manages
from clearspan.core import comments, history, panels
from clearspan.core.lists import PAGE
from clearspan.core.models import Company
from clearspan.core.web import actor_of, must, page
from clearspan.stages.evidence.actions import change_ask, record_ask
from clearspan.stages.evidence.ask_facts import AskFacts, facts_of
from clearspan.stages.evidence.models import Ask
from clearspan.stages.evidence.queries import asks as queries
from clearspan.stages.evidence.rules import asks_for_deals

_STANCES: dict[str, Stance] = {"paid": "paid", "no": "no"}


def asks(request: HttpRequest, product: Product) -> HttpResponse:
    """The requests of deals: those that wait first, the earliest needed on top."""
    actor = actor_of(request)
    state = request.GET.get("state", Ask.State.OPEN)
    state, q, mine = state if state in Ask.State.values else "", request.GET.get("q", "").strip(), "mine" in request.GET
    rows = queries.asks(actor, product, state=state, q=q, mine=mine)
    shown = Paginator(rows.values_list("pk", flat=True), PAGE).get_page(request.GET.get("page"))
    found = queries.for_a_list().in_bulk(list(shown))  # put in order before anything is joined
    shown.object_list = [found[key] for key in shown]
    facts = facts_of(actor, list(shown))
    context = {
        "product": product,
        "page": shown,
        "rows": [(ask, facts[ask.pk]) for ask in shown],
        "answer": words.of_asks(queries.waiting(actor, product)),
        "state": state or "all",
        "states": [("all", "all"), *Ask.State.choices],
        "q": q,
        "mine": mine,
        "currency": Company.ours().currency,
        "may_ask": asks_for_deals(actor, {"product": product}),
    }
    return page(request, "sales/asks.html", context, place="asks", crumbs=[("Asks", "")])


def ask(request: HttpRequest, product: Product, number: int) -> HttpResponse:
    """One request: the deal, whose need it is, what it would cost the plan, and the reply."""
    actor, row = actor_of(request), _ask(request, product, number)
    facts, currency = facts_of(actor, [row])[row.pk], Company.ours().currency
    stance = _STANCES.get(request.GET.get("reply", ""), "")
    context = {
        "product": product,
        "ask": row,
        "row": row,
        "facts": facts,
        "beside": panels.ask("deal.beside", actor, row.deal),
        "currency": currency,
        "answer": words.of_ask(row, facts, currency),
        "draft": _draft(row, facts, currency, stance),
        "stance": stance,
        "may_answer": manages(actor, {"product": product}),
        "may_change": asks_for_deals(actor, {"product": product}),
        "comments": comments.about(actor, row),
        "events": history.of(actor, row),
    }
    crumbs = [
        ("Asks", reverse("asks", args=[product.key])),
        (row.deal.account.name if row.deal.account else row.ref, ""),
    ]
    return page(request, "sales/ask.html", context, place="asks", crumbs=crumbs, about=row)


def record(request: HttpRequest, product: Product) -> HttpResponse:
    """A form for a request; `?deal=DE-1` starts it from a deal."""
    actor = actor_of(request)
    must(actor, record_ask, product=product)
    deal = Deal.objects.visible_to(actor).filter(product=product).referred(request.GET.get("deal", "")).first()
    form = AskForm(actor, product, request.POST or None, initial={"deal": deal})
    if request.POST and form.is_valid():
        given = {**form.cleaned_data, "text": form.cleaned_data["text"] or None}
        if done := form.perform(request, record_ask, **given):
            return redirect("ask", product.key, done.result.pk)
    context = {"product": product, "form": form}
    crumbs = [("Asks", reverse("asks", args=[product.key])), ("Ask", "")]
    return page(request, "sales/record_ask.html", context, place="asks", crumbs=crumbs)


def change(request: HttpRequest, product: Product, number: int) -> HttpResponse:
    """The same form, while the request is still to be answered."""
    row = _ask(request, product, number)
    must(actor_of(request), change_ask, ask=row)
    form = ChangeAskForm(request.POST or None, initial=ChangeAskForm.initial_of(row))
    if request.POST and form.is_valid() and form.perform(request, change_ask, ask=row, **form.changes()):
        return redirect("ask", product.key, row.pk)
    context = {"product": product, "form": form, "ask": row}
    crumbs = [
        ("Asks", reverse("asks", args=[product.key])),
        (row.ref, reverse("ask", args=[product.key, row.pk])),
        ("Change", ""),
    ]
    return page(request, "sales/record_ask.html", context, place="asks", crumbs=crumbs)


def _draft(row: Ask, facts: AskFacts, currency: str, stance: Stance) -> str:
    account = row.deal.account.name if row.deal.account else row.deal.name
    seller = row.asked_by.name if row.asked_by else row.deal.seller
    request = Request(seller, account, row.wants, currency, stance)
    return draft_reply(facts.verdict, facts.price, facts.plan, request=request)


def _ask(request: HttpRequest, product: Product, number: int) -> Ask:
    row = queries.one(actor_of(request), product, number)
    if row is None:
        raise Http404("no such ask")
    return row
