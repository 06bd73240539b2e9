"""What was done to a row, and by whom."""

from __future__ import annotations

from clearspan.core.actor import Actor
from clearspan.core.models import Event
from clearspan.core.records import Record


def of(actor: Actor, *rows: Record, limit: int = 50) -> list[Event]:
    """The events that changed any of the rows, newest first. Two queries, however many events there are."""
    if not rows:
        return []
    tables: dict[str, list[int]] = {}
    for row in rows:
        tables.setdefault(row._meta.db_table, []).append(row.pk)
    found: set[int] = set()
    for table, keys in tables.items():
        touched = Event.objects.visible_to(actor).filter(changes__table=table, changes__row__in=keys)
        found.update(touched.order_by("-id").values_list("pk", flat=True)[: limit * 2])
    rows_of = Event.objects.filter(pk__in=found).select_related("person", "token")
    told = rows_of.only("at", "summary", "undone_by", "person__name", "token__name")
    return list(told.order_by("-id")[:limit])
