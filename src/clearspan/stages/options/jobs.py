"""What this stage leaves to the worker."""

from __future__ import annotations

from procrastinate.contrib.django import app

from clearspan.core.jobs import RETRY
from clearspan.stages.options import studies


@app.task(name="options.case", retry=RETRY)
def study_case(row: int) -> None:
    """Runs a waiting study of a business case."""
    studies.run(row)
