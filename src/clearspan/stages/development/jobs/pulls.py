"""Pulls from trackers: asked for by people, or due by the clock."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import DurationField, Exists, ExpressionWrapper, Max, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Now
from procrastinate.contrib.django import app

from clearspan.core.jobs import RETRY, defer
from clearspan.core.models import User
from clearspan.stages.development import pulling
from clearspan.stages.development.jobs.reasons import learn_soon
from clearspan.stages.development.models import Pull, Tracker

KEPT = timedelta(days=90)  # what became of a pull is of no use for longer


@app.task(name="development.pull", retry=RETRY)
def pull(row: int) -> None:
    """Pulls, or goes on with a pull that waited or whose worker died."""
    at = pulling.run(row)
    if at is not None:
        defer(pull, Pull.objects.get(pk=row), at)
        return
    over = Pull.objects.select_related("tracker").filter(pk=row).first()
    if over is not None and (over.added or over.changed):
        follow(over.tracker)


def queue(tracker: Tracker, person: User | None = None) -> Pull:
    """A pull that waits for the worker. The tracker's row must be locked, and have none under way."""
    waiting: Pull = Pull.objects.create(tracker=tracker, asked_by=person)
    defer(pull, waiting)
    return waiting


def queue_due() -> int:
    """Queues a pull of every tracker whose last one is long enough ago; how many. Asked every minute."""
    queued = 0
    for key in list(due().values_list("pk", flat=True)):
        with transaction.atomic():
            tracker = due().select_for_update(skip_locked=True, of=("self",), no_key=True).filter(pk=key).first()
            if tracker is not None:
                queue(tracker)
                queued += 1
    return queued


def due() -> QuerySet[Tracker]:
    """Trackers to be pulled now. Those of an archived product rest."""
    pause = ExpressionWrapper(OuterRef("every") * Value(timedelta(minutes=1)), output_field=DurationField())
    recent = Q(status__in=(Pull.Status.WAITING, Pull.Status.RUNNING)) | Q(created_at__gt=Now() - pause)
    pulled = Pull.objects.filter(recent, tracker=OuterRef("pk"))
    return Tracker.objects.filter(~Exists(pulled), every__gt=0, product__is_archived=False).order_by("pk")


def forget_old() -> int:
    """Forgets what became of pulls long ago; how many. The last one of a tracker stays."""
    newest = Tracker.objects.annotate(newest=Max("pulls__pk")).values("newest")
    old = Pull.objects.filter(finished_at__lt=Now() - KEPT).exclude(pk__in=newest)
    return int(old.delete()[0])


def follow(tracker: Tracker) -> None:
    """What is worked out anew when items have changed."""
    learn_soon(tracker.product_id)
