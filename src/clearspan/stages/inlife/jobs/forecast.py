from __future__ import annotations

from procrastinate.contrib.django import app

from clearspan.catalogue.models import Product
from clearspan.core.jobs import RETRY, defer
from clearspan.core.models import User
from clearspan.stages.inlife.models import LedgerForecast
from clearspan.stages.inlife.studies import forecast


@app.task(name="inlife.forecast", retry=RETRY)
def study_ledger(row: int) -> None:
    """Runs a waiting forecast of a ledger."""
    forecast.run(row)


def queue(product: Product, person: User | None = None) -> LedgerForecast:
    """A forecast that waits for the worker; the one that waits already, where there is one."""
    waiting: LedgerForecast | None = LedgerForecast.objects.filter(product=product, status="waiting").first()
    if waiting is not None:
        return waiting
    made: LedgerForecast = LedgerForecast.objects.create(product=product, asked_by=person)
    defer(study_ledger, made)
    return made
