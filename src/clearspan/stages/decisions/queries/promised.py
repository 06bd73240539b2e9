"""What a decision promised, all in all and by a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from clearspan.stages.decisions.models import Decision

Five = tuple[float, ...]  # p05, p25, mean, p75, p95

DAYS = {"month": 365.25 / 12, "quarter": 365.25 / 4, "year": 365.25}


def five_of(expected: dict[str, Any]) -> Five | None:
    """p05, p25, mean, p75, p95 of the NPV that was expected; None when nothing was."""
    npv = expected.get("npv") or {}
    names = ("p05", "p25", "mean", "p75", "p95")
    return tuple(float(npv[name]) for name in names) if all(npv.get(name) is not None for name in names) else None


def begins(decision: Decision) -> date:
    """The day that period 0 of its case stands for: the start of the work, or the day it was decided."""
    return decision.starts or decision.decided_on


def promised_by(decision: Decision, day: date) -> Five | None:
    """What was to have been earned by a day, discounted to the start; None when nothing says how it was to come in.

    Between the ends of two periods the values run straight from one to the other.
    """
    to_date = decision.expected.get("to_date") or {}
    values = to_date.get("values")
    if not values or to_date.get("period") not in DAYS:
        return None
    at = max(0.0, (day - begins(decision)).days / DAYS[to_date["period"]])
    low = min(int(at), len(values) - 1)
    high, part = min(low + 1, len(values) - 1), at - low if at < len(values) - 1 else 0.0
    return tuple(a + part * (b - a) for a, b in zip(values[low], values[high], strict=True))
