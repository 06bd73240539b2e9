"""Work that outlives a request: studies, imports, pulls from trackers.

`defer` puts a job beside the row it works on, in the same transaction: neither is there without the other. A job that
loses its worker is tried again; one that was lost for good leaves a row that says so, never one that waits for ever.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import InterfaceError, OperationalError, models
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django.models import ProcrastinateJob

from clearspan.core.records import Record

# Only a database that went away is worth another try by itself; every other error would come again.
RETRY = RetryStrategy(max_attempts=10, wait=5, retry_exceptions={OperationalError, InterfaceError})
SILENT = 45  # seconds without a heartbeat after which a worker counts as dead
LOST = "The worker ended while this ran, and it could not be taken up again. What was there still stands; run it again."


def defer(task: Any, row: Record, at: datetime | None = None) -> None:
    """Queues `task(row=pk)`, not before `at`; only one job works on a row at a time."""
    task.configure(lock=row.ref, schedule_at=at).defer(row=row.pk)


async def retry_stalled(app: Any) -> int:
    """Puts the jobs of dead workers back into the queue; how many there were."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT))
    for job in stalled:
        await app.job_manager.retry_job(job)
    return len(stalled)


def settle_lost() -> int:
    """Marks as failed what waits or runs without a job that could still do it; how many there were."""
    alive = set(ProcrastinateJob.objects.filter(status__in=("todo", "doing")).values_list("lock", flat=True))
    return sum(_settle(kind, alive) for kind in _kinds())


def _kinds() -> list[type[models.Model]]:
    return [kind for kind in apps.get_models() if issubclass(kind, Record) and kind.is_work]


def _settle(kind: Any, alive: set[str | None]) -> int:
    before = timezone.now() - timedelta(minutes=2)
    under_way = kind._default_manager.filter(status__in=("waiting", "running"), created_at__lt=before)
    lost = [row.pk for row in under_way.only("pk") if row.ref not in alive]
    now = timezone.now()
    return int(kind._default_manager.filter(pk__in=lost).update(status="failed", words=LOST, finished_at=now))
