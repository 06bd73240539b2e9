"""What was won and what was lost, by what and why, down to the deals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from clearspan.catalogue import winning_words as words
from clearspan.catalogue.models import Product
from clearspan.catalogue.queries.slices import EVER, NONE, Slice
from clearspan.catalogue.queries.winning import Group, Why, WonAndLost, won_and_lost
from clearspan.catalogue.reason_bars import reason_bars
from clearspan.catalogue.views.common import crumbs, frame, rival_choices, segment_choices
from clearspan.core.web import actor_of, page
from clearspan.ui.figure import Figure, taken
from clearspan.ui.marks import Scale
from clearspan.ui.numbers import money, plural

MOST = 14  # groups of one kind on the page


def won_lost(request: HttpRequest, product: Product) -> HttpResponse:
    """Why do we win and lose, and where?"""
    actor, asked = actor_of(request), Slice.read(request.GET)
    found = won_and_lost(actor, product, asked)
    shown = frame(actor, product, "won_and_lost")
    kept = Slice(found.period, asked.segment, asked.competitor, asked.size, asked.quarter, asked.reason)
    figures = [
        figure
        for figure in (
            _reasons("lost", words.lost_money(found.lost_for, shown["currency"]), found.lost_for, shown["currency"]),
            _reasons("won", words.won_for(found.won_for, shown["currency"]), found.won_for, shown["currency"]),
        )
        if figure
    ]
    context = shown | {
        "found": found, "answer": words.answer(found), "asked": kept, "figures": figures,
        "tables": _tables(found, kept), "quarters": _over_time(found, kept),
        "scale": Scale(0, 1, (0, 0.25, 0.5, 0.75, 1), 100, "%"),
        "why_lost": _drill(found.lost_for, kept, "lost"), "why_won": _drill(found.won_for, kept, "won"),
        "periods": [("12", "twelve months"), ("24", "two years"), (EVER, "ever")],
        "segments": [("", "all segments"), *segment_choices(actor), (NONE, "no segment")],
        "rivals": [("", "all competitors"), *rival_choices(actor, product), (NONE, "nobody named")],
    }  # fmt: skip
    return taken(request, figures) or page(
        request, "catalogue/won_and_lost.html", context, place="market", crumbs=crumbs(product, ("Won and lost", ""))
    )


def _tables(found: WonAndLost, asked: Slice) -> list[dict[str, Any]]:
    """The tables of groups that say something, each with its finding and the way to its deals."""
    kinds = (
        ("competitor", "Competitor", found.competitors,
         words.by(found.competitors, "Whom deals were lost to nobody has noted",
                  "No competitor can be told from the rest", "against")),
        ("segment", "Segment", found.segments,
         words.by(found.segments, "The accounts have no segments yet", "No segment can be told from the rest", "with")),
        ("size", "Worth a year", found.sizes,
         "What lost deals were worth is mostly not known, so size says nothing" if found.sizes_say_nothing
         else words.by(found.sizes, "What deals were worth nobody has noted",
                       "Large deals are won as often as small ones", "at")),
    )  # fmt: skip
    return [
        {"name": label, "finding": finding, "rows": [_row(one, asked, name) for one in groups[:MOST]],
         "silent": len(groups) == 1 and groups[0].key == NONE}
        for name, label, groups, finding in kinds
        if groups
    ]  # fmt: skip


def _row(group: Group, asked: Slice, by: str) -> dict[str, Any]:
    return {
        "group": group, "stands": words.stands(group), "between": words.between(group),
        "won": asked.address(**{by: group.key}, state="won"), "lost": asked.address(**{by: group.key}, state="lost"),
    }  # fmt: skip


def _over_time(found: WonAndLost, asked: Slice) -> dict[str, Any] | None:
    if not found.quarters:
        return None
    rows = [_row(one, asked, "quarter") for one in found.quarters]
    return {"finding": words.over_time(found.quarters), "rows": rows}


def _drill(whys: Sequence[Why], asked: Slice, state: str) -> list[dict[str, Any]]:
    return [
        {"why": why, "url": "" if why.reason == "…" else asked.address(reason=why.reason or NONE, state=state)}
        for why in whys
    ]


def _worth(why: Why, currency: str) -> str:
    return f", {money(why.worth, currency)}" if why.worth else ""


def _reasons(name: str, finding: str, whys: Sequence[Why], currency: str) -> Figure | None:
    """Reasons by their number, with their money; None where nobody gave any."""
    if not any(why.reason for why in whys):
        return None
    rows = [(why.reason if why.reason != "…" else "Other reasons", why) for why in whys if why.reason]
    rows += [("No reason given", why) for why in whys if not why.reason]
    drawing, phone = reason_bars(
        [(said, why.deals, f"{why.deals}{_worth(why, currency)}") for said, why in rows],
        "; ".join(f"{said}: {plural(why.deals, 'deal')}" for said, why in rows),
    )
    cells = tuple((said, why.deals, why.worth) for said, why in rows)
    unit = f"Deals {name}, by the reason given, and what they were worth a year where that is known"
    header = ("Reason", "Deals", f"Worth a year, {currency}")
    return Figure(name, finding, unit, drawing, header, cells, narrow=phone)
