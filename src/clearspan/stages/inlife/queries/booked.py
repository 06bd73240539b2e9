"""What the books have booked on options: by option, line and month, of what counts of the actual figures."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from clearspan.core.actor import Actor
from clearspan.stages.inlife.models import LedgerEntry
from clearspan.stages.inlife.months import month_after, this_month
from clearspan.stages.inlife.queries.amounts import ACTUAL, EARLIEST, counting_of


@dataclass(frozen=True)
class Booked:
    """The actual entries of one option, line and month, as they act on the contribution, of a month that is over."""

    line: int
    name: str
    month: date
    amount: float


def booked(actor: Actor, options: Collection[int]) -> dict[int, list[Booked]]:
    """By option: one query, and one of what counts where anything is booked. Of the versions that have a month, the one
    that began to count last counts for it."""
    if not options:
        return {}
    last = month_after(this_month(), -1)
    entries = LedgerEntry.objects.visible_to(actor).filter(
        option__in=options, version__kind=ACTUAL, version__counts_at__isnull=False, month__lte=last
    )
    sums = entries.values_list("version__product", "version", "option", "line", "line__name", "month")
    rows = list(sums.annotate(amount_=Sum("amount")).order_by("month", "line__position", "line"))
    counting = counting_of(actor, sorted({product for product, *_ in rows}), EARLIEST, last, ACTUAL) if rows else {}
    found: dict[int, list[Booked]] = {}
    for product, version, option, line, name, month, amount in rows:
        if counting.get((product, ACTUAL, month)) == version:
            found.setdefault(option, []).append(Booked(line, name, month, float(amount)))
    return found
