"""How much a scope grew in the past while it was worked on."""

from __future__ import annotations

import numpy as np

from clearspan.engines.delivery.inputs import UNKNOWN, Ints, Items
from clearspan.engines.delivery.throughput import BLOCK

LEAST_OPEN = 3  # items open at the start of a window under which a share of them says nothing
LEAST_WINDOWS = 4
MOST = 2.0  # a scope that grew past this was not yet written down when the window began
LEVELS = (0.1, 0.9)


def past_growth(items: Items, start: int, blocks: int) -> tuple[float, float] | None:
    """How many times as many the open items became within so many blocks: low and high, one time in ten each.

    A window opens every block from the first start or finish on, and ends before the day `start`. Items that became
    nothing are not among `items`. None where there are too few windows.
    """
    begun = np.concatenate([items.started, items.finished])
    begun = begun[(begun != UNKNOWN) & (begun < start)]
    if not len(begun):
        return None
    width = BLOCK * blocks
    opens = np.arange(start - width, int(begun.min()) - 1, -BLOCK)
    added = np.sort(items.created)
    finished = np.sort(items.finished[items.finished != UNKNOWN])
    there = _before(added, opens) - _before(finished, opens)
    came = _before(added, opens + width) - _before(added, opens)
    usable = there >= LEAST_OPEN
    if usable.sum() < LEAST_WINDOWS:
        return None
    grew = np.minimum(1 + came[usable] / there[usable], MOST)
    low, high = np.quantile(grew, LEVELS)
    return float(low), float(high)


def _before(days: Ints, limits: Ints) -> Ints:
    """How many of the sorted `days` come before each limit."""
    return np.asarray(np.searchsorted(days, limits, side="left"))
