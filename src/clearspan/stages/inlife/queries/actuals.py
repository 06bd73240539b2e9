"""What a product's ledger says by month and line: the actual figures that count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Sum
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.stages.inlife.models import LedgerLine, LedgerSum, LedgerVersion

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

    def over(self, lines: Iterable[LedgerLine], months: Iterable[Month]) -> float:
        """The sum over lines and months."""
        listed = list(months)
        return sum(self.amounts[line.pk].get(month, 0.0) for line in lines for month in listed)


def actuals(products: Iterable[Product], *, by_region: bool = False) -> dict[int, Actuals]:
    """By product, everything that counts of its actual figures: two queries, whatever the number of products.

    Of the versions that have entries in a month the one that began to count last counts for it, whole.
    """
    keys = [one.pk for one in products]
    apart = ["region"] if by_region else []
    sums = (
        LedgerSum.objects.filter(
            product__in=keys,
            version__kind=LedgerVersion.Kind.ACTUAL,
            version__counts_at__isnull=False,
            month__lt=timezone.localdate().replace(day=1),
        )
        .values_list("product", "month", "version__counts_at", "version", "line", *apart)
        .annotate(amount_=Sum("amount"), quantity_=Sum("quantity"), rest_=Sum("entries") - Sum("counted"))
    )
    rows = list(sums)
    last: dict[tuple[int, Month], tuple[object, int]] = {}
    for product, month, at, version, *_ in rows:
        key = (product, month)
        last[key] = max(last.get(key, (at, version)), (at, version))  # type: ignore[type-var]
    lines = {line.pk: line for line in LedgerLine.objects.filter(pk__in={row[4] for row in rows})}
    found = {key: Actuals() for key in keys}
    for product, month, at, version, line, *region, amount, quantity, uncounted in rows:
        if last[product, month] != (at, version):
            continue
        mine = found[product]
        mine.lines[line] = lines[line]
        mine.amounts[line][month] = mine.amounts[line].get(month, 0.0) + float(amount)
        if not uncounted:
            mine.quantities[line][month] = mine.quantities[line].get(month, 0.0) + float(quantity)
        for name in region:
            mine.regions[line, name][month] = mine.regions[line, name].get(month, 0.0) + float(amount)
    for key, mine in found.items():
        mine.months = sorted(month for product, month in last if product == key)
        mine.lines = dict(sorted(mine.lines.items(), key=lambda one: (one[1].position, one[0])))
    return found
