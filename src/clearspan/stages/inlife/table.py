"""The P&L as a table: cells as they are written, each with the way to the entries behind it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from clearspan.stages.inlife import words
from clearspan.stages.inlife.addresses import entries_at
from clearspan.stages.inlife.figures import Unit
from clearspan.stages.inlife.months import month_after
from clearspan.stages.inlife.queries.pnl import NOUGHT, Period, Pnl, Row
from clearspan.ui import marks
from clearspan.ui.figure import Figure
from clearspan.ui.marks import Scale
from clearspan.ui.marks.svg import Drawing
from clearspan.ui.numbers import percent

_KIND = {"budget": "budget", "last year": "actual", "forecast": "forecast"}
HELD = {"budget": "Budget", "last year": "Last year", "forecast": "Forecast"}


@dataclass(frozen=True)
class Cell:
    """Words, where they lead, and whether they are forecast."""

    words: str
    url: str = ""
    ahead: bool = False


@dataclass(frozen=True)
class Line:
    """A row of the table."""

    name: str
    is_sum: bool
    share: str
    cells: tuple[Cell, ...]
    year: Cell
    base: Cell | None
    difference: str
    is_good: bool
    bar: Drawing | None


@dataclass(frozen=True)
class Table:
    """The header and the rows."""

    unit: str
    periods: tuple[Period, ...]
    base: str
    lines: tuple[Line, ...]
    scale: Scale


def table(pnl: Pnl, currency: str) -> Table:
    """The P&L as it is shown, on one scale."""
    unit = Unit.over([row.year for row in pnl.rows] + [row.against or NOUGHT for row in pnl.rows])
    scale = Scale.amounts([float(row.difference or 0) for row in pnl.rows])
    lines = tuple(_line(pnl, row, unit, scale) for row in pnl.rows)
    return Table(words.unit(currency, unit.name), pnl.periods, _base(pnl), lines, scale)


def figure(pnl: Pnl, currency: str) -> Figure:
    """The table to take away: CSV to the cent, and its differences as a picture."""
    rows = tuple(
        (row.name, *(float(value) for value in row.values), float(row.year), *(
            "" if one is None else float(one) for one in (row.against, row.difference)))
        for row in pnl.rows
    )  # fmt: skip
    header = ("Line", *(f"{one.name}{' forecast' if one.ahead else ''}" for one in pnl.periods), "Year",
              _base(pnl) or "Held against", "Difference")  # fmt: skip
    unit = Unit.over([row.year for row in pnl.rows])
    bars = [(row.name, float(row.year), unit.write(row.year)) for row in pnl.rows]
    drawing = marks.bars(bars, alt=f"{pnl.product}, {pnl.year}, by line.")
    where = f", {pnl.region}" if pnl.region else ""
    said = f"Profit and loss, {pnl.product}{where}, {pnl.year}, {words.unit(currency, unit.name)}"
    return Figure("pnl", words.of_table(pnl, currency), said, drawing, header, rows)


def _base(pnl: Pnl) -> str:
    """What it is held against, and in which months where these are not all."""
    name = HELD.get(pnl.held_against, "")
    return f"{name}, {pnl.held[0]:%b} to {pnl.held[-1]:%b}" if pnl.held else name


def _line(pnl: Pnl, row: Row, unit: Unit, scale: Scale) -> Line:
    difference = row.difference
    base = None
    if row.against is not None:
        base = Cell(unit.write(row.against), _base_url(pnl, row))
    bar = None
    if difference:
        better = "better" if difference > 0 else "worse"
        bar = marks.variance_bar(
            float(difference), scale, f"{row.name}: {unit.change(difference)} {unit.name}, {better}"
        )
    has_share = row.is_sum and row.share is not None and row.key != "revenue"
    return Line(
        row.name, row.is_sum, percent(row.share) if has_share else "",
        tuple(_cell(pnl, row, at, period, unit) for at, period in enumerate(pnl.periods)),
        Cell(unit.write(row.year), entries_at(
            pnl.product, kind="actual", part=row.key, from_=pnl.periods[0].first, to=pnl.periods[-1].last,
            region=pnl.region)),
        base, unit.change(difference) if difference is not None else "", bool(difference and difference > 0), bar,
    )  # fmt: skip


def _cell(pnl: Pnl, row: Row, at: int, period: Period, unit: Unit) -> Cell:
    """A figure and its entries; what is all forecast leads to the forecast, what nobody forecast is left empty."""
    if pnl.booked is None or pnl.booked < period.first:
        if not pnl.source:
            return Cell("", ahead=True)
        url = reverse("ledger_forecast", args=[pnl.product.key]) if pnl.source == "study" else ""
        return Cell(unit.write(row.values[at]), f"{url}?of={row.key}" if url else "", ahead=True)
    last = min(period.last, pnl.booked)
    url = entries_at(pnl.product, kind="actual", part=row.key, from_=period.first, to=last, region=pnl.region)
    return Cell(unit.write(row.values[at]), url, period.ahead)


def _base_url(pnl: Pnl, row: Row) -> str:
    back = -12 if pnl.held_against == "last year" else 0
    months = pnl.held or (pnl.year.first, pnl.year.last)
    first, last = month_after(months[0], back), month_after(months[-1], back)
    if not pnl.whole and pnl.booked is not None:
        last = min(last, month_after(pnl.booked, back))
    return entries_at(pnl.product, kind=_KIND[pnl.held_against], part=row.key, from_=first, to=last, region=pnl.region)
