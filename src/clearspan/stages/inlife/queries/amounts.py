"""What the ledger comes to, by line and month: sums that the database keeps, of the versions that count."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.once import once
from clearspan.stages.inlife.models import LedgerLine, LedgerSum, LedgerVersion
from clearspan.stages.inlife.months import month_after, this_month
from clearspan.stages.inlife.years import Year, years_of

ACTUAL, BUDGET, FORECAST = LedgerVersion.Kind
EARLIEST = date(1900, 1, 1)
COUNTING = "version__counts_at"
Counting = dict[tuple[int, str, date], int]  # (product, kind, month) to the version that counts there


@dataclass(frozen=True)
class Amount:
    """A line's sum in a month, of one kind of version. `quantity` is None where not every entry has one."""

    product: int
    kind: str
    line: int
    month: date
    region: str  # "" where it was not asked for
    amount: Decimal
    quantity: Decimal | None
    entries: int


def amounts(
    actor: Actor,
    products: Iterable[Product],
    first: date,
    last: date,
    *,
    region: str = "",
    by_region: bool = False,
    kind: str = "",
) -> list[Amount]:
    """The sums of the months from `first` to `last` of whatever version counts there; of one `kind`, or of all. Two
    queries."""
    keys = [product.pk for product in products]
    return counted(actor, keys, first, last, region=region, by_region=by_region, kind=kind)[0]


def counted(
    actor: Actor,
    keys: Sequence[int],
    first: date,
    last: date,
    *,
    region: str = "",
    by_region: bool = False,
    kind: str = "",
    lines: Collection[int] | None = None,
) -> tuple[list[Amount], Counting]:
    """The same of products by their numbers, of some lines alone if that is wanted; and what counts in each month."""
    rows, counting = _of_months(actor, keys, first, last, kind), counting_of(actor, keys, first, last, kind)
    if region:
        rows = rows.filter(region=region)
    if lines is not None:
        rows = rows.filter(line__in=lines)
    names = ["version", "product", "version__kind", "line", "month", *(["region"] if by_region else [])]
    sums = rows.values(*names).annotate(
        came=Sum("amount"), number=Sum("quantity"), all=Sum("entries"), known=Sum("counted")
    )
    found = [
        Amount(
            one["product"], one["version__kind"], one["line"], one["month"], one.get("region", ""), one["came"],
            one["number"] if one["known"] == one["all"] else None, one["all"],
        )
        for one in sums.order_by()
        if counting.get((one["product"], one["version__kind"], one["month"])) == one["version"]
    ]  # fmt: skip
    return found, counting


def counting_of(actor: Actor, keys: Sequence[int], first: date, last: date, kind: str = "") -> Counting:
    """What counts in each of these months: one query, once a page, which asks of a year by line and by region."""
    key = ("counting", actor.is_system, actor.person and actor.person.pk, tuple(keys), first, last, kind)
    return once(key, lambda: _counting(_of_months(actor, keys, first, last, kind)))


def _of_months(actor: Actor, keys: Sequence[int], first: date, last: date, kind: str) -> QuerySet[LedgerSum]:
    rows = LedgerSum.objects.filter(
        product__in=keys, month__range=(first, last), version__in=LedgerVersion.objects.visible_to(actor)
    ).exclude(**{COUNTING: None})
    return rows.filter(version__kind=kind) if kind else rows


def _counting(rows: Any) -> Counting:
    """Of a month, that version counts which began to count last."""
    there = rows.values_list("product", "version__kind", "month", COUNTING, "version").distinct().order_by()
    newest: dict[tuple[int, str, date], tuple[Any, int]] = {}
    for product, kind, month, since, version in there:
        key = (product, kind, month)
        newest[key] = max(newest.get(key, (since, version)), (since, version))
    return {key: version for key, (_, version) in newest.items()}


def booked(actor: Actor, products: Iterable[Product]) -> dict[int, date]:
    """The last month that is over and has actual entries, of each product that has one: found from the newest on."""
    rows = _actual(actor).filter(product=OuterRef("pk"), month__lt=this_month()).order_by("-month").values("month")
    named = Product.objects.filter(pk__in=[product.pk for product in products]).order_by()
    return {key: month for key, month in named.values_list("pk", Subquery(rows[:1])) if month is not None}


def earned(actor: Actor, product: Product) -> Decimal | None:
    """The revenue of the last twelve months that are over and booked; None where none is. Two queries."""
    rows = _actual(actor).filter(product=product)
    last = rows.filter(month__lt=this_month()).order_by("-month").values_list("month", flat=True).first()
    if last is None:
        return None
    rows = rows.filter(month__range=(month_after(last, -11), last))
    sums = rows.values_list("month", COUNTING, "version").annotate(
        came=Sum("amount", filter=Q(line__kind=LedgerLine.Kind.REVENUE), default=Decimal(0))
    )
    months = {month: came for month, *_, came in sums.order_by(COUNTING, "version")}  # what counts last stays
    return sum(months.values(), Decimal(0))


def _actual(actor: Actor) -> QuerySet[LedgerSum]:
    """What came, in the versions that count."""
    seen = LedgerVersion.objects.visible_to(actor)
    return LedgerSum.objects.filter(version__in=seen, version__kind=ACTUAL).exclude(**{COUNTING: None})


def years(product: Product) -> list[Year]:
    """The years that the ledger of a product has something in, the newest first."""
    return years_of(LedgerSum.objects.filter(product=product).dates("month", "month"))


def regions(product: Product) -> list[str]:
    """The regions that the ledger of a product names."""
    rows = LedgerSum.objects.filter(product=product).exclude(region="").values_list("region", flat=True)
    return sorted(rows.distinct().order_by())


def lines() -> list[LedgerLine]:
    """The chart of lines, in its order; archived ones too, for what they came to stays."""
    return list(once("ledger lines", lambda: list(LedgerLine.objects.all())))


def entries_in(rows: Sequence[Amount]) -> int:
    return sum(one.entries for one in rows)
