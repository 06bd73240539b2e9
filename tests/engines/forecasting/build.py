"""Series for tests, and their forecasts."""

from __future__ import annotations

import numpy as np

from clearspan.engines.forecasting import Forecast, Series, Settings, study
from clearspan.engines.forecasting.inputs import Floats

SEASON = np.array([0.8, 1.0, 1.3, 0.9])


def forecast(values: Floats | list[float], horizon: int = 4, season: int = 1, **more: object) -> Forecast:
    """Of one series alone."""
    return study([Series("one", np.array(values, dtype=float), season)], Settings(horizon, **more))[0]  # type: ignore[arg-type]  # arima only


def quarters(count: int, level: float = 100.0, slope: float = 2.0, noise: float = 0.0, seed: int = 0) -> Floats:
    """A line with a season of four."""
    at = np.arange(count)
    shaken = 1 + noise * np.random.default_rng(seed).normal(size=count)
    return (level + slope * at) * SEASON[at % 4] * shaken


def walk(count: int, seed: int) -> Floats:
    """A random walk far from zero."""
    return 1_000 + np.cumsum(np.random.default_rng(seed).normal(size=count))
