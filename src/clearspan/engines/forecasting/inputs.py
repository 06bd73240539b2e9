"""What a forecast is given: series of equal steps, how far to look ahead, and how sure the intervals are to be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Series:
    """One value a period, oldest first; NaN where nothing is known. The first and the last are known."""

    name: str
    values: Floats
    season: int = 1  # periods after which a pattern repeats; 1 without one

    def __post_init__(self) -> None:
        if not len(self.values) or not np.isfinite(self.values[[0, -1]]).all() or np.isinf(self.values).any():
            raise ValueError("a series begins and ends with a known value, and all of them are finite")
        if self.season < 1:
            raise ValueError("season is 1 or more")


@dataclass(frozen=True)
class Settings:
    """What a person may decide about a forecast."""

    horizon: int  # periods ahead
    levels: tuple[float, ...] = (80.0, 95.0)  # per cent, in rising order
    arima: bool = False  # a fourth method in the median, which takes ten times the time of the others

    def __post_init__(self) -> None:
        if self.horizon < 1:
            raise ValueError("horizon is 1 or more")
        if not all(0 < level < 100 for level in self.levels) or list(self.levels) != sorted(set(self.levels)):
            raise ValueError("levels are over 0, under 100, each once and rising")
