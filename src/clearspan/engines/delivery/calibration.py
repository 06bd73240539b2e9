"""At what probability a date has to be read so that it comes true as often as it says.

Adaptive conformal inference (Gibbs and Candes 2021): each past date that was missed moves its level up, each that came
true moves it down, so that over a long history the share that comes true is the share promised, whatever the team does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clearspan.engines.delivery.inputs import Floats

LEVELS = (0.50, 0.70, 0.85, 0.95)
STEP = 0.7  # how far an outcome moves the log-odds of its level; shared by the forecasts whose windows overlap
LOWEST, HIGHEST = 0.02, 0.996  # what the simulated futures can tell from never and always


@dataclass(frozen=True)
class Calibration:
    """`read_at` holds the level of the simulated futures at which a date of each of LEVELS is read."""

    read_at: tuple[float, ...] = LEVELS

    def came_true(self, reached: float) -> NDArray[np.bool_]:
        """Whether dates at LEVELS come true when a share `reached` of the futures is finished before the work is."""
        return np.array(self.read_at) > reached

    def after(self, came_true: NDArray[np.bool_], share: float) -> Calibration:
        """What is learnt from one outcome, which counts as `share` of an independent one."""
        said, read = np.array(LEVELS), np.array(self.read_at)
        score = np.log(read / (1 - read)) + STEP * share * (said - came_true) / np.sqrt(said * (1 - said))
        kept = np.maximum.accumulate(np.clip(1 / (1 + np.exp(-score)), LOWEST, HIGHEST))
        return Calibration(tuple(kept.tolist()))  # a surer date is never an earlier one

    def of(self, level: Floats) -> Floats:
        """What levels of the simulated futures are worth."""
        if self.read_at == LEVELS:
            return level
        points = np.array([0.0, *_rising(self.read_at), 1.0])
        return np.asarray(np.interp(level, points, np.array([0.0, *LEVELS, 1.0])))


def block_at(by: Floats, level: float) -> int | None:
    """The first block by which a share of at least `level` is finished, or None within the horizon."""
    reached = np.flatnonzero(by >= level - 1e-9)
    return int(reached[0]) if len(reached) else None


def _rising(levels: tuple[float, ...]) -> Floats:
    """Levels that are alike, a hair apart."""
    return np.asarray(np.array(levels) + 1e-12 * np.arange(len(levels)))
