"""What every product earns in a year, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.stages.inlife.models import LedgerSum
from clearspan.stages.inlife.months import month_after
from clearspan.stages.inlife.queries.amounts import ACTUAL, Amount, amounts, booked, lines
from clearspan.stages.inlife.queries.outlook import newest
from clearspan.stages.inlife.queries.pnl import CONTRIBUTION, GROSS, REVENUE, Pnl, assemble, by_kind
from clearspan.stages.inlife.years import Year, years_of

TREND = 24  # months


@dataclass(frozen=True)
class Earns:
    """One product's year, and what its revenue was in the months before."""

    product: Product
    pnl: Pnl
    trend: tuple[float, ...]

    @property
    def revenue(self) -> Decimal:
        return self.pnl.row(REVENUE).year

    @property
    def contribution(self) -> Decimal:
        return self.pnl.row(CONTRIBUTION).year

    @property
    def margin(self) -> float | None:
        return self.pnl.row(GROSS).share

    @property
    def difference(self) -> Decimal | None:
        """From its budget."""
        return self.pnl.row(CONTRIBUTION).difference if self.pnl.held_against == "budget" else None


@dataclass(frozen=True)
class Portfolio:
    """Every product that one may see and that has books, those that contribute most first."""

    year: Year
    years: tuple[Year, ...]
    rows: tuple[Earns, ...]

    @property
    def is_over(self) -> bool:
        return all(one.pnl.is_over for one in self.rows)

    @property
    def is_whole(self) -> bool:
        return all(one.pnl.whole for one in self.rows)


def portfolio(actor: Actor, year: Year, products: Sequence[Product] | None = None) -> Portfolio:
    """Of these products, or of all that one may see: a constant number of queries, however many there are."""
    if products is None:
        products = list(Product.objects.visible_to(actor).filter(is_archived=False).select_related("stage", "line"))
    months = LedgerSum.objects.filter(product__in=products).dates("month", "month")
    since = min(year.before.first, month_after(year.last, -TREND))
    return Portfolio(year, tuple(years_of(months)), tuple(earns(actor, products, year, since)))


def earns(actor: Actor, products: Sequence[Product], year: Year, since: date) -> list[Earns]:
    """The year of each of these products that has books, those that contribute most first. `since`: the first month
    that is read, no later than the year before begins; trends begin there."""
    sums: dict[int, list[Amount]] = {product.pk: [] for product in products}
    for one in amounts(actor, products, since, year.last):
        sums[one.product].append(one)
    last, ours, chart = booked(actor, products), newest(actor, products), lines()
    revenue = {line.pk for line in chart if not line.is_cost}
    rows = []
    for product in products:
        if not (own := sums[product.pk]):
            continue
        until = last.get(product.pk)
        found = assemble(product, year, until, by_kind(own), ours.get(product.pk), chart)
        rows.append(Earns(product, found, _trend(own, revenue, until)))
    return sorted(rows, key=lambda one: -one.contribution)


def _trend(rows: list[Amount], revenue: set[int], last: date | None) -> tuple[float, ...]:
    found: dict[date, float] = {}
    for one in rows:
        if one.kind == ACTUAL and one.line in revenue and last is not None and one.month <= last:
            found[one.month] = found.get(one.month, 0.0) + float(one.amount)
    return tuple(found[month] for month in sorted(found))[-TREND:]
