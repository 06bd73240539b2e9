"""A ledger of Tideline in a line or two, for tests of what is done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone

from clearspan.catalogue.models import Account, Product
from clearspan.stages.inlife.models import LedgerEntry, LedgerLine, LedgerVersion

LAST = date(2026, 6, 1)


def months(count: int, last: date = LAST) -> list[date]:
    """So many first days of months, in order, the last being `last`."""
    end = last.year * 12 + last.month - 1
    return [date(key // 12, key % 12 + 1, 1) for key in range(end - count + 1, end + 1)]


def line(name: str) -> LedgerLine:
    found: LedgerLine = LedgerLine.objects.get(name=name)
    return found


def booked(
    product: Product, amounts: Mapping[str, Sequence[float]], quantities: Mapping[str, Sequence[float]] | None = None,
    name: str = "books",
) -> LedgerVersion:  # fmt: skip
    """Actual figures by line, a number a month up to `LAST`; costs below nought."""
    version: LedgerVersion = LedgerVersion.objects.create(
        product=product, kind="actual", name=name, counts_at=timezone.now()
    )
    for title, values in amounts.items():
        counted = (quantities or {}).get(title, [None] * len(values))
        LedgerEntry.objects.bulk_create(
            LedgerEntry(version=version, line=line(title), month=month, amount=Decimal(str(value)),
                        quantity=None if many is None else Decimal(str(many)))
            for month, value, many in zip(months(len(values)), values, counted, strict=True)
        )  # fmt: skip
    return version


def paid(version: LedgerVersion, account: Account, when: Sequence[date], amount: float = 100) -> None:
    """Revenue that names an account."""
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            version=version, line=line("Subscriptions"), month=month, amount=Decimal(str(amount)), account=account
        )
        for month in when
    )
