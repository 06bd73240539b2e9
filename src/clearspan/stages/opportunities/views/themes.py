"""Proposed needs: what the feedback that speaks of none is about."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from clearspan.catalogue.models import Product
from clearspan.catalogue.rules import works_on
from clearspan.core.web import actor_of, page
from clearspan.stages.opportunities import queries
from clearspan.stages.opportunities.models import Theme, ThemeStudy
from clearspan.stages.opportunities.queries import themes as reads
from clearspan.stages.opportunities.studies import suggestions
from clearspan.stages.opportunities.views.rows import crumbs
from clearspan.stages.opportunities.words import number

ALIKE = 0.35  # from which a proposal is said to be like a need there is


def index(request: HttpRequest, product: Product) -> HttpResponse:
    actor = actor_of(request)
    state = request.GET.get("state") if request.GET.get("state") in Theme.State.values else Theme.State.PROPOSED
    themes = reads.proposals(actor, product, str(state))
    likely = suggestions.likely(actor, product, [_words(theme) for theme in themes], most=1)
    for theme, needs in zip(themes, likely, strict=True):
        theme.like = (needs[0].need, needs[0].similarity) if needs and needs[0].similarity >= ALIKE else None
    context: dict[str, Any] = {
        "product": product,
        "themes": themes,
        "answer": _answer(len(themes), sum(theme.row.size for theme in themes), str(state)),
        "state": state,
        "states": [(value.value, value.label) for value in Theme.State],
        "under_way": queries.under_way(actor, ThemeStudy, product),
        "last": reads.newest(actor, product),
        "unsorted": reads.unsorted(actor, product),
        "may": works_on(actor, {"product": product}),
    }
    where = crumbs(product, ("Themes", ""))
    return page(request, "opportunities/themes.html", context, place="opportunities", crumbs=where)


def _words(theme: reads.Proposal) -> str:
    """What a proposal is told from needs by: its phrases and its nearest pieces."""
    return "\n".join([theme.row.label, *theme.row.keywords, *(piece.text[:400] for piece in theme.examples)])


def _answer(themes: int, pieces: int, state: str) -> str:
    if state != Theme.State.PROPOSED:
        return f"{number(themes).capitalize()} {'theme' if themes == 1 else 'themes'} decided on already."
    if not themes:
        return "Nothing is proposed: what was heard is sorted, or no study has looked at it yet."
    noun = "theme" if themes == 1 else "themes"
    return f"{number(themes).capitalize()} {noun} in {number(pieces)} unsorted pieces of feedback may be needs."
