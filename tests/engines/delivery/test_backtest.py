import numpy as np
import pytest

from clearspan.engines.delivery import Settings
from clearspan.engines.delivery.backtest import backtest


def held(weeks: np.ndarray, window: int = 4, **more: int):
    return backtest(weeks, window, np.random.default_rng(0), Settings(**more))


def test_a_constant_team_keeps_every_date() -> None:
    result = held(np.full(40, 5))
    assert result.came == (1.0, 1.0, 1.0, 1.0)
    assert result.count > 20


def test_a_short_history_has_no_backtest() -> None:
    assert held(np.array([3, 4, 5, 4, 3])).count == 0


def test_past_forecasts_do_not_know_what_came_after_them() -> None:
    """A team that stops at once misses the dates it gave just before, and only those."""
    steady = np.random.default_rng(2).poisson(6, 60)
    stopped = np.concatenate([steady, np.zeros(40, dtype=np.int64)])
    assert held(stopped, backtest_at_most=500).uncorrected[2] < held(steady, backtest_at_most=500).uncorrected[2]


def test_forecasts_that_overlap_are_worth_fewer() -> None:
    weeks = np.random.default_rng(2).poisson(6, 80)
    near, far = held(weeks, 2), held(weeks, 10)
    assert far.windows < near.windows <= near.count
    assert far.error(0.85) == pytest.approx(np.sqrt(0.85 * 0.15 / far.windows))


def test_a_long_history_is_sampled_at_its_end() -> None:
    assert held(np.random.default_rng(2).poisson(6, 400), backtest_at_most=30).count <= 30


def test_a_window_is_at_most_a_quarter_of_the_history() -> None:
    assert held(np.full(40, 5), 500).window == 10


def test_the_same_seed_gives_the_same_backtest() -> None:
    weeks = np.random.default_rng(2).poisson(6, 60)
    assert held(weeks) == held(weeks)
