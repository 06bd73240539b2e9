"""Items finished in each block of seven days."""

from __future__ import annotations

import numpy as np

from clearspan.engines.delivery.inputs import UNKNOWN, Ints, NoForecast

BLOCK = 7  # days
LEAST = 4  # blocks of history under which nothing is said: a spread is not to be had from three numbers


def throughput(finished: Ints, start: int) -> Ints:
    """Finished items by block, the oldest first: back from the day before `start` to the first finish.

    Empty blocks count. Finishes on or after `start` are not known yet. Raises NoForecast where there are none, or
    fewer than LEAST blocks.
    """
    known = finished[(finished != UNKNOWN) & (finished < start)]
    if not len(known):
        raise NoForecast("no item finished before the forecast begins", "finished items to learn the pace from")
    back = (start - 1 - known) // BLOCK
    blocks = np.bincount(back)[::-1].astype(np.int64)
    if len(blocks) < LEAST:
        weeks = "1 week" if len(blocks) == 1 else f"{len(blocks)} weeks"
        raise NoForecast(f"{weeks} since the first finish", f"{LEAST} weeks or more to learn the pace from")
    return blocks


def last_day(start: int, block: int) -> int:
    """The last day of the block with that number, the first one after `start` being 1."""
    return start + BLOCK * block - 1
