"""What the facts suggest doing about a product: five rules, each with its figures. See docs/how-to/in-life.md.

Each rule is a function of the ledger by month; none writes anything. What a suggestion is worth is a first number by a
stated rule, wide on purpose: whoever takes it up says better.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from clearspan.stages.inlife import kpi_words
from clearspan.stages.inlife.models import LedgerLine, Proposal
from clearspan.stages.inlife.queries.actuals import Actuals
from clearspan.stages.inlife.queries.kpis import Standing
from clearspan.ui.numbers import money, percent

YEAR = 12
FALLS = 3  # quarters running in which the margin fell
LEAST = 0.02  # of revenue that it lost by then; less is the noise of any quarter
FASTER = 0.10  # by how much a cost line outgrows revenue before it is said
OF_REVENUE = 0.01  # a cost under this share of revenue is not worth a word
STILL = 0.005  # growth that is none
SHRINKS = 0.08  # by how much a year's volume fell
EARNS = 0.25  # contribution of revenue from which a declining product is worth harvesting
SAME_PRICE, DEARER = 0.02, 0.05  # price within this, cost of a unit up by this

Kind = Proposal.Kind


@dataclass(frozen=True)
class Figure:
    """A figure behind a suggestion, and the line or KPI that it is of."""

    words: str
    line: int | None = None
    kpi: int | None = None


@dataclass(frozen=True)
class Suggestion:
    """Something the facts suggest. `key` names the rule and what it is about, the same each time."""

    key: str
    kind: Proposal.Kind
    title: str
    why: str
    figures: tuple[Figure, ...] = ()
    low: float | None = None
    likely: float | None = None
    high: float | None = None
    source: str = ""


@dataclass(frozen=True)
class Facts:
    """What is looked at. `now` are the last twelve months booked, `before` the twelve before them."""

    books: Actuals
    currency: str
    kpis: Sequence[Standing] = ()
    now: tuple[date, ...] = field(init=False)
    before: tuple[date, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "now", tuple(self.books.months[-YEAR:]))
        object.__setattr__(self, "before", tuple(self.books.months[-2 * YEAR : -YEAR]))

    @property
    def has_two_years(self) -> bool:
        return len(self.before) == YEAR

    @property
    def revenue(self) -> list[LedgerLine]:
        return self.books.of_kind(LedgerLine.Kind.REVENUE)

    @property
    def sales(self) -> list[LedgerLine]:
        return self.books.of_kind(LedgerLine.Kind.SALES)

    @property
    def operating(self) -> list[LedgerLine]:
        return self.books.of_kind(LedgerLine.Kind.OPERATING)

    @property
    def units(self) -> tuple[float, float] | None:
        """Units sold, mean a month, before and now, of the revenue lines that count them in every month."""
        months = (*self.before, *self.now)
        counted = [one for one in self.revenue if all(month in self.books.quantities[one.pk] for month in months)]
        if not counted or not self.has_two_years:
            return None
        sums = [sum(self.books.quantities[one.pk][month] for one in counted for month in some) / YEAR
                for some in (self.before, self.now)]  # fmt: skip
        return (sums[0], sums[1]) if min(sums) > 0 else None

    def money(self, amount: float) -> str:
        return money(amount, self.currency)


def suggestions(facts: Facts) -> list[Suggestion]:
    """All that the facts suggest, what is worth most first."""
    found = [one for rule in RULES for one in rule(facts)]
    return sorted(found, key=lambda one: -(one.likely or 0.0))


def margin_falls(facts: Facts) -> Iterator[Suggestion]:
    """The gross margin fell three quarters running, by two points of revenue or more in all."""
    months, quarters = facts.books.months, []
    for end in range(len(months), 0, -3):
        some = months[max(0, end - 3) : end]
        revenue = facts.books.over(facts.revenue, some)
        if len(some) < 3 or revenue <= 0 or len(quarters) > FALLS:
            break
        quarters.insert(0, (revenue + facts.books.over(facts.sales, some)) / revenue)
    last = quarters[-FALLS - 1 :]
    if len(last) <= FALLS or not all(after < before for before, after in pairwise(last)):
        return
    if last[0] - last[-1] < LEAST:
        return
    lost = (last[0] - last[-1]) * facts.books.over(facts.revenue, months[-3:]) * 4
    yield Suggestion(
        "margin-falls", Kind.IMPROVE, "Bring the gross margin back",
        f"The gross margin fell three quarters running, from {percent(last[0])} to {percent(last[-1])}.",
        (Figure(f"Gross margin by quarter: {', '.join(percent(one) for one in last)}"),
         *(Figure(f"{line}: {facts.money(-facts.books.over([line], months[-3:]))} in the last quarter", line.pk)
           for line in facts.sales)),
        *_part(lost, 0.25, 0.5, 1.0), source="a quarter, half and all of the margin lost, on this quarter’s revenue",
    )  # fmt: skip


def cost_outgrows(facts: Facts) -> Iterator[Suggestion]:
    """A line of cost grew faster than revenue over a year."""
    was, is_ = (facts.books.over(facts.revenue, some) for some in (facts.before, facts.now))
    if not facts.has_two_years or was <= 0 or is_ <= 0:
        return
    grew = is_ / was - 1
    for line in (*facts.sales, *facts.operating):
        before, now = (-facts.books.over([line], some) for some in (facts.before, facts.now))
        if before <= 0 or now < OF_REVENUE * is_ or now / before - 1 < grew + FASTER:
            continue
        excess = now - before * max(is_ / was, 1.0)
        if excess <= 0:
            continue
        yield Suggestion(
            f"cost-outgrows:{line.ref}", Kind.IMPROVE, f"Bring {line.name.lower()} back to what it was of revenue",
            f"{line} grew by {percent(now / before - 1)} in a year, revenue {_grew(grew)}.",
            (Figure(f"{line}: {facts.money(now)} in twelve months, {facts.money(before)} in those before", line.pk),
             *(Figure(f"{one}: {facts.money(facts.books.over([one], facts.now))} in twelve months", one.pk)
               for one in facts.revenue)),
            *_part(excess, 0.1, 0.4, 0.9),
            source="one, four and nine tenths of what it grew beyond revenue",
        )  # fmt: skip


def declines(facts: Facts) -> Iterator[Suggestion]:
    """It sells less each year: harvest while it earns, retire when it does not."""
    was, is_ = (facts.books.over(facts.revenue, some) for some in (facts.before, facts.now))
    if not facts.has_two_years or was <= 0 or is_ <= 0:
        return
    before, now = facts.units or (was, is_)
    what = "Units sold" if facts.units else "Revenue"
    contribution = facts.books.over(facts.books.lines.values(), facts.now)
    operating = -facts.books.over(facts.operating, facts.now)
    figures = (
        Figure(f"{what}: {percent(1 - now / before)} less than in the twelve months before"),
        Figure(f"Contribution: {facts.money(contribution)} in twelve months, {percent(contribution / is_)} of revenue"),
        *(Figure(f"{one}: {facts.money(-facts.books.over([one], facts.now))} in twelve months", one.pk)
          for one in facts.operating),
    )  # fmt: skip
    if now / before - 1 > -SHRINKS:
        return
    if contribution < 0:
        yield Suggestion(
            "loses", Kind.RETIRE, "Retire it, with a way on for its customers",
            f"It sells {percent(1 - now / before)} less than a year ago and costs more than it brings.", figures,
            *_part(-contribution, 0.3, 0.7, 1.0), source="three tenths, seven tenths and all of what it loses a year",
        )  # fmt: skip
    elif contribution / is_ >= EARNS and operating > 0:
        yield Suggestion(
            "harvest", Kind.HARVEST, "Harvest it: keep what customers need, spend on nothing else",
            f"It sells {percent(1 - now / before)} less than a year ago, and still earns "
            f"{percent(contribution / is_)} of its revenue.", figures,
            *_part(operating, 0.1, 0.25, 0.4), source="a tenth, a quarter and four tenths of operating cost",
        )  # fmt: skip


def price_stands(facts: Facts) -> Iterator[Suggestion]:
    """The price never moved while a unit came to cost more."""
    units = facts.units
    if units is None:
        return
    before, now = units
    price = [facts.books.over(facts.revenue, some) / YEAR / n for some, n in ((facts.before, before), (facts.now, now))]
    cost = [-facts.books.over(facts.sales, some) / YEAR / n for some, n in ((facts.before, before), (facts.now, now))]
    if min(price) <= 0 or min(cost) <= 0 or abs(price[1] / price[0] - 1) > SAME_PRICE or cost[1] / cost[0] - 1 < DEARER:
        return
    more = (cost[1] - cost[0]) * now * YEAR
    yield Suggestion(
        "price-stands", Kind.REPRICE, "Raise the price by what a unit came to cost more",
        f"What a unit costs rose by {percent(cost[1] / cost[0] - 1)} in a year, and its price has not moved.",
        (Figure(f"Price of a unit a month: {money(price[1], facts.currency, scale='', digits=3)}, a year before "
                f"{money(price[0], facts.currency, scale='', digits=3)}"),
         Figure(f"Cost of a unit a month: {money(cost[1], facts.currency, scale='', digits=3)}, a year before "
                f"{money(cost[0], facts.currency, scale='', digits=3)}"),
         *(Figure(f"{one}: {facts.money(-facts.books.over([one], facts.now))} in twelve months", one.pk)
           for one in facts.sales)),
        *_part(more, 0.0, 0.5, 1.0), source="none, half and all of what units came to cost more: some may leave",
    )  # fmt: skip


def kpi_off(facts: Facts) -> Iterator[Suggestion]:
    """A KPI is off its way to the target, or missed it."""
    for one in facts.kpis:
        kpi, last = one.kpi, one.last
        if one.is_on is not False or last is None or kpi.target is None or kpi.target_on is None:
            continue
        yield Suggestion(
            f"kpi-off:{kpi.ref}", Kind.IMPROVE, _set_right(one), kpi_words.why_off(one),
            (Figure(kpi_words.figure(one), kpi=kpi.pk),),
        )  # fmt: skip


def _set_right(one: Standing) -> str:
    return f"Set “{one.kpi.name}” right" if one.was_reached is False else f"Bring “{one.kpi.name}” back on its way"


RULES: tuple[Callable[[Facts], Iterator[Suggestion]], ...] = (
    margin_falls, cost_outgrows, declines, price_stands, kpi_off,
)  # fmt: skip


def _part(whole: float, low: float, likely: float, high: float) -> tuple[float, float, float]:
    """Three parts of an amount, to as many digits as such a rule can know: two."""
    return (_two(whole * low), _two(whole * likely), _two(whole * high))


def _two(value: float) -> float:
    return float(f"{value:.2g}")


def _grew(share: float) -> str:
    if abs(share) < STILL:
        return "stood still"
    return f"by {percent(share)}" if share > 0 else f"fell by {percent(-share)}"
