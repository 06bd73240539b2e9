from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from clearspan.catalogue.models import Product
from clearspan.core.jobs import RETRY, defer
from clearspan.core.models import User
from clearspan.stages.inlife.models import LedgerForecast
from clearspan.stages.inlife.studies import forecast

PAUSE = 60  # seconds after a change; who books fifty entries by hand starts one forecast, not fifty


@app.task(name="inlife.forecast", retry=RETRY)
def study_ledger(row: int) -> None:
    """Runs a waiting forecast of a ledger."""
    forecast.run(row)


@app.task(name="inlife.refresh", retry=RETRY)
def refresh(product: int) -> None:
    """Asks for a new forecast, where the books are not those that the newest was made of."""
    found = Product.objects.filter(pk=product, is_archived=False).first()
    if found is not None and forecast.is_due(found):
        with transaction.atomic():
            queue(found)


def queue(product: Product, person: User | None = None) -> LedgerForecast:
    """A forecast that waits for the worker; the one that waits already, where there is one."""
    waiting: LedgerForecast | None = LedgerForecast.objects.filter(product=product, status="waiting").first()
    if waiting is not None:
        return waiting
    made: LedgerForecast = LedgerForecast.objects.create(product=product, asked_by=person)
    defer(study_ledger, made)
    return made


def refresh_soon(product: int) -> None:
    """Queues `refresh`, unless it is queued. In the running transaction: an action that fails queues nothing."""
    task = refresh.configure(queueing_lock=f"inlife.refresh:{product}", schedule_in={"seconds": PAUSE})
    try:
        with transaction.atomic():  # a savepoint: the refusal must not spoil the action's transaction
            task.defer(product=product)
    except AlreadyEnqueued:
        return
