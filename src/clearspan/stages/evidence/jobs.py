"""Feeds: read when asked for by people, or due by the clock."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from procrastinate.contrib.django import app

from clearspan.core.jobs import RETRY, defer
from clearspan.core.models import User
from clearspan.stages.evidence import feed_taking
from clearspan.stages.evidence.models import Feed


@app.task(name="evidence.read_feed", retry=RETRY)
def read_feed(row: int) -> None:
    """Reads a feed once."""
    feed_taking.run(row)


def queue(feed: Feed, person: User | None = None) -> None:
    """Has the worker read the feed. Its row must be locked, and none of its readings under way."""
    feed.status, feed.asked_by = Feed.Status.WAITING, person
    feed.save(update_fields=["status", "asked_by"])
    defer(read_feed, feed)


def queue_due() -> int:
    """Queues every feed whose time has come; how many. Asked every minute."""
    queued = 0
    for key in list(due().values_list("pk", flat=True)[:200]):
        with transaction.atomic():
            feed = due().select_for_update(skip_locked=True, of=("self",), no_key=True).filter(pk=key).first()
            if feed is not None:
                queue(feed)
                queued += 1
    return queued


def due() -> QuerySet[Feed]:
    """Feeds to be read now. Those of an archived product rest."""
    waiting = Feed.objects.exclude(status__in=(Feed.Status.WAITING, Feed.Status.RUNNING))
    return waiting.filter(next_at__lte=Now(), every__gt=0, product__is_archived=False).order_by("next_at")
