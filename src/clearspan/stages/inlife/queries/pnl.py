"""The P&L of a year: what was booked, what is likely to come, and what it is held against."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.stages.inlife.models import LedgerLine
from clearspan.stages.inlife.months import covered, month_after
from clearspan.stages.inlife.queries.amounts import ACTUAL, BUDGET, FORECAST, Amount, amounts, booked, lines
from clearspan.stages.inlife.queries.outlook import Outlook, outlook
from clearspan.stages.inlife.years import Year, year_of

ByMonth = Mapping[tuple[int, date], Decimal]
NOUGHT = Decimal(0)
REVENUE, GROSS, CONTRIBUTION = "revenue", "gross", "contribution"
_KIND = LedgerLine.Kind
SUMS = (
    (_KIND.REVENUE, REVENUE, "Revenue", (_KIND.REVENUE,)),
    (_KIND.SALES, GROSS, "Gross margin", (_KIND.REVENUE, _KIND.SALES)),
    (_KIND.OPERATING, CONTRIBUTION, "Contribution", tuple(_KIND)),
)  # after which kind's lines each sum stands, and the kinds it adds up


@dataclass(frozen=True)
class Period:
    """A column: a quarter or a month. `ahead`: some of it is forecast."""

    name: str
    months: tuple[date, ...]
    ahead: bool

    @property
    def first(self) -> date:
        return self.months[0]

    @property
    def last(self) -> date:
        return self.months[-1]


@dataclass(frozen=True)
class Row:
    """A line or a sum: what it comes to by period, in the year, and in what that is held against."""

    key: str  # of a sum: revenue, gross, contribution; else the line's reference
    name: str
    values: tuple[Decimal, ...]
    year: Decimal
    against: Decimal | None  # what it is held against comes to
    like: Decimal  # what the months come to that are held against it
    line: LedgerLine | None = None
    share: float | None = None  # of the revenue

    @property
    def is_sum(self) -> bool:
        return self.line is None

    @property
    def difference(self) -> Decimal | None:
        return None if self.against is None else self.like - self.against


@dataclass(frozen=True)
class Pnl:
    """A product's year. `booked`: the last month that is over and has entries. `source`: where the rest is from.

    `whole`: the year is complete, booked or forecast to its end; else it is held against the same months only.
    """

    product: Product
    year: Year
    region: str
    booked: date | None
    source: str  # study, finance or nothing
    held_against: str  # budget, last year, forecast
    periods: tuple[Period, ...]
    rows: tuple[Row, ...]
    whole: bool
    five: tuple[float, float, float, float, float] | None = None  # of the year's contribution
    outlook: Outlook | None = None
    has: Mapping[str, tuple[date, ...]] = field(default_factory=dict)  # what it could be held against, in which months
    filled: frozenset[date] = frozenset()  # months with figures

    def row(self, key: str) -> Row:
        return next(row for row in self.rows if row.key == key)

    def only(self, against: str) -> tuple[date, ...]:
        """The months that can be held against it, where that is not all those with figures."""
        like = self.has.get(against, ())
        return () if self.filled <= set(like) else like

    @property
    def held(self) -> tuple[date, ...]:
        """The months that are held against it, where the year has more."""
        return self.only(self.held_against)

    @property
    def contribution(self) -> Row:
        return self.row(CONTRIBUTION)

    @property
    def reference(self) -> float | None:
        """Where the mark of what it is held against stands; of only some months, nowhere on the scale of a year."""
        against = self.contribution.against
        return None if against is None or self.held else float(against)

    @property
    def is_over(self) -> bool:
        return self.booked is not None and self.booked >= self.year.last


def pnl(
    actor: Actor,
    product: Product,
    year: Year,
    *,
    region: str = "",
    against: str = "",
    by_month: bool = False,
    source: str = "",
) -> Pnl:
    """The year as far as it is booked, then as it is forecast, and against budget (or `against`)."""
    every = amounts(actor, [product], year.before.first, year.last, region=region)
    last = booked(actor, [product]).get(product.pk)
    ours = outlook(actor, product)
    table = by_kind(every)
    return assemble(
        product, year, last, table, ours, lines(), region=region, against=against, by_month=by_month, source=source
    )


def by_month(
    actor: Actor, product: Product, ours: Outlook, key: str
) -> tuple[dict[date, Decimal], dict[date, Decimal]]:
    """What a sum or a line brought in each month that is over, and what was budgeted, as far as both go."""
    chart = lines()
    kinds = next((kinds for _, sum_, _, kinds in SUMS if sum_ == key), ())
    wanted = {line.pk for line in chart if line.kind in kinds or key in (line.ref, line.kind, str(line.pk))}
    first, last = month_after(ours.booked, -35), year_of(ours.booked).next.last
    past: dict[date, Decimal] = {}
    plan: dict[date, Decimal] = {}
    for one in amounts(actor, [product], first, last):
        into = past if one.kind == ACTUAL and one.month <= ours.booked else plan if one.kind == BUDGET else None
        if into is not None and one.line in wanted:
            into[one.month] = into.get(one.month, NOUGHT) + one.amount
    return past, plan


def by_kind(every: Iterable[Amount]) -> dict[str, dict[tuple[int, date], Decimal]]:
    """The sums of one product by kind of version, line and month."""
    table: dict[str, dict[tuple[int, date], Decimal]] = {str(kind): {} for kind in (ACTUAL, BUDGET, FORECAST)}
    for one in every:
        table[one.kind][one.line, one.month] = one.amount
    return table


def assemble(
    product: Product,
    year: Year,
    last: date | None,
    table: Mapping[str, ByMonth],
    ours: Outlook | None,
    chart: Sequence[LedgerLine],
    *,
    region: str = "",
    against: str = "",
    by_month: bool = False,
    source: str = "",
) -> Pnl:
    """A P&L from sums that were read: `table` has them by kind of version, of this year and the one before."""
    months = year.months
    open_ = [month for month in months if last is None or month > last]
    ahead, from_ = _ahead(open_, table, ours, region, source)
    shown = [month for month in months if month not in open_ or ahead]
    has = {one: like for one in ("budget", "last year", "forecast") if (like := _like(one, table, months, shown))}
    filled = {month for (_, month), one in table[ACTUAL].items() if one and month in shown} - set(open_)
    filled |= {month for _, month in ahead if month in open_}
    held = against if against in has else next((one for one in has if filled <= set(has[one])), next(iter(has), ""))
    like = has.get(held, ())
    base = _base(held, table, like)
    actual = table[ACTUAL]

    def value(line: int, month: date) -> Decimal:
        if month in open_:
            return ahead.get((line, month), NOUGHT)
        return actual.get((line, month), NOUGHT)

    there = {key[0] for kind in table.values() for key, one in kind.items() if one and key[1] in year}
    there |= {line for (line, month), one in ahead.items() if one and month in open_} | {line for line, _ in base}
    used = [line for line in chart if line.pk in there]
    periods = _periods(months, open_, by_month)
    rows = _rows(used, periods, value, base if held else None, like)
    five = _five(year, ours, open_, rows, from_, region)
    return Pnl(
        product, year, region, last, from_, held, periods, rows, len(shown) == len(months), five, ours,
        has, frozenset(filled),
    )  # fmt: skip


def _ahead(
    open_: Sequence[date], table: Mapping[str, ByMonth], ours: Outlook | None, region: str, source: str
) -> tuple[ByMonth, str]:
    """What the open months are likely to bring, and who says so: our forecast, else the one in the ledger."""
    if not open_:
        return {}, ""
    study: ByMonth = {}
    if ours is not None:
        study = (
            {(line, month): one for (name, line, month), one in ours.regions.items() if name == region}
            if region
            else ours.lines
        )
    study = study if all(any(month == one for _, month in study) for one in open_) else {}
    finance = {key: one for key, one in table[FORECAST].items() if key[1] in open_}
    first, second = (finance, study) if source == "finance" else (study, finance)
    found = first or second
    return found, "" if not found else "study" if found is study else "finance"


def _like(held: str, table: Mapping[str, ByMonth], months: Sequence[date], shown: Sequence[date]) -> tuple[date, ...]:
    """Those of the months shown that can be held against it: a budget of eleven months says nothing of the twelfth."""
    if held == "last year":
        first = min((month for _, month in table[ACTUAL]), default=None)
        return tuple(month for month in shown if first is not None and month_after(month, -12) >= first)
    kind = {"budget": BUDGET, "forecast": FORECAST}[held]
    return tuple(covered({month for _, month in table[kind]} & set(months), shown))


def _base(held: str, table: Mapping[str, ByMonth], like: Sequence[date]) -> ByMonth:
    """What these months are held against."""
    if held == "last year":
        before = {(line, month_after(month, 12)): one for (line, month), one in table[ACTUAL].items()}
        return {key: one for key, one in before.items() if key[1] in like}
    kind = {"budget": BUDGET, "forecast": FORECAST}.get(held)
    return {key: one for key, one in table[kind].items() if key[1] in like} if kind else {}


def _periods(months: Sequence[date], open_: Sequence[date], by_month: bool) -> tuple[Period, ...]:
    step = 1 if by_month else 3
    groups = [tuple(months[at : at + step]) for at in range(0, 12, step)]
    return tuple(
        Period(f"{group[0]:%b}" if by_month else _quarter(at, group), group, any(month in open_ for month in group))
        for at, group in enumerate(groups, 1)
    )


def _quarter(at: int, months: Sequence[date]) -> str:
    """Q1; by its months where it is not the calendar's: a first quarter from April is "Q1" to some only."""
    return f"Q{at}" if months[0].month == 3 * at - 2 else f"{months[0]:%b}–{months[-1]:%b}"


