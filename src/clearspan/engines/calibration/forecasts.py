"""Forecasts that can be judged, whatever they are of: numbers with quantiles, and things that come true or do not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clearspan.engines.calibration.brier import Bin
from clearspan.engines.calibration.coverage import Coverage, coverage, reached

SAME = 1e-9


@dataclass(frozen=True)
class Quantiles:
    """What was said of a number (level to value, values rising with levels), and what came. Dates are day numbers."""

    said: tuple[tuple[float, float], ...]
    came: float

    def at(self, level: float) -> float | None:
        """The value that was said to be undercut with this probability."""
        for each, value in self.said:
            if -SAME < each - level < SAME:
                return value
        return None

    def is_inside(self, level: float) -> bool | None:
        """Whether it came inside the middle interval of so sure; None when no such interval was said."""
        low, high = self.at((1 - level) / 2), self.at((1 + level) / 2)
        return None if low is None or high is None else low <= self.came <= high


@dataclass(frozen=True)
class Chance:
    """A probability that was said of something, and whether it came true."""

    said: float
    came: bool


def inside(level: float, forecasts: Iterable[Quantiles]) -> Coverage | None:
    """The coverage of the middle intervals of so sure, over the forecasts that said one; None when none did."""
    judged = [is_in for one in forecasts if (is_in := one.is_inside(level)) is not None]
    return coverage(level, sum(judged), len(judged)) if judged else None


def points(forecasts: Sequence[Quantiles]) -> tuple[Bin, ...]:
    """For the picture of reliability: at each level that was said, the share of outcomes at or under its value."""
    levels = sorted({round(level, 6) for one in forecasts for level, _ in one.said})
    found = []
    for level in levels:
        said = [(one, value) for one in forecasts if (value := one.at(level)) is not None]
        under = sum(one.came <= value for one, value in said)
        found.append(Bin(level, under, len(said), reached(under, len(said))))
    return tuple(found)
