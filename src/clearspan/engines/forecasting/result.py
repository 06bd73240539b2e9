"""What a forecast says."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearspan.engines.forecasting.inputs import Floats


@dataclass(frozen=True)
class Forecast:
    """One series: a row a step. `low` and `high` have a column a level, NaN where the past is too short to say."""

    name: str
    mean: Floats
    low: Floats
    high: Floats
    levels: tuple[float, ...]
    method: str
    filled: int  # gaps in the past that were filled

    @property
    def notes(self) -> list[str]:
        """What a reader should know of the past that was used."""
        said = []
        if self.filled:
            said.append(f"{_periods(self.filled)} without a value, filled by interpolation; write 0 where nothing was")
        if np.isnan(self.low).any():
            said.append("one value and nothing to compare it with: no interval")
        return said


def _periods(count: int) -> str:
    return "1 period" if count == 1 else f"{count} periods"
