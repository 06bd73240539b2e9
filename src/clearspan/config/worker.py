"""The worker's process: does jobs and keeps the schedule, until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from typing import Any

from clearspan.config import lifeline


def main() -> int:
    """Runs until SIGTERM; a running job may finish first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clearspan.config.settings")
    import django

    lifeline.hold(30)
    django.setup()
    from django.conf import settings
    from procrastinate.contrib.django import app

    from clearspan.config import schedule

    schedule.register(app)
    logging.getLogger("clearspan").info("the worker is ready")
    asyncio.run(_work(app, settings.ENV["workers"]))
    return 0


async def _work(app: Any, concurrency: int) -> None:
    from clearspan.core.jobs import SILENT

    with app.replace_connector(app.connector.get_worker_connector()):
        async with app.open_async():
            await app.run_worker_async(
                concurrency=concurrency,
                shutdown_graceful_timeout=15,
                update_heartbeat_interval=5,
                stalled_worker_timeout=SILENT,
            )


if __name__ == "__main__":
    sys.exit(main())
