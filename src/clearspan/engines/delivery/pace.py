"""How fast a team is now, how sure that is, and how much its pace moves.

A local-level model (Harvey 1989, *Forecasting, Structural Time Series Models and the Kalman Filter*) with the ratio of
movement to noise on a small grid. It says which past weeks still speak for today, not what a week looks like: weeks
are drawn from the past as they were.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from clearspan.engines.delivery.inputs import Floats, Ints

RATIOS = np.array([0.0, 0.01, 0.03, 0.1, 0.3, 1.0])  # variance of a week's move over that of its noise
BELIEF = np.array([0.75, 0.0625, 0.0625, 0.0625, 0.0417, 0.0208])  # before the history speaks; most teams are steady


@dataclass(frozen=True)
class Pace:
    """A belief about the pace after some weeks, for each of RATIOS."""

    weeks: Ints  # (n,) finished items, the oldest first
    probability: Floats  # (R,) of each ratio
    weight: Floats  # (R, n) how much each past week speaks for today; rows add up to 1
    concentration: Floats  # (R,) weeks' worth of evidence behind that, for the urn
    step: Floats  # (R,) standard deviation of a week's move, as a share of the pace

    @property
    def mean(self) -> float:
        """Items a week, now."""
        return float(self.probability @ (self.weight @ self.weeks))


def pace(weeks: Ints) -> Pace:
    """The belief after all the weeks."""
    return next(paces(weeks, [len(weeks)]))


def paces(weeks: Ints, after: list[int]) -> Iterator[Pace]:
    """The beliefs after so many weeks each, every one knowing only the weeks before it. One pass over the history."""
    wanted = set(after)
    gains = np.ones((len(RATIOS), len(weeks)))
    level, spread = np.full(len(RATIOS), float(weeks[0])), np.ones(len(RATIOS))
    squares, fit = np.zeros(len(RATIOS)), np.log(BELIEF)
    for t in range(1, len(weeks) + 1):
        if t in wanted:
            yield _belief(weeks[:t], gains[:, :t], spread, squares, fit)
        if t == len(weeks):
            return
        before = spread + RATIOS
        error = weeks[t] - level
        gain = before / (before + 1)
        squares = squares + error**2 / (before + 1)
        fit = fit - 0.5 * np.log(before + 1)
        level, spread = level + gain * error, before * (1 - gain)
        gains[:, t] = gain


def _belief(weeks: Ints, gains: Floats, spread: Floats, squares: Floats, fit: Floats) -> Pace:
    n, average = len(weeks), float(np.mean(weeks))
    after = np.cumprod((1 - gains)[:, ::-1], axis=1)[:, ::-1]
    weight = gains * np.append(after[:, 1:], np.ones((len(RATIOS), 1)), axis=1)
    still = squares.max() <= 1e-9
    if still:
        probability = np.eye(len(RATIOS))[0]  # the same number every week: nothing moves
    else:
        score = fit - 0.5 * (n - 1) * np.log(squares)  # noise variance integrated out under Jeffreys' prior
        probability = np.exp(score - score.max())
        probability /= probability.sum()
    noise = np.sqrt(squares / max(n - 1, 1))
    return Pace(
        weeks=weeks,
        probability=probability,
        weight=weight,
        concentration=np.maximum((n - 3) / (n * spread) - 1, 1.0),
        step=np.sqrt(RATIOS) * noise / average if average > 0 else np.zeros(len(RATIOS)),
    )
