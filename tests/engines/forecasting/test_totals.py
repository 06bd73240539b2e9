"""A total is surer than the sum of its parts' widths, and less sure than if their errors knew nothing of each other."""

from __future__ import annotations

import numpy as np

from clearspan.engines.forecasting import Forecast, total


def growing(power: float, steps: int = 12) -> Forecast:
    half = 10.0 * np.arange(1, steps + 1)[:, None] ** power
    mean = np.full(steps, 1_000.0)
    return Forecast("revenue", mean, mean[:, None] - half, mean[:, None] + half, (90.0,), "median", 0)


def test_a_total_of_one_period_is_as_wide_as_that_period() -> None:
    found = total(growing(0.5), 2, 2)
    assert (found.mean, *found.low, *found.high) == (1000, 1000 - 10 * 3**0.5, 1000 + 10 * 3**0.5)


def test_errors_of_a_random_walk_add_up_as_its_own_do() -> None:
    found = total(growing(0.5), 0, 11)
    walks = 10 * np.random.default_rng(0).standard_normal((100_000, 12)).cumsum(axis=1)
    assert abs((found.high[0] - found.mean) / walks.sum(axis=1).std() - 1) < 0.01


def test_errors_that_grow_evenly_are_one_error_and_their_widths_add_up() -> None:
    found = total(growing(1.0), 0, 3)
    assert np.isclose(found.high[0] - found.mean, 10 * (1 + 2 + 3 + 4))


def test_a_forecast_without_a_width_gives_a_total_without_one() -> None:
    bare = growing(0.5)
    found = total(Forecast("x", bare.mean, bare.low * np.nan, bare.high * np.nan, (90.0,), "last value", 0), 0, 3)
    assert found.mean == 4_000
    assert np.isnan([*found.low, *found.high]).all()