def _rows(
    chart: Sequence[LedgerLine],
    periods: Sequence[Period],
    value: Callable[[int, date], Decimal],
    base: ByMonth | None,
    like: Sequence[date],
) -> tuple[Row, ...]:
    """Lines under their kinds, each kind followed by its sum."""
    rows: list[Row] = []
    for kind, key, name, kinds in SUMS:
        for line in chart:
            if line.kind == kind:
                rows.append(_row(line.ref, line.name, [line], periods, value, base, like, line))
        members = [line for line in chart if line.kind in kinds]
        rows.append(_row(key, name, members, periods, value, base, like))
    revenue = next(row.year for row in rows if row.key == REVENUE)
    return tuple(_with_share(row, revenue) for row in rows)


def _row(
    key: str,
    name: str,
    members: Sequence[LedgerLine],
    periods: Sequence[Period],
    value: Callable[[int, date], Decimal],
    base: ByMonth | None,
    like: Sequence[date],
    line: LedgerLine | None = None,
) -> Row:
    keys = [one.pk for one in members]
    values = tuple(sum((value(one, month) for one in keys for month in period.months), NOUGHT) for period in periods)
    wanted = set(keys)
    against = None if base is None else sum((one for (of, _), one in base.items() if of in wanted), NOUGHT)
    held = sum((value(one, month) for one in keys for month in like), NOUGHT)
    return Row(key, name, values, sum(values, NOUGHT), against, held, line)


def _with_share(row: Row, revenue: Decimal) -> Row:
    if not revenue:
        return row
    return replace(row, share=float(row.year / revenue))


def _five(
    year: Year, ours: Outlook | None, open_: Sequence[date], rows: Sequence[Row], source: str, region: str
) -> tuple[float, float, float, float, float] | None:
    """How sure the year's contribution is: what is booked is certain, what is left as wide as the study says."""
    if ours is None or not open_ or source != "study" or region or ours.starts != year.starts:
        return None
    halves = ours.width(CONTRIBUTION, open_[0])
    if halves is None:
        return None
    half, most = halves
    middle = float(next(row.year for row in rows if row.key == CONTRIBUTION))
    return (middle - most, middle - half, middle, middle + half, middle + most)
