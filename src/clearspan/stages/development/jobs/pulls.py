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
from clearspan.stages.development.jobs.delivery import study_delivery
from clearspan.stages.development.jobs.reasons import learn_soon
from clearspan.stages.development.models import DeliveryStudy, Pull, Tracker
from clearspan.stages.development.studies.delivery import Scope

KEPT = timedelta(days=90)  # what became of a pull is of no use for longer
PAUSE = timedelta(hours=1)  # between forecasts that nobody asked for


@app.task(name="development.pull", retry=RETRY)
def pull(row: int) -> None:
    """Pulls, or goes on with a pull that waited or whose worker died."""
    at = pulling.run(row)
    if at is not None:
        defer(pull, Pull.objects.get(pk=row), at)
        return
    over = Pull.objects.select_related("tracker__product", "asked_by").filter(pk=row).first()
    if over is not None and (over.added or over.changed):
        follow(over)


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


def follow(over: Pull) -> None:
    """Has worked out anew what follows from items: suggestions of reasons, and the forecast.

    The schedule asks for one forecast an hour at most; a person who pulls wants to see what it changes.
    """
    product = over.tracker.product
    learn_soon(product.pk)
    studies = Scope(product).studies()
    under_way = studies.filter(status__in=(DeliveryStudy.Status.WAITING, DeliveryStudy.Status.RUNNING))
    if under_way.exists() or (over.asked_by_id is None and studies.filter(created_at__gt=Now() - PAUSE).exists()):
        return
    with transaction.atomic():
        study = DeliveryStudy.objects.create(product=product, asked_by=over.asked_by)
        defer(study_delivery, study)
