from __future__ import annotations

from procrastinate.contrib.django import app

from clearspan.core.jobs import RETRY
from clearspan.stages.development.studies import delivery


@app.task(name="development.delivery", retry=RETRY)
def study_delivery(row: int) -> None:
    """Runs a waiting forecast."""
    delivery.run(row)
