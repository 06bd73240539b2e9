"""The page and the form that every comparison is shown in, whatever is compared: a later stage gives its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from clearspan.catalogue import comparing, competing
from clearspan.catalogue.comparing import Compared, Comparison
from clearspan.catalogue.market_forms import StandingForm
from clearspan.catalogue.models import Competitor, Product, Standing, is_stale
from clearspan.catalogue.queries.competition import competitors, today
from clearspan.catalogue.views.common import crumbs, form_page, frame, rival_choices
from clearspan.core.actions import Action
from clearspan.core.web import actor_of, must, page

MOST = 5  # competitors beside each other; more are chosen one by one


def chosen(request: HttpRequest, product: Product) -> list[Competitor]:
    """The competitors that are compared: the one that is asked for, else the first."""
    rows, given = competitors(actor_of(request), product), request.GET.get("competitor", "")
    if given.isdecimal() and len(given) < 10:
        rows = rows.filter(pk=int(given))
    return list(rows[:MOST])


def comparison_page(
    request: HttpRequest,
    product: Product,
    found: Comparison,
    *,
    cell: Callable[[Compared, int | None], str],
    subject: Callable[[Compared], str],
    may: bool,
    words: Mapping[str, Any],
) -> HttpResponse:
    """`cell` is where one says how a competitor stands, `subject` the page of what is compared.

    `words`: `views` (the switch between kinds of comparison), `filters` (another choice above the table), `empty`.
    """
    actor = actor_of(request)
    shown = frame(actor, product, "comparison")
    context = shown | {
        "found": found, "answer": comparing.answer(found, shown["currency"]), "lede": comparing.under(found),
        "columns": [(None, product.name), *((one.pk, one.name) for one in found.competitors)],
        "rows": [_row(row, found, cell, subject, may) for row in found.rows],
        "rivals": [("", "all competitors"), *rival_choices(actor, product)],
        "competitor": request.GET.get("competitor", ""), "may": may, **words,
    }  # fmt: skip
    where = crumbs(product, ("Comparison", ""))
    return page(request, "catalogue/comparison.html", context, place="market", crumbs=where)


def standing_form(
    request: HttpRequest,
    product: Product,
    row: Any,
    *,
    say: Action,
    subject: str,
    now: Callable[[Competitor | None], Standing | None],
    back: str,
    forget: str,
) -> HttpResponse:
    """Says how far somebody does what `row` is about; `?competitor=CP-3`, without one our own product."""
    actor = actor_of(request)
    must(actor, say, **{subject: row})
    given = request.GET.get("competitor", "")
    competitor = competitors(actor, product).referred(given).first() if given else None
    before = now(competitor)
    form = StandingForm(request.POST or None, initial=StandingForm.initial_of(before))
    if form.do(request, say, **{subject: row, "competitor": competitor}):
        return redirect(back)
    who = competitor.name if competitor else product.name
    words: dict[str, Any] = {
        "answer": f"Does {who} do this: “{row}”?",
        "lede": "Say what can be shown: who says so, and on which day it was seen. Partly is an answer, too.",
        "save": "Keep", "back": back, "draft": f"standing:{row.ref}:{given}",
    }  # fmt: skip
    if before is not None:
        words["removes"] = {"action": forget, "parameter": "standing", "row": before, "to": back}
    return form_page(request, product, form, words, ("Comparison", back), (row.ref, ""))


def _row(
    row: Compared, found: Comparison, cell: Callable[[Compared, int | None], str],
    subject: Callable[[Compared], str], may: bool,
) -> dict[str, Any]:  # fmt: skip
    verdict = "ahead" if row.is_ahead else "behind" if row.is_behind else "level" if row.leads else "not known"
    whose = [(None, "We", "we"), *((one.pk, one.name, one.name) for one in found.competitors)]
    return {
        "row": row, "title": row.title, "verdict": verdict, "url": subject(row),
        "cells": [_cell(row, key, who, name, cell(row, key) if may else "") for key, who, name in whose],
    }  # fmt: skip


def _cell(row: Compared, key: int | None, who: str, name: str, url: str) -> dict[str, Any]:
    """`who` begins the cell where it stands alone, on a phone, `name` ends what is said of it."""
    one = row.standings.get(key)
    if one is None:  # of a competitor a phone does not show what nobody has said
        return {"who": who, "name": name, "url": url, "one": None, "kind": "no-phone" if key else ""}
    return {
        "who": who, "name": name, "url": url, "one": one, "worth": Standing.WORTH[one.says],
        "seen": competing.ago(one.seen_on, today()), "is_stale": is_stale(one.seen_on, today()),
    }  # fmt: skip
