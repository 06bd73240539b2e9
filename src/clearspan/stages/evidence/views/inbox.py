"""The inbox: what did we just hear? One at a time, with the list at the left and the account at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.core import lists, panels
from clearspan.core.actor import Actor
from clearspan.core.web import actor_of, page
from clearspan.stages.evidence import words
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.evidence.queries import heard
from clearspan.stages.evidence.queries.heard import Filters
from clearspan.stages.evidence.views.common import account_beside, filter_choices, may_sort

FOLD = 25  # pieces in the list at the left


def inbox(request: HttpRequest, product: Product) -> HttpResponse:
    """Three panes. When another piece is opened, htmx asks for that piece alone and what stands beside it."""
    actor, after = actor_of(request), request.GET.get("after", "")
    filters = Filters.read(request.GET, state=Feedback.State.NEW)
    rows = heard.heard(actor, product, filters)
    found, fold = heard.counted_and_cut(rows, filters, "-said_at", after, FOLD)
    piece = _open(actor, product, request.GET.get("piece", ""), fold.rows)
    context = {"product": product, "fold": fold, "piece": piece, "filters": filters, "after": after}
    context |= _beside(actor, product, piece, fold.rows, context)
    if request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request:
        return render(request, "evidence/inbox.html#piece", {**context, "is_swapped": True})
    has_heard = bool(found) or product.feedback.exists()
    context |= {
        "found": found,
        "has_heard": has_heard,
        "answer": _answer(actor, product, filters, found, has_heard),
        **filter_choices(request, filters),
    }
    return page(request, "evidence/inbox.html", context, place="inbox", crumbs=[("Inbox", "")])


def _answer(actor: Actor, product: Product, filters: Filters, found: lists.Count, has_heard: bool) -> str:
    if not has_heard:
        return words.of_list(product.name, Filters(), found)
    if filters == Filters(state=Feedback.State.NEW):
        return words.of_inbox(found, heard.fresh(actor, product))
    return words.of_list(product.name, filters, found)


def _open(actor: Actor, product: Product, wished: str, rows: Sequence[Feedback]) -> Feedback | None:
    """The piece that is asked for, else the first of the list."""
    number = int(wished) if wished.isdecimal() else rows[0].pk if rows else None
    return heard.piece(actor, product, number) if number else None


def _beside(
    actor: Actor, product: Product, piece: Feedback | None, rows: Sequence[Feedback], context: dict[str, Any]
) -> dict[str, Any]:
    """What stands beside the open piece: its account, its likes, what later stages say, and where to go on."""
    if piece is None:
        return {}
    places = [row.pk for row in rows]
    at = places.index(piece.pk) if piece.pk in places else -1
    following = rows[at + 1] if at + 1 < len(rows) else rows[at - 1] if at > 0 else None
    query = "&".join(
        part for part in (context["filters"].query, f"after={context['after']}" if context["after"] else "") if part
    )
    here = f"{reverse('inbox', args=[product.key])}?{query}"
    return {
        "here": f"{here}&piece={piece.pk}",
        "onward": f"{here}&piece={following.pk}" if following else here,
        "query": query,
        "may_sort": may_sort(actor, product),
        **account_beside(actor, piece),
        "alike": heard.alike(actor, piece),
        "verbs": panels.ask("inbox.verbs", actor, piece),
        "reader": panels.ask("inbox.reader", actor, piece),
        "aside": panels.ask("inbox.aside", actor, piece),
    }
