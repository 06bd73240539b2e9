"""What a file says of an item's dates, settled into when it came up, when work began, and when it was over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any


def settle_dates(values: dict[str, Any]) -> None:
    """Stages become three dates; days that it took become an end."""
    stages = values.pop("stage_days", None)
    if stages is not None:
        _by_stages(values, stages)
    took = values.get("cycle_days")
    begun = values.get("started_on") or values.get("added_on")
    if took is not None and took >= 0 and begun is not None and values.get("finished_on") is None:
        values["finished_on"] = begun + timedelta(days=round(took))


def _by_stages(values: dict[str, Any], stages: list[date | None]) -> None:
    """The first stage is where items come up, the last where they are over; work is all between.

    A stage that was skipped has no day; one that was left again keeps the day on which it was last come into.
    """
    known = [day for day in stages if day is not None]
    if not known:
        return
    last = stages[-1] if len(stages) > 1 else None
    begun = [day for day in stages[1:-1] if day is not None] if len(stages) > 2 else []
    values.setdefault("added_on", min(known))
    if begun:
        values.setdefault("started_on", min(begun))
    if last is not None:
        values.setdefault("finished_on", last)
