"""What this stage leaves to the worker."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from clearspan.core.jobs import RETRY, defer
from clearspan.stages.opportunities import studies

PAUSE = 60  # seconds after a change; a person who sorts fifty pieces of feedback starts one study, not fifty


@app.task(name="opportunities.demand", retry=RETRY)
def demand(row: int) -> None:
    """Runs a waiting demand study."""
    studies.demand.run(row)


@app.task(name="opportunities.themes", retry=RETRY)
def themes(row: int) -> None:
    """Runs a waiting study of themes."""
    studies.themes.run(row)


@app.task(name="opportunities.refresh", retry=RETRY)
def refresh(product: int) -> None:
    """Learns anew what suggestions are made from, and asks for the verdicts anew."""
    studies.suggestions.rebuild(product)
    if (study := studies.demand.waiting(product)) is not None:
        defer(demand, study)


def refresh_soon(product: int) -> None:
    """Queues `refresh`, unless it is queued. In the running transaction: an action that fails queues nothing."""
    task = refresh.configure(queueing_lock=f"opportunities.refresh:{product}", schedule_in={"seconds": PAUSE})
    try:
        with transaction.atomic():  # a savepoint: the refusal must not spoil the action's transaction
            task.defer(product=product)
    except AlreadyEnqueued:
        return
