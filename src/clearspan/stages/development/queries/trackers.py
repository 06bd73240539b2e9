"""Trackers with what became of their last pull."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, QuerySet

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.lists import CAP, Count, counts
from clearspan.stages.development.models import Pull, Tracker, WorkItem

FAILED = Pull.Status.FAILED


@dataclass(frozen=True)
class TrackerRow:
    """A tracker, how many items are from it, its last pull, and when the next one is due (None: when asked)."""

    tracker: Tracker
    items: Count
    last: Pull | None
    next_at: datetime | None


def stopped(actor: Actor, product: Product) -> list[TrackerRow]:
    """The trackers whose last pull did not finish. Their items are not counted. Two queries."""
    return [row for row in _with_pulls(_trackers(actor, product), {}) if row.last and row.last.status == FAILED]


def trackers_of(actor: Actor, product: Product, pk: int | None = None) -> list[TrackerRow]:
    """The trackers of a product, or the one with that number. Four queries, however many there are."""
    found = _trackers(actor, product)
    found = found.filter(pk=pk) if pk is not None else found
    items = {f"{key}": WorkItem.objects.filter(tracker=key) for key in found.values_list("pk", flat=True)}
    return _with_pulls(found, counts(items, CAP))


def pulls_of(actor: Actor, tracker: Tracker, limit: int = 20) -> list[Pull]:
    """The newest pulls of a tracker."""
    return list(Pull.objects.visible_to(actor).filter(tracker=tracker).select_related("asked_by")[:limit])


def _trackers(actor: Actor, product: Product) -> QuerySet[Tracker]:
    return Tracker.objects.visible_to(actor).filter(product=product).select_related("team", "product")


def _with_pulls(trackers: QuerySet[Tracker], items: dict[str, Count]) -> list[TrackerRow]:
    shown = list(trackers.annotate(newest=Max("pulls__pk")))
    last = {pull.tracker_id: pull for pull in Pull.objects.filter(pk__in=[one.newest for one in shown if one.newest])}
    return [_row(tracker, items.get(f"{tracker.pk}", Count(0)), last.get(tracker.pk)) for tracker in shown]


def _row(tracker: Tracker, items: Count, last: Pull | None) -> TrackerRow:
    if not tracker.every or (last is not None and last.is_under_way):
        return TrackerRow(tracker, items, last, None)
    last_at = last.created_at if last else tracker.created_at
    return TrackerRow(tracker, items, last, last_at + timedelta(minutes=tracker.every))
