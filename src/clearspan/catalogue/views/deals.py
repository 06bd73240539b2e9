"""Deals: the list, the page of one, the forms."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clearspan.catalogue import answers
from clearspan.catalogue.actions import change_deal, close_deal, record_deal
from clearspan.catalogue.forms import CloseForm, DealForm
from clearspan.catalogue.models import Account, Deal, Product
from clearspan.catalogue.queries import deals as reads
from clearspan.catalogue.queries.slices import NONE, Slice
from clearspan.catalogue.queries.winning import band_name
from clearspan.catalogue.slots import Asks, said
from clearspan.catalogue.views.common import crumbs, form_page, frame, kept_with, rival_choices, segment_choices
from clearspan.core import panels
from clearspan.core.web import actor_of, must, page


def deals(request: HttpRequest, product: Product) -> HttpResponse:
    """What is being sold, and what came of it?"""
    actor, filters = actor_of(request), reads.Filters.read(request.GET)
    cut, rows, totals = reads.listing(actor, product, filters, request.GET.get("page", 1))
    shown = frame(actor, product, "deals")
    context = shown | {
        "page": cut,
        "rows": rows,
        "filters": filters,
        "answer": answers.of_deals(filters, totals, shown["currency"]),
        "states": [*Deal.State.choices, (reads.ALL, "open, won and lost")],
        "segments": [("", "all segments"), *segment_choices(actor), (NONE, "no segment")],
        "rivals": [
            ("", "all competitors"),
            *rival_choices(actor, product),
            (NONE, "nobody named"),
        ],
        "narrowed": _narrowed(filters.slice),
    }
    return page(request, "catalogue/deals.html", context, place="market", crumbs=crumbs(product, ("Deals", "")))


def deal(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Where does it stand, and what does it wait for?"""
    actor, row = actor_of(request), _deal(request, product, pk)
    shown = frame(actor, product, "")
    asks = said("deals.asks", actor, [row]).get(row.pk, Asks())
    context = shown | kept_with(actor, row) | {
        "deal": row,
        "answer": answers.of_deal(row, asks, shown["currency"]),
        "panels": panels.ask("deal", actor, row),
        "beside": panels.ask("deal.beside", actor, row),
    }  # fmt: skip
    return page(request, "catalogue/deal.html", context, place="market", crumbs=_where(product, (row.name, "")))


def new(request: HttpRequest, product: Product) -> HttpResponse:
    """`?account=AC-3` names the account already."""
    actor = actor_of(request)
    must(actor, record_deal, product=product)
    account = Account.objects.visible_to(actor).referred(request.GET.get("account", "")).first()
    form = DealForm(actor, product, request.POST or None, initial={"account": account})
    if done := form.do(request, record_deal, product=product):
        return redirect("deal", product.key, done.result.pk)
    words = {
        "answer": f"Who may buy {product}?",
        "lede": "What the buyer asks for is written down on the deal’s page, and answered by the product’s manager.",
        "save": "Add the deal", "back": reverse("deals", args=[product.key]), "draft": f"deal:{product.key}",
    }  # fmt: skip
    return form_page(request, product, form, words, *_where(product, ("New deal", ""))[1:])


def change(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    row = _deal(request, product, pk)
    must(actor_of(request), change_deal, deal=row)
    form = DealForm(actor_of(request), product, request.POST or None, initial=DealForm.initial_of(row))
    if row.account is None:
        form.fields["account"].required = False
    if form.change(request, change_deal, deal=row):
        return redirect("deal", product.key, pk)
    words = {"answer": row.name, "save": "Keep", "back": _address(row), "draft": row.ref}
    return form_page(request, product, form, words, *_where(product, (row.name, _address(row)), ("Change", ""))[1:])


def close(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Won or lost, and why; `?won=no` chooses beforehand."""
    row = _deal(request, product, pk)
    must(actor_of(request), close_deal, deal=row)
    given = {"won": request.GET.get("won", "yes"), "reason": row.reason, "competitor": row.competitor}
    form = CloseForm(actor_of(request), product, request.POST or None, initial=given)
    if form.do(request, close_deal, deal=row):
        return redirect("deal", product.key, pk)
    words = {
        "answer": f"{row}: won or lost, and why?",
        "lede": "Reasons add up: what loses most stands on the market’s page.",
        "save": "Close the deal", "back": _address(row), "draft": f"close:{row.ref}",
    }  # fmt: skip
    return form_page(request, product, form, words, *_where(product, (row.name, _address(row)), ("Close", ""))[1:])


def _narrowed(asked: Slice) -> str:
    """What else the address asks for, beside what has a field of its own: "closed in Q1 2026, for “Price”"."""
    year, _, quarter = asked.quarter.partition("-")
    size = band_name(-1 if asked.size == NONE else int(asked.size)) if asked.size else ""
    parts = (
        f"closed in {quarter} {year}" if asked.quarter else "",
        f"worth {size[:1].lower()}{size[1:]} a year" if size else "",
        "for no reason that was given" if asked.reason == NONE else f"for “{asked.reason}”" if asked.reason else "",
        {"12": "in twelve months", "24": "in two years"}.get(asked.period, ""),
    )
    return ", ".join(filter(None, parts))


def _deal(request: HttpRequest, product: Product, pk: int) -> Deal:
    row = reads.one(actor_of(request), product, pk)
    if row is None:
        raise Http404("no such deal")
    return row


def _address(deal: Deal) -> str:
    return reverse("deal", args=[deal.product.key, deal.pk])


def _where(product: Product, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return crumbs(product, ("Deals", reverse("deals", args=[product.key])), *more)
