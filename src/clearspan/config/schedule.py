"""What happens by the clock, in one place."""

from __future__ import annotations

import importlib
from typing import Any

from asgiref.sync import sync_to_async

from clearspan.core import jobs


def register(app: Any) -> None:
    """Adds the periodic tasks to the worker's app."""

    @app.periodic(cron="* * * * *")
    @app.task(name="clearspan.watch", queueing_lock="clearspan.watch")  # type: ignore[untyped-decorator]
    async def watch(timestamp: int) -> None:
        """Takes up the work of workers that died, and says of what is lost that it is."""
        await jobs.retry_stalled(app)
        await sync_to_async(jobs.settle_lost)()

    @app.periodic(cron="* * * * *")
    @app.task(name="clearspan.pulls", queueing_lock="clearspan.pulls")  # type: ignore[untyped-decorator]
    def pull_due(timestamp: int) -> None:
        """Queues what is to be pulled from trackers now."""
        importlib.import_module(PULLS).queue_due()

    @app.periodic(cron="* * * * *")
    @app.task(name="clearspan.feeds", queueing_lock="clearspan.feeds")  # type: ignore[untyped-decorator]
    def feeds_due(timestamp: int) -> None:
        """Queues the feeds whose time has come."""
        importlib.import_module(FEEDS).queue_due()

    @app.periodic(cron="10 * * * *")
    @app.task(name="clearspan.digests", queueing_lock="clearspan.digests")  # type: ignore[untyped-decorator]
    def digests_due(timestamp: int) -> None:
        """Queues the digests of today that are not looked at yet: a server that slept sends them when it wakes."""
        importlib.import_module(DIGESTS).queue_due()

    @app.periodic(cron="30 2 * * *")
    @app.task(name="clearspan.nightly", queueing_lock="clearspan.nightly")  # type: ignore[untyped-decorator]
    def nightly(timestamp: int) -> None:
        """Runs the studies of what has changed since."""
        for module in NIGHTLY:
            importlib.import_module(module).nightly()

    @app.periodic(cron="* * * * *")
    @app.task(name="clearspan.webhooks", queueing_lock="clearspan.webhooks")  # type: ignore[untyped-decorator]
    def send_again(timestamp: int) -> None:
        """Queues what is to be told to webhooks again."""
        importlib.import_module("clearspan.interfaces.webhooks.jobs").send_again()

    @app.periodic(cron="*/5 * * * *")
    @app.task(name="clearspan.backup", queueing_lock="clearspan.backup")  # type: ignore[untyped-decorator]
    def back_up(timestamp: int) -> None:
        """Queues a backup when it is time for one."""
        importlib.import_module(ARCHIVE).queue_due()

    @app.periodic(cron="15 3 * * *")
    @app.task(name="clearspan.tidy", queueing_lock="clearspan.tidy")  # type: ignore[untyped-decorator]
    async def tidy(timestamp: int) -> None:
        """Forgets finished jobs after four weeks, sessions that have run out, old pulls, and exports after a day."""
        await app.job_manager.delete_old_jobs(nb_hours=24 * 28, include_failed=True)
        await sync_to_async(_clear_sessions)()
        await sync_to_async(importlib.import_module(PULLS).forget_old)()
        await sync_to_async(importlib.import_module("clearspan.interfaces.archive.backups").clear_away)()
        await sync_to_async(importlib.import_module("clearspan.interfaces.webhooks.sending").forget_old)()
        await sync_to_async(importlib.import_module("clearspan.stages.portal.tidying").forget_old)()


DIGESTS = "clearspan.stages.briefs.jobs"
FEEDS = "clearspan.stages.evidence.jobs"
PULLS = "clearspan.stages.development.jobs.pulls"
ARCHIVE = "clearspan.interfaces.archive.jobs"
NIGHTLY: tuple[str, ...] = (
    "clearspan.stages.opportunities.studies",
    "clearspan.stages.development.studies.delivery",
    "clearspan.stages.development.studies.suggestions",
    "clearspan.stages.inlife.studies.forecast",
)


def _clear_sessions() -> None:
    from django.core.management import call_command

    call_command("clearsessions")
