"""The pictures of the ledger: the bridge, the fan of a forecast, the columns of the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from clearspan.stages.inlife import words
from clearspan.stages.inlife.months import month_after, months
from clearspan.stages.inlife.queries.bridges import Way
from clearspan.stages.inlife.queries.outlook import Outlook
from clearspan.stages.inlife.queries.portfolio import Portfolio
from clearspan.ui import marks
from clearspan.ui.figure import PHONE, Figure
from clearspan.ui.marks import Scale
from clearspan.ui.marks.fans import Band
from clearspan.ui.marks.svg import Drawing
from clearspan.ui.numbers import count, money, signed

MOST_STEPS = 9  # bars between the two ends; the smallest costs beyond go together
PAST = 36  # months before a fan
SIZES = ((1e9, "m", 1e6), (1e5, "k", 1e3), (0.0, "", 1.0))


@dataclass(frozen=True)
class Unit:
    """How amounts of a table are written: £ k."""

    name: str
    size: float

    @classmethod
    def over(cls, amounts: Sequence[Decimal]) -> Unit:
        """Thousands for what reaches a hundred thousand, millions from a billion on."""
        widest = max((abs(float(one)) for one in amounts), default=0.0)
        _, name, size = next(one for one in SIZES if widest >= one[0])
        return cls(name, size)

    def write(self, amount: Decimal | float) -> str:
        return count(float(amount) / self.size)

    def change(self, amount: Decimal | float) -> str:
        return signed(float(amount) / self.size)


def bridge(way: Way, currency: str, width: float = 560) -> Figure:
    """From one contribution to the other."""
    found = way.bridge
    unit = Unit.over([found.start, found.end, *(step.amount for step in found.steps)])
    shown = _shown([(words.step_name(step), step.amount) for step in found.steps])
    bars = [
        (way.start, float(found.start), True), *((name, float(amount), False) for name, amount in shown),
        (way.end, float(found.end), True),
    ]  # fmt: skip
    finding = words.of_bridge(way, currency)
    said = ", ".join(f"{name} {unit.change(amount)}" for name, amount in shown)
    alt = f"From {unit.write(found.start)} to {unit.write(found.end)}: {said or 'nothing changed'}."
    drawing = marks.bridge(bars, alt=alt, width=width, total=unit.write, change=unit.change)
    phone = marks.narrow_bridge(bars, alt=alt, width=PHONE, total=unit.write, change=unit.change)
    rows = [
        (words.step_name(step), line, float(amount)) for step in found.steps for line, amount in step.by_line.items()
    ]
    table = ((way.start, "", float(found.start)), *rows, (way.end, "", float(found.end)))
    header = ("Step", "Line", f"Amount, {currency}")
    of = words.unit_of_bridge(way, currency, unit.name)
    return Figure("bridge", finding, of, drawing, header, table, narrow=phone)


def fan(
    outlook: Outlook, past: Mapping[date, Decimal], plan: Mapping[date, Decimal], whole: str, name: str, currency: str,
    width: float = 560,
) -> Figure | None:  # fmt: skip
    """What a whole or a line brought by month, and what is likely to come; the budget dashed."""
    shape = outlook.study.result["wholes"].get(whole) or outlook.study.result["lines"].get(whole)
    if shape is None or not past:
        return None
    first = max(min(past), month_after(outlook.booked, 1 - PAST))
    before = [float(past.get(month, 0)) for month in months(first, outlook.booked)]
    ahead = [date.fromisoformat(month) for month in outlook.study.result["months"]]
    middle = [before[-1], *shape["mean"]]
    levels = outlook.study.result["levels"]
    bands = [_band(shape, levels.index(level), before[-1]) for level in (95.0, 80.0, 50.0)]
    bands = [band for band in bands if band is not None]
    span = list(months(first, ahead[-1]))
    dashed = [(at, float(plan[month])) for at, month in enumerate(span) if month in plan]
    labels = [
        (at, f"{month:%Y}" if at else f"{month:%b %Y}") for at, month in enumerate(span) if at == 0 or month.month == 1
    ]
    labels = [one for one in labels if one[0] == 0 or one[0] > 9]
    last, end = money(before[-1], currency, digits=3), money(shape["mean"][-1], currency, digits=2)
    finding = f"{name} was {last} in {outlook.booked:%B} and is likely {end} in {ahead[-1]:%B %Y}"
    draw = partial(
        marks.fan, labels, middle, bands, past=before, plan=dashed, alt=f"{finding}.",
        zero=min([*before, *middle]) <= 0.5 * max([*before, *middle]),
    )  # fmt: skip
    booked = tuple(
        (f"{month:%Y-%m}", float(past.get(month, 0)), "booked", "", "") for month in months(first, outlook.booked)
    )
    at_90 = levels.index(90.0)
    coming = tuple(
        (f"{month:%Y-%m}", round(mean, 2), "forecast", _cell(shape["low"][at][at_90]), _cell(shape["high"][at][at_90]))
        for at, (month, mean) in enumerate(zip(ahead, shape["mean"], strict=True))
    )
    dash = "; dashed: budget" if dashed else ""
    return Figure(
        f"forecast-{whole}".lower(), finding, f"{name} a month, {currency}; bands 50, 80 and 95 %{dash}",
        draw(width=width), ("Month", f"{name}, {currency}", "", "5 % are below", "5 % are above"), booked + coming,
        narrow=draw(width=PHONE),
    )  # fmt: skip


def portfolio_scale(found: Portfolio) -> Scale | None:
    """One scale for the year's contribution of every product, and for their budgets."""
    values = [value for one in found.rows for value in one.pnl.five or (float(one.contribution),)]
    values += [one.pnl.reference for one in found.rows if one.pnl.reference is not None]
    return Scale.amounts([0.0, *values]) if values else None


def portfolio_bars(found: Portfolio, currency: str) -> list[Drawing | None]:
    """How far each is from its budget, on one scale."""
    scale = Scale.amounts([float(one.difference or 0) for one in found.rows])
    return [
        marks.variance_bar(
            float(one.difference), scale,
            f"{one.product}: {money(one.difference, currency, plus=True)} against its budget", width=110,
        )
        if one.difference
        else None
        for one in found.rows
    ]  # fmt: skip


def _shown(steps: list[tuple[str, Decimal]]) -> list[tuple[str, Decimal]]:
    """The steps as bars: the smallest go together where there are many."""
    if len(steps) <= MOST_STEPS:
        return steps
    kept = set(sorted(range(len(steps)), key=lambda at: -abs(steps[at][1]))[: MOST_STEPS - 1])
    rest = sum((amount for at, (_, amount) in enumerate(steps) if at not in kept), Decimal(0))
    return [step for at, step in enumerate(steps) if at in kept] + [("Everything else", rest)]


def _band(shape: Mapping[str, list[list[float | None]]], level: int, start: float) -> Band | None:
    low, high = ([row[level] for row in shape[side]] for side in ("low", "high"))
    if any(value is None for value in (*low, *high)):
        return None
    return ([start, *(value for value in low if value is not None)],
            [start, *(value for value in high if value is not None)])  # fmt: skip


def _cell(value: float | None) -> float | str:
    return "" if value is None else round(value, 2)
