"""Is it the market's need, a segment's, or one customer's? The most probable of the three, or too little evidence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clearspan.engines.demand.inputs import Floats

MARKET, SEGMENT, SINGLE_CUSTOMER, TOO_LITTLE = "market", "segment", "single_customer", "too_little_evidence"
VERDICTS = (MARKET, SEGMENT, SINGLE_CUSTOMER)


def label(reached: NDArray[np.int64], segments: int) -> NDArray[np.int64]:
    """Index into VERDICTS when `reached` of the market's `segments` have the need.

    More than half of them, by count: the market. At least one: a segment. None: a single customer.
    """
    return np.where(2 * reached > segments, 0, np.where(reached >= 1, 1, 2))


def probabilities(reach: Floats) -> Floats:
    """(J, 3) probability of each of VERDICTS from the probabilities (J, G + 1) that so many segments have the need."""
    segments = reach.shape[1] - 1
    of = label(np.arange(segments + 1), segments)
    return np.stack([reach[:, of == verdict].sum(axis=1) for verdict in range(3)], axis=1)


def decide(probability: Sequence[float], sure_from: float) -> tuple[str, float]:
    """The verdict and its probability; when no verdict is sure enough, the probability of the best one."""
    best = int(np.argmax(probability))
    sure = float(probability[best])
    return (VERDICTS[best] if sure >= sure_from else TOO_LITTLE), sure
