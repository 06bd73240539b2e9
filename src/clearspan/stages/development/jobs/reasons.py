from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from clearspan.core.jobs import RETRY
from clearspan.stages.development.studies import suggestions

PAUSE = 60  # seconds after a change; a person who links fifty items starts one job, not fifty


@app.task(name="development.learn", retry=RETRY)
def learn(product: int) -> None:
    """Learns anew what suggestions of reasons are made from."""
    suggestions.rebuild(product)


def learn_soon(product: int) -> None:
    """Queues `learn`, unless it is queued. In the running transaction: an action that fails queues nothing."""
    task = learn.configure(queueing_lock=f"development.learn:{product}", schedule_in={"seconds": PAUSE})
    try:
        with transaction.atomic():  # a savepoint: the refusal must not spoil the action's transaction
            task.defer(product=product)
    except AlreadyEnqueued:
        return
