"""How far the method of a series was off when it forecast that series' own past."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from clearspan.engines.forecasting.history import History, Kind, history
from clearspan.engines.forecasting.inputs import Floats, Series, Settings
from clearspan.engines.forecasting.methods import Ahead, Method, method_for

STARTS = (1.0, 0.5)  # where in a window past forecasts begin: so much of it is still to come
SMALLEST = 0.1  # of today's size, that a past one is taken for: a past that stood still says nothing of its errors


@dataclass(frozen=True)
class Look:
    """One series seen by itself: what comes, and errors of past forecasts over their own size."""

    name: str
    method: str
    past: History
    ahead: Ahead
    windows: tuple[tuple[Floats, ...], ...]
    """The last periods and, where the past is long enough, those before them. Of each, the absolute errors at step
    1, 2, ... of the forecasts made in it, over the size known then. Windows share no period."""

    @property
    def errors(self) -> list[Floats]:
        """Of all past forecasts."""
        return [error for window in self.windows for error in window]


def look(series: Series, settings: Settings) -> Look:
    """Forecasts one series and its past."""
    past = history(series)
    method = method_for(past, settings.arima)
    ahead = method(past.values, settings.horizon)
    windows: tuple[tuple[Floats, ...], ...] = ()
    if past.kind is not Kind.CONSTANT and ahead.size > 0:
        windows = tuple(
            tuple(_error(method, past.values, cut, end, ahead.size) for cut in cuts)
            for cuts, end in _windows(len(past.values) - method.least, settings.horizon)
        )
    return Look(series.name, method.name, past, ahead, windows)


def _windows(most: int, horizon: int) -> list[tuple[list[int], int]]:
    """For each window, how many of the last values its forecasts do not know, and how many follow its end."""
    length = min(horizon, max(1, most // 2))
    ends = [end for end in (0, length) if end + length <= most]
    return [(sorted({end + math.ceil(part * length) for part in STARTS}), end) for end in ends]


def _error(method: Method, values: Floats, cut: int, end: int, today: float) -> Floats:
    """Absolute errors from a forecast that did not know the last `cut` values, as far as `end` before the last."""
    ahead = method(values[:-cut], cut - end)
    size = max(ahead.size, SMALLEST * today) if np.isfinite(ahead.size) else today
    return np.abs(values[len(values) - cut : len(values) - end] - ahead.mean) / size
