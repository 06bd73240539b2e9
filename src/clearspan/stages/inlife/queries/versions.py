"""Versions of a product's books: which count, and from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.stages.inlife.models import LedgerSum, LedgerVersion


@dataclass(frozen=True)
class Stand:
    """A version, what it holds, and in how many of its months it counts."""

    version: LedgerVersion
    first: date | None
    last: date | None
    entries: int
    amount: Decimal
    months: int
    counts_in: int


def versions(actor: Actor, product: Product) -> list[Stand]:
    """Every version, those that count first. Two queries."""
    rows = list(LedgerVersion.objects.visible_to(actor).filter(product=product).select_related("brought_by"))
    sums = (
        LedgerSum.objects.filter(product=product)
        .values("version", "month")
        .annotate(n=Sum("entries"), came=Sum("amount"))
    )
    by_version: dict[int, list[tuple[date, int, Decimal]]] = {}
    for one in sums.order_by():
        by_version.setdefault(one["version"], []).append((one["month"], one["n"], one["came"]))
    taken: set[tuple[str, date]] = set()
    counts: dict[int, int] = {}
    counting = [row for row in rows if row.counts_at is not None]
    for row in sorted(counting, key=lambda one: (one.counts_at, one.pk), reverse=True):
        months = {(row.kind, month) for month, *_ in by_version.get(row.pk, [])}
        counts[row.pk] = len(months - taken)
        taken |= months
    found = [_stand(row, by_version.get(row.pk, []), counts.get(row.pk, 0)) for row in rows]
    order = list(LedgerVersion.Kind.values)
    return sorted(found, key=lambda one: (order.index(one.version.kind), -one.counts_in, -one.version.pk))


def _stand(row: LedgerVersion, months: list[tuple[date, int, Decimal]], counts_in: int) -> Stand:
    days = [month for month, *_ in months]
    return Stand(
        row, min(days, default=None), max(days, default=None), sum(n for _, n, _ in months),
        sum((came for *_, came in months), Decimal(0)), len(months), counts_in,
    )  # fmt: skip
