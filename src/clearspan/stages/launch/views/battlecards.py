"""Battlecards: what a seller needs against one competitor, on a page, on paper, as a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify

from clearspan.catalogue.models import Product
from clearspan.catalogue.queries.competition import one_competitor
from clearspan.catalogue.rules import either, sells, works_on
from clearspan.core.web import actor_of, page
from clearspan.stages.launch import battlecard_text as text
from clearspan.stages.launch.queries.battlecards import Battlecard
from clearspan.stages.launch.queries.battlecards import battlecard as card_of


def battlecard(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """How do we win against them?"""
    actor, card = actor_of(request), _card(request, product, pk)
    where = [
        ("Market", reverse("market", args=[product.key])),
        (card.competitor.name, reverse("competitor", args=[product.key, pk])), ("Battlecard", ""),
    ]  # fmt: skip
    may = either(sells, works_on)(actor, {"competitor": card.competitor})
    context = {**_context(product, card), "may": may, "gaps": card.gaps}
    return page(request, "launch/battlecard.html", context, place="market", crumbs=where)


def print_battlecard(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """The card alone, made to be printed."""
    return render(request, "launch/print_battlecard.html", _context(product, _card(request, product, pk)))


def battlecard_as(request: HttpRequest, product: Product, pk: int, kind: str) -> HttpResponse:
    """The card as a file: Markdown or PDF."""
    card = _card(request, product, pk)
    if kind == "pdf":
        response = HttpResponse(text.as_pdf(card), content_type="application/pdf")
    elif kind == "md":
        response = HttpResponse(text.markdown(card), content_type="text/markdown; charset=utf-8")
    else:
        raise Http404("no such form")
    name = slugify(f"battlecard {card.competitor.name}") or card.competitor.ref
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _context(product: Product, card: Battlecard) -> dict[str, Any]:
    return {
        "product": product, "card": card, "competitor": card.competitor, "answer": text.answer(card),
        "freshness": text.freshness(card), "parts": text.parts(card),
    }  # fmt: skip


def _card(request: HttpRequest, product: Product, pk: int) -> Battlecard:
    actor = actor_of(request)
    competitor = one_competitor(actor, product, pk)
    if competitor is None:
        raise Http404("no such competitor")
    return card_of(actor, competitor)
