"""How wide an interval is: by how far off past forecasts were, pooled over the series that are alike.

An error at step k is size x g(k) x own x z: the series' own size of one step, a curve of the horizon that series of
one season share, how much worse than others this series is to forecast, and a shape whose quantiles are the intervals'.
Each is learnt from rolling-origin errors, and steadied by what is true of most series where a file holds few.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

from clearspan.engines.forecasting.inputs import Floats
from clearspan.engines.forecasting.origins import Look

# What is taken for so where there is nothing to learn from, worth PRIOR past forecasts.
PRIOR = 15.0
FIRST_STEP = 1.3  # a forecast is that much further off than the fit inside the past was
GROWTH = 0.7  # between a random walk, whose errors grow as the root of the horizon, and a trend that was mistaken
TAILS = 5.0  # degrees of freedom of Student's t,
MEAN_SIZE = 0.949  # whose absolute value is that on average
MOST_GROWTH = 1.5

# Past forecasts have the form that was chosen with all of the past in view. Choosing anew at each origin, which takes
# ten times as long, made errors that much larger (1.4 % over 350 past forecasts of M3).
KEPT_FORM = 1.015

OWN = 4.0  # past forecasts of a series after which half of its own difficulty is believed


@dataclass(frozen=True)
class Spread:
    """What a pool of series says of all of them."""

    first: float
    growth: float
    sizes: Floats  # |z| in rising order
    weights: Floats  # of each; all of them together are the number of past forecasts
    own: dict[str, float]

    def curve(self, steps: NDArray[np.int64]) -> Floats:
        """g(k), the mean absolute error at each step over the size of one step."""
        return np.asarray(KEPT_FORM * self.first * steps**self.growth)

    def quantile(self, probability: float) -> float:
        """Of |z|, past errors and the reference together."""
        count = float(self.weights.sum()) + PRIOR
        low, high = 0.0, max(float(self.sizes[-1]) if len(self.sizes) else 0.0, 1_000.0)
        for _ in range(60):
            middle = (low + high) / 2
            under = self.weights[: np.searchsorted(self.sizes, middle, side="right")].sum()
            if (under + PRIOR * _reference(middle)) / count < probability:
                low = middle
            else:
                high = middle
        return high


def spread(looks: Sequence[Look]) -> Spread:
    """What the past forecasts of these series teach."""
    first, growth = _curve(looks)
    difficulty = {look.name: [_difficulty(error, first, growth) for error in look.errors] for look in looks}
    pooled = float(np.mean([one for many in difficulty.values() for one in many] or [0.0]))
    shapes, weights = [np.empty(0)], [np.empty(0)]
    for look in looks:
        for n, error in enumerate(look.errors):
            others = difficulty[look.name][:n] + difficulty[look.name][n + 1 :]
            shapes.append(error / (_own(others, pooled) * first * _steps(error) ** growth))
            weights.append(np.full(len(error), 1 / len(error)))
    z, weight = np.concatenate(shapes), np.concatenate(weights)
    order = np.argsort(z, kind="stable")
    own = {look.name: _own(difficulty[look.name], pooled) for look in looks}
    return Spread(first, growth, z[order], weight[order], own)


def _curve(looks: Sequence[Look]) -> tuple[float, float]:
    """The power of the step that the mean error follows, and its value at the first step."""
    longest = max((len(error) for look in looks for error in look.errors), default=0)
    sums, counts = np.zeros(longest), np.zeros(longest)
    for look in looks:
        for error in look.errors:
            sums[: len(error)] += np.minimum(error, 50.0)  # one series that broke is not the pool's curve
            counts[: len(error)] += 1
    mean = np.maximum(sums / np.maximum(counts, 1), 1e-6)
    x, y = np.log(np.arange(1, longest + 1)), np.log(mean)
    # Least squares for (log first, growth), the prior being PRIOR forecasts that say FIRST_STEP and GROWTH.
    design = np.stack([np.ones(longest), x], axis=1)
    information = design.T @ (counts[:, None] * design) / max(longest, 1) + PRIOR * np.eye(2)
    told = design.T @ (counts * y) / max(longest, 1) + PRIOR * np.array([np.log(FIRST_STEP), GROWTH])
    level, growth = np.linalg.solve(information, told)
    return float(np.exp(level)), float(np.clip(growth, 0, MOST_GROWTH))


def _difficulty(error: Floats, first: float, growth: float) -> float:
    """Log of how large one past forecast's errors are beside the curve."""
    return float(np.log(np.mean(error / (first * _steps(error) ** growth)) + 0.05))


def _own(difficulty: list[float], pooled: float) -> float:
    trust = len(difficulty) / (len(difficulty) + OWN)
    return float(np.exp(trust * (np.mean(difficulty) - pooled))) if difficulty else 1.0


def _steps(error: Floats) -> Floats:
    return np.arange(1, len(error) + 1, dtype=np.float64)


def _reference(size: float) -> float:
    """Share of the reference's |z| up to a size; its mean is 1."""
    return float(2 * stdtr(TAILS, size * MEAN_SIZE) - 1)
