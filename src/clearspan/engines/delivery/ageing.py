"""How long items took, and which open ones have been under way for longer than most of those took."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearspan.engines.delivery.inputs import UNKNOWN, Ints, Items

PERCENTILES = (50, 70, 85, 95)


@dataclass(frozen=True)
class CycleTime:
    """Days from start to finish, both counted: an item finished on the day it was started took one day."""

    count: int
    measured_from: str  # "started", or "created" where no item says when it was started
    days: tuple[int, ...]  # at PERCENTILES: so many of a hundred items took that long or less


@dataclass(frozen=True)
class Ageing:
    """An open item, its age in days on the last day before the forecast, and the percentile of cycle time passed."""

    id: str
    since: int
    age: int
    passed: float  # share of finished items that took less


def cycle_times(items: Items, start: int) -> tuple[CycleTime | None, tuple[Ageing, ...]]:
    """Cycle times of what was finished before `start`, and what was then under way, the oldest first."""
    done = (items.finished != UNKNOWN) & (items.finished < start)
    measured_from = "started" if np.any(items.started != UNKNOWN) else "created"
    begun: Ints = getattr(items, measured_from)
    took = np.sort((items.finished - begun + 1)[done & (begun != UNKNOWN)])
    under_way = np.flatnonzero(~done & (begun != UNKNOWN) & (begun < start))
    ageing = tuple(
        Ageing(items.ids[row], int(begun[row]), age := int(start - begun[row]), _passed(took, age))
        for row in under_way[np.argsort(begun[under_way], kind="stable")].tolist()
    )
    if not len(took):
        return None, ageing
    days = np.quantile(took, np.array(PERCENTILES) / 100, method="inverted_cdf")
    return CycleTime(len(took), measured_from, tuple(days.astype(int).tolist())), ageing


def _passed(took: Ints, age: int) -> float:
    return float(np.searchsorted(took, age, side="left") / len(took)) if len(took) else 0.0
