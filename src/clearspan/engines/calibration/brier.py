"""The Brier score of probabilities, and what it is made of.

Murphy (1973) splits it into reliability (how far what came lies from what was said), resolution (how far the forecasts
tell outcomes apart) and uncertainty (how undecided the matter is): score = reliability - resolution + uncertainty.
That is exact where the forecasts of a bin are equal. Where they are not, what varies within the bins stands by itself
(Stephenson, Coelho and Jolliffe 2008), so that the parts always add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from clearspan.engines.calibration.coverage import Five, reached

EDGES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)


@dataclass(frozen=True)
class Bin:
    """Forecasts that said about the same: their mean, how many of how many came true, and the share as sure as that."""

    said: float
    came: int
    of: int
    five: Five

    @property
    def share(self) -> float:
        return self.came / self.of


@dataclass(frozen=True)
class Brier:
    """score: the mean squared distance of what was said to what came, 0 the best. base: the share that came true.

    score = reliability - resolution + uncertainty + within. skill: 1 - score / uncertainty, above 0 when the forecasts
    beat saying the base rate each time; None when everything or nothing came true.
    """

    score: float
    reliability: float
    resolution: float
    uncertainty: float
    within: float
    base: float
    of: int
    bins: tuple[Bin, ...]

    @property
    def skill(self) -> float | None:
        return 1 - self.score / self.uncertainty if self.uncertainty > 0 else None


def brier(said: Sequence[float], came: Sequence[bool], edges: Sequence[float] = EDGES) -> Brier:
    """Of probabilities said, and whether each came true. Raises ValueError for none, and for what is no probability."""
    p, y = np.asarray(said, dtype=np.float64), np.asarray(came, dtype=np.float64)
    if not len(p) or len(p) != len(y):
        raise ValueError(f"found {len(p)} forecasts and {len(y)} outcomes, expected as many, and at least one")
    if not ((p >= 0) & (p <= 1)).all():
        raise ValueError("found a forecast that is not from 0 to 1")
    base, score = float(y.mean()), float(((p - y) ** 2).mean())
    bins, reliability, resolution, within = [], 0.0, 0.0, 0.0
    for low, high in pairwise(edges):
        here = (p >= low) & ((p < high) if high < edges[-1] else (p <= high))
        if not here.any():
            continue
        mean, share, size = float(p[here].mean()), float(y[here].mean()), int(here.sum())
        reliability += size * (mean - share) ** 2
        resolution += size * (share - base) ** 2
        apart = p[here] - mean
        within += float((apart**2).sum() - 2 * (apart * (y[here] - share)).sum())
        bins.append(Bin(mean, int(y[here].sum()), size, reached(int(y[here].sum()), size)))
    n = len(p)
    return Brier(score, reliability / n, resolution / n, base * (1 - base), within / n, base, n, tuple(bins))
