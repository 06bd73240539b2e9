"""How sure a total over several periods is, such as what is left of a year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearspan.engines.forecasting.inputs import Floats
from clearspan.engines.forecasting.result import Forecast


@dataclass(frozen=True)
class Total:
    """The sum of the periods from one step to another. `low` and `high` have a value a level."""

    mean: float
    low: Floats
    high: Floats


def total(forecast: Forecast, first: int, last: int) -> Total:
    """The total of steps `first` to `last`, counted from 0, both within.

    Errors of neighbouring steps go together: what is too low in March is mostly too low in April. How much follows from
    how they grow. Where the error between two steps is as large as a forecast over the distance between them,

        Cov(j, k) = (h(j)^2 + h(k)^2 - h(|j - k|)^2) / 2

    with h the half-width of a step and h(0) = 0: for h growing with the square root, those of a random walk. A total is
    as wide as that makes it: more than errors that know nothing of each other would, less than the sum of the widths.
    """
    steps = np.arange(first, last + 1)
    mean = float(forecast.mean[steps].sum())
    width = np.maximum(forecast.high - forecast.mean[:, None], forecast.mean[:, None] - forecast.low)  # unclipped side
    squares = np.vstack([np.zeros(width.shape[1]), width**2])  # by distance, from 0
    apart = np.abs(steps[:, None] - steps[None, :])
    of_each = squares[steps + 1]
    together = (of_each[:, None, :] + of_each[None, :, :] - squares[apart]) / 2
    half = np.sqrt(np.maximum(together.sum(axis=(0, 1)), 0.0))
    return Total(mean, mean - half, mean + half)
