"""What the books have booked on options: by option, line and month, of what counts of the actual figures."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, Sum

from clearspan.core.actor import Actor
from clearspan.stages.inlife.models import LedgerEntry, LedgerSum, LedgerVersion
from clearspan.stages.inlife.months import this_month


@dataclass(frozen=True)
class Booked:
    """The actual entries of one option, line and month, as they act on the contribution, of a month that is over."""

    line: int
    name: str
    month: date
    amount: float


def booked(actor: Actor, options: Collection[int]) -> dict[int, list[Booked]]:
    """By option: one query. Of the versions that have a month, the one that began to count last counts for it."""
    if not options:
        return {}
    newer = Q(version__counts_at__gt=OuterRef("version__counts_at")) | Q(
        version__counts_at=OuterRef("version__counts_at"), version__gt=OuterRef("version")
    )
    replaced = LedgerSum.objects.filter(
        newer, product=OuterRef("version__product"), month=OuterRef("month"), version__kind=LedgerVersion.Kind.ACTUAL
    )
    counting = (
        LedgerEntry.objects.visible_to(actor)
        .filter(option__in=options, version__kind=LedgerVersion.Kind.ACTUAL, version__counts_at__isnull=False)
        .filter(month__lt=this_month())
        .exclude(Exists(replaced))
    )
    rows = counting.order_by().values_list("option", "line", "line__name", "month").annotate(amount_=Sum("amount"))
    found: dict[int, list[Booked]] = {}
    for option, line, name, month, amount in rows.order_by("month", "line__position", "line"):
        found.setdefault(option, []).append(Booked(line, name, month, float(amount)))
    return found
