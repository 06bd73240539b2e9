"""What made the difference: the P&L's two sides as cells, and the bridge between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.engines.variance import Bridge, Cell, Effect, Step, bridge
from clearspan.stages.inlife.models import LedgerLine
from clearspan.stages.inlife.months import month_after
from clearspan.stages.inlife.queries.amounts import ACTUAL, BUDGET, Amount, amounts, lines
from clearspan.stages.inlife.queries.pnl import Pnl

BOOKED, YEAR, LAST_YEAR = "booked", "year", "last-year"
WAYS = {
    BOOKED: "Budget to actual",
    YEAR: "Budget to forecast",
    LAST_YEAR: "Year on year",
}
AHEAD = "Revenue still to come"


@dataclass(frozen=True)
class Way:
    """A bridge and what stands at its two ends. `months` are those that are held against each other."""

    way: str
    start: str
    end: str
    months: tuple[date, ...]
    bridge: Bridge


def ways(pnl: Pnl) -> list[str]:
    """The bridges there can be of a year."""
    found = []
    if "budget" in pnl.has:
        found += [YEAR] if pnl.whole and not pnl.is_over and not pnl.only("budget") else []
        found += [BOOKED] if pnl.booked is not None and pnl.booked >= pnl.year.first else []
    return found + ([LAST_YEAR] if "last year" in pnl.has and pnl.booked is not None else [])


def way(actor: Actor, product: Product, pnl: Pnl, name: str, region: str = "") -> Way | None:
    """One of the bridges of a year; None where there is nothing to go from or to."""
    every = amounts(actor, [product], pnl.year.before.first, pnl.year.last, region=region, by_region=True)
    chart = lines()
    like = pnl.has.get("last year" if name == LAST_YEAR else "budget", ())
    closed = tuple(month for month in like if pnl.booked is not None and month <= pnl.booked)
    actual = [one for one in every if one.kind == ACTUAL and one.month in closed]
    if name == LAST_YEAR:
        before = {month_after(month, -12) for month in closed}
        past = [one for one in every if one.kind == ACTUAL and one.month in before]
        found = between(past, actual, chart)
        return Way(name, str(pnl.year.before), str(pnl.year), closed, found) if past and closed else None
    budget = [one for one in every if one.kind == BUDGET and one.month in pnl.year]
    of_closed = [one for one in budget if one.month in closed]
    found = between(of_closed, actual, chart)
    if name == BOOKED:
        return Way(name, "Budget", "Actual", closed, found) if budget and closed else None
    if not budget or not pnl.whole or pnl.only("budget"):
        return None
    rest = _still_to_come([one for one in budget if one.month not in closed], _ahead(pnl, actual), chart)
    return Way(name, "Budget", "Year", tuple(pnl.year.months), _with(found, rest))


def between(before: Sequence[Amount], after: Sequence[Amount], chart: Sequence[LedgerLine]) -> Bridge:
    """The bridge between two sets of sums. Where one side of a line names no region, the line is taken whole."""
    named = {True: _with_regions(before), False: _with_regions(after)}
    whole = {line.pk for line in chart if line.pk not in named[True] or line.pk not in named[False]}
    return bridge(_cells(before, chart, whole), _cells(after, chart, whole))


def _cells(rows: Iterable[Amount], chart: Sequence[LedgerLine], whole: set[int]) -> list[Cell]:
    names = {line.pk: line for line in chart}
    place = {line.pk: at for at, line in enumerate(chart)}
    sums: dict[tuple[int, str], tuple[Decimal, Decimal | None]] = {}
    for one in rows:
        key = (one.line, "" if one.line in whole else one.region)
        amount, quantity = sums.get(key, (Decimal(0), Decimal(0)))
        known = quantity is not None and one.quantity is not None
        sums[key] = (amount + one.amount, quantity + one.quantity if known else None)  # type: ignore[operator]  # known
    return [
        Cell(names[line].name, region, amount, quantity, is_cost=names[line].is_cost)
        for (line, region), (amount, quantity) in sorted(sums.items(), key=lambda one: (place[one[0][0]], one[0][1]))
    ]


def _with_regions(rows: Iterable[Amount]) -> set[int]:
    return {one.line for one in rows if one.region}


def _ahead(pnl: Pnl, actual: Iterable[Amount]) -> dict[int, Decimal]:
    """What the open months are likely to bring, by line, as the P&L has it."""
    found = {row.line.pk: row.year for row in pnl.rows if row.line is not None}
    for one in actual:
        found[one.line] = found.get(one.line, Decimal(0)) - one.amount
    return found


def _still_to_come(budget: Iterable[Amount], ahead: Mapping[int, Decimal], chart: Sequence[LedgerLine]) -> Bridge:
    """Of the open months: a forecast counts nothing, so revenue is neither price nor volume."""
    planned: dict[int, Decimal] = {}
    for one in budget:
        planned[one.line] = planned.get(one.line, Decimal(0)) + one.amount
    before, after = (
        [Cell(line.name, "", side[line.pk], is_cost=line.is_cost) for line in chart if line.pk in side]
        for side in (planned, ahead)
    )
    return bridge(before, after)


def _with(first: Bridge, second: Bridge) -> Bridge:
    """Two bridges of different months as one. Revenue still to come is a step of its own."""
    steps: dict[tuple[Effect, str], dict[str, Decimal]] = {}
    for at, one in enumerate((first, second)):
        for step in one.steps:
            key = (step.effect, AHEAD if at and step.effect is Effect.REVENUE else step.line)
            lines = steps.setdefault(key, {})
            for line, amount in step.by_line.items():
                lines[line] = lines.get(line, Decimal(0)) + amount
    order = list(Effect)
    merged = [
        Step(effect, sum(lines.values(), Decimal(0)), line, lines)
        for (effect, line), lines in sorted(steps.items(), key=lambda one: order.index(one[0][0]))
    ]
    return Bridge(first.start + second.start, first.end + second.end, tuple(merged), first.uncounted)
