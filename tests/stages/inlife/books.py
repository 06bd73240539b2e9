"""Books that tests write: entries of Tideline by line and month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.stages.inlife.models import LedgerEntry, LedgerLine, LedgerVersion
from clearspan.stages.inlife.months import month_after

Row = tuple[str, date, float | str]


def version(product: Product, kind: str = "actual", name: str = "", since: datetime | None = None) -> LedgerVersion:
    found: LedgerVersion
    found, _ = LedgerVersion.objects.get_or_create(
        product=product, kind=kind, name=name or kind.title(), defaults={"counts_at": since or timezone.now()}
    )
    return found


def book(into: LedgerVersion, rows: Iterable[Row], region: str = "", quantity: float | None = None) -> None:
    """Entries of (line, month, amount)."""
    lines = {line.name: line for line in LedgerLine.objects.all()}
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            version=into, line=lines[line], month=month, amount=Decimal(str(amount)), region=region,
            quantity=None if quantity is None else Decimal(str(quantity)),
        )
        for line, month, amount in rows
    )  # fmt: skip


def later(minutes: int) -> datetime:
    return timezone.now() + timedelta(minutes=minutes)


def grown(line: str, first: date, count: int, start: float, step: float) -> list[Row]:
    """So many months that grow by a step each."""
    return [(line, month_after(first, at), round(start + step * at, 2)) for at in range(count)]
