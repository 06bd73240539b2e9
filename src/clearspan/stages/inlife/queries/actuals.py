"""What a product's ledger says by line and month of all that is over: the actual figures that count, as numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.stages.inlife.models import LedgerLine
from clearspan.stages.inlife.months import month_after, this_month
from clearspan.stages.inlife.queries.amounts import ACTUAL, EARLIEST, amounts, counted, lines

Month = date


@dataclass
class Actuals:
    """amounts[line][month], as they act on the contribution: revenue above nought, costs below; quantity where known.

    Months are those that are over and have an entry, in order. Regions are added up; `regions` has them apart where
    that was asked for.
    """

    lines: dict[int, LedgerLine] = field(default_factory=dict)
    months: list[Month] = field(default_factory=list)
    amounts: dict[int, dict[Month, float]] = field(default_factory=lambda: defaultdict(dict))
    quantities: dict[int, dict[Month, float]] = field(default_factory=lambda: defaultdict(dict))
    regions: dict[tuple[int, str], dict[Month, float]] = field(default_factory=lambda: defaultdict(dict))

    def of_kind(self, *kinds: str) -> list[LedgerLine]:
        return [line for line in self.lines.values() if line.kind in kinds]

    def over(self, some: Iterable[LedgerLine], months: Iterable[Month]) -> float:
        """The sum over lines and months."""
        listed = list(months)
        return sum(self.amounts[line.pk].get(month, 0.0) for line in some for month in listed)


def actuals(actor: Actor, products: Iterable[Product], *, by_region: bool = False) -> dict[int, Actuals]:
    """By product, everything that counts of its actual figures: three queries, whatever the number of products."""
    listed = list(products)
    found = {one.pk: Actuals() for one in listed}
    chart = lines()
    rows = amounts(actor, listed, EARLIEST, month_after(this_month(), -1), by_region=by_region, kind=ACTUAL)
    partly: set[tuple[int, int, Month]] = set()  # where some region has no quantity, the line has none
    for row in rows:
        mine = found[row.product]
        _add(mine.amounts[row.line], row.month, float(row.amount))
        if by_region:
            _add(mine.regions[row.line, row.region], row.month, float(row.amount))
        if row.quantity is None:
            partly.add((row.product, row.line, row.month))
        else:
            _add(mine.quantities[row.line], row.month, float(row.quantity))
    for product, line, month in partly:
        found[product].quantities[line].pop(month, None)
    for mine in found.values():
        mine.lines = {line.pk: line for line in chart if line.pk in mine.amounts}
        mine.months = sorted({month for by_month in mine.amounts.values() for month in by_month})
    return found


def of_lines(
    actor: Actor, products: Sequence[int], lines: Collection[int], *, by_region: bool = False
) -> dict[int, Actuals]:
    """The same of these lines alone, amounts only, of products by their numbers; the months are those of any line. Two
    queries."""
    last = month_after(this_month(), -1)
    rows, counting = counted(actor, products, EARLIEST, last, by_region=by_region, kind=ACTUAL, lines=lines)
    found = {one: Actuals() for one in products}
    for product, _, month in sorted(counting):
        found[product].months.append(month)
    for row in rows:
        mine = found[row.product]
        _add(mine.amounts[row.line], row.month, float(row.amount))
        if by_region:
            _add(mine.regions[row.line, row.region], row.month, float(row.amount))
    return found


def _add(by_month: dict[Month, float], month: Month, value: float) -> None:
    by_month[month] = by_month.get(month, 0.0) + value
