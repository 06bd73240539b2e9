"""Histories for tests, from items finished a week."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from clearspan.engines.delivery import UNKNOWN, DeliveryResult, Items, Settings, Work, study

START = date(2026, 1, 5).toordinal()  # a Monday
FEW = Settings(draws=2_000)


def finished_in(weeks: list[int] | NDArray[np.int64]) -> Items:
    """So many items finished on the Monday of each week before START, the last one being the week before it."""
    count = np.asarray(weeks, dtype=np.int64)
    days = np.repeat(START - 7 * np.arange(len(count), 0, -1), count)
    nothing = np.full(len(days), UNKNOWN)
    return Items(tuple(f"item {n}" for n in range(len(days))), nothing, nothing, days)


def forecast(
    weeks: list[int] | NDArray[np.int64], remaining: int, seed: int = 0, settings: Settings = FEW, **more: object
) -> DeliveryResult:
    """The study of such a history, from START."""
    return study(finished_in(weeks), Work(remaining, **more), np.random.default_rng(seed), settings, START)  # type: ignore[arg-type]  # growth only


def weeks_until(result: DeliveryResult, level: float) -> int:
    """Blocks until the date at that level."""
    day = result.date_at(level)
    assert day is not None
    return (day.toordinal() + 1 - START) // 7
