"""How often needs were spoken of, by month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from clearspan.core.actor import Actor
from clearspan.stages.opportunities.models import Mention, Opportunity

MONTHS = 12


def mentions_by_month(actor: Actor, needs: Iterable[int], until: date | None = None) -> dict[int, list[int]]:
    """Need -> mentions in each of the twelve months up to and with that of `until` (today). One query."""
    keys = list(needs)
    last = (until or timezone.localdate()).replace(day=1)
    first = _months_before(last, MONTHS - 1)
    start = timezone.make_aware(datetime.combine(first, time.min))  # a moment, not a day, is what the index knows
    rows = (
        Mention.objects.filter(opportunity__in=Opportunity.objects.visible_to(actor).filter(pk__in=keys))
        .filter(heard_at__gte=start)
        .annotate(month=TruncMonth("heard_at"))
        .values_list("opportunity", "month")
        .annotate(n=Count("pk"))
        .order_by()
    )
    counted: dict[int, list[int]] = {key: [0] * MONTHS for key in keys}
    for need, month, n in rows:
        place = (month.year - first.year) * 12 + month.month - first.month
        if 0 <= place < MONTHS:
            counted[need][place] += n
    return counted


def _months_before(day: date, count: int) -> date:
    months = day.year * 12 + day.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)
