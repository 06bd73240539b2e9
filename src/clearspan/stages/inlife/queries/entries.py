"""The entries behind a figure: what one clicks through to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from clearspan.catalogue.models import Account, Product
from clearspan.core.actor import Actor
from clearspan.core.lists import Cut, cut
from clearspan.stages.inlife.models import LedgerEntry, LedgerLine, LedgerSum, LedgerVersion
from clearspan.stages.inlife.queries.pnl import SUMS

ORDER = "-month"
_PARTS = {key: (name, kinds) for _, key, name, kinds in SUMS}


@dataclass(frozen=True)
class Filters:
    """What is looked for. `part` is a line's reference or a sum's key."""

    kind: str = ""
    part: str = ""
    first: date | None = None
    last: date | None = None
    region: str = ""
    version: str = ""
    account: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Filters:
        """From an address; what cannot be read is not asked."""
        kind = given.get("kind", "")
        return cls(
            kind if kind in LedgerVersion.Kind.values else "", given.get("part", ""), _month(given.get("from", "")),
            _month(given.get("to", "")), given.get("region", ""), given.get("version", ""), given.get("account", ""),
        )  # fmt: skip


@dataclass(frozen=True)
class Listing:
    """A page of entries, and what all that fit come to."""

    page: Cut
    amount: Decimal
    entries: int
    line: LedgerLine | None
    part: str  # a sum's name
    version: LedgerVersion | None
    account: Account | None


def entries(actor: Actor, product: Product, filters: Filters, after: str = "") -> Listing:
    """The entries that fit, the newest month first. What they come to is read from the sums where these can say it."""
    line = LedgerLine.objects.visible_to(actor).referred(filters.part).first() if filters.part else None
    name, kinds = _PARTS.get(filters.part, ("", ()))
    versions = LedgerVersion.objects.visible_to(actor).filter(product=product)
    version = versions.referred(filters.version).first() if filters.version else None
    account = Account.objects.visible_to(actor).referred(filters.account).first() if filters.account else None
    wanted = _wanted(filters, line, kinds, version)
    counting = counting_of(product, filters) if version is None else None
    rows = LedgerEntry.objects.filter(wanted, version__in=versions)
    sums = LedgerSum.objects.filter(wanted, product=product, version__in=versions)
    if counting is not None:
        rows, sums = rows.filter(counting), sums.filter(counting)
    if account is not None:
        rows = rows.filter(account=account)
        found = rows.aggregate(amount=Sum("amount"), entries=Count("pk"))
    else:
        found = sums.aggregate(amount=Sum("amount"), entries=Sum("entries"))
    page = cut(rows.select_related("line", "version", "account"), ORDER, after=after)
    return Listing(page, found["amount"] or Decimal(0), found["entries"] or 0, line, name, version, account)


def counting_of(product: Product, filters: Filters) -> Q:
    """What counts: of each kind and month, the version that began to count last."""
    rows = LedgerSum.objects.filter(product=product).exclude(version__counts_at=None)
    if filters.kind:
        rows = rows.filter(version__kind=filters.kind)
    there = rows.order_by("version__kind", "month", "-version__counts_at", "-version").distinct(
        "version__kind", "month"
    )
    months: dict[int, list[date]] = {}
    for version, month in there.values_list("version", "month"):
        months.setdefault(version, []).append(month)
    found = Q(pk__in=[])
    for version, some in months.items():
        found |= Q(version=version, month__in=some)
    return found


def _wanted(filters: Filters, line: LedgerLine | None, kinds: Any, version: LedgerVersion | None) -> Q:
    wanted = Q()
    if filters.kind:
        wanted &= Q(version__kind=filters.kind)
    if line is not None:
        wanted &= Q(line=line)
    elif kinds:
        wanted &= Q(line__kind__in=kinds)
    if filters.first:
        wanted &= Q(month__gte=filters.first)
    if filters.last:
        wanted &= Q(month__lte=filters.last)
    if filters.region:
        wanted &= Q(region=filters.region)
    return wanted & Q(version=version) if version is not None else wanted


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return None
