"""The texts nearest to a query."""

from __future__ import annotations

import numpy as np

from clearspan.engines.themes.vectors import Floats, Ints

BLOCK = 100_000


def nearest(rows: Floats, query: Floats, count: int) -> tuple[Ints, Floats]:
    """Indexes and cosines of the `count` rows nearest to `query` (a row of unit length), nearest first. Exact."""
    near = np.concatenate([rows[start : start + BLOCK] @ query for start in range(0, max(len(rows), 1), BLOCK)]).astype(
        np.float32
    )
    count = min(count, len(near))
    if count == 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
    best = np.argpartition(-near, count - 1)[:count]
    best = best[np.lexsort((best, -near[best]))]
    return best.astype(np.int64), near[best]
