"""How far the method of a series was off when it forecast that series' own past."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearspan.engines.forecasting.history import History, Kind, history
from clearspan.engines.forecasting.inputs import Floats, Series, Settings
from clearspan.engines.forecasting.methods import Ahead, method_for

ORIGINS = 5  # past forecasts of each series
SMALLEST = 0.1  # of today's size, that a past one is taken for: a past that stood still says nothing of its errors


@dataclass(frozen=True)
class Look:
    """One series seen by itself: what comes, and errors of past forecasts over their own size."""

    name: str
    method: str
    past: History
    ahead: Ahead
    errors: tuple[Floats, ...]  # absolute, at step 1, 2, ... of each past forecast, over the size known then


def look(series: Series, settings: Settings) -> Look:
    """Forecasts one series and its past."""
    past = history(series)
    method = method_for(past, settings.arima)
    ahead = method(past.values, settings.horizon)
    errors: tuple[Floats, ...] = ()
    if past.kind is not Kind.CONSTANT and ahead.size > 0:
        errors = tuple(
            _error(method(past.values[:-cut], min(cut, settings.horizon)), past.values[-cut:], ahead.size)
            for cut in _cuts(len(past.values) - method.least, settings.horizon)
        )
    return Look(series.name, method.name, past, ahead, errors)


def _cuts(most: int, horizon: int) -> list[int]:
    """How many of the last values each past forecast does not know: up to twice the horizon, evenly spread."""
    furthest = min(most, 2 * horizon)
    if furthest < 1:
        return []
    return sorted({round(furthest * (n + 1) / ORIGINS) for n in range(ORIGINS)} - {0})


def _error(ahead: Ahead, came: Floats, today: float) -> Floats:
    size = max(ahead.size, SMALLEST * today) if np.isfinite(ahead.size) else today
    return np.abs(came[: len(ahead.mean)] - ahead.mean) / size
