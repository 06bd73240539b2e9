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
LEAST_DIFFICULTY = 0.05  # so that one window without errors does not make a series exact

# Past forecasts have the form that was chosen with all of the past in view. Choosing anew at each origin, which takes
# ten times as long, made errors that much larger (1.4 % over 350 past forecasts of M3).
KEPT_FORM = 1.015

ALIKE = 0.4  # correlation of a series' difficulty between one window of its past and the next, worth PRIOR series


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
    hard = {look.name: [_difficulty(window, first, growth) for window in look.windows] for look in looks}
    pooled = float(np.mean([one for windows in hard.values() for one in windows] or [0.0]))
    hard = {name: [one - pooled for one in windows] for name, windows in hard.items()}
    alike = _alike([windows for windows in hard.values() if len(windows) > 1])
    shapes, weights = [np.empty(0)], [np.empty(0)]
    for look in looks:
        for n, window in enumerate(look.windows):
            others = hard[look.name][:n] + hard[look.name][n + 1 :]
            for error in window:
                shapes.append(error / (_own(others, alike) * first * _steps(error) ** growth))
                weights.append(np.full(len(error), 1 / len(error)))
    z, weight = np.concatenate(shapes), np.concatenate(weights)
    order = np.argsort(z, kind="stable")
    return Spread(first, growth, z[order], weight[order], {name: _own(one, alike) for name, one in hard.items()})


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


def _difficulty(window: Sequence[Floats], first: float, growth: float) -> float:
    """Log of how large the errors of a window are beside the curve."""
    sizes = [np.mean(error / (first * _steps(error) ** growth)) for error in window]
    return float(np.log(np.mean(sizes) + LEAST_DIFFICULTY))


def _alike(pairs: list[list[float]]) -> float:
    """How far one window tells how hard the next is: their correlation around the pool's mean."""
    both = np.array(pairs).reshape(-1, 2)
    spread_of_one = float(np.mean(both**2)) if len(both) else 0.0
    together = float(np.sum(both[:, 0] * both[:, 1])) + PRIOR * ALIKE * spread_of_one
    of_all = (len(both) + PRIOR) * spread_of_one
    return min(max(together / of_all, 0.0), 1.0) if of_all > 0 else ALIKE


def _own(windows: list[float], alike: float) -> float:
    """The best guess from so many windows (Spearman and Brown)."""
    count = len(windows)
    return float(np.exp(count * alike / (1 + (count - 1) * alike) * np.mean(windows))) if windows else 1.0


def _steps(error: Floats) -> Floats:
    return np.arange(1, len(error) + 1, dtype=np.float64)


def _reference(size: float) -> float:
    """Share of the reference's |z| up to a size; its mean is 1."""
    return float(2 * stdtr(TAILS, size * MEAN_SIZE) - 1)
