"""What this stage leaves to the worker."""

from __future__ import annotations

from procrastinate.contrib.django import app

from clearspan.core.jobs import RETRY
from clearspan.stages.decisions import studies


@app.task(name="decisions.portfolio", retry=RETRY)
def study_portfolio(row: int) -> None:
    """Runs a waiting search for a plan."""
    studies.run(row)
