import numpy as np
import pytest

from clearspan.engines.delivery.futures import cumulative, futures, progress
from clearspan.engines.delivery.pace import pace

UNEVEN = np.array([3, 5, 0, 8, 2, 4, 4, 6, 1, 3, 5, 2])


def test_the_urn_is_the_dirichlet_weighted_bootstrap() -> None:
    """Two weeks drawn are alike as often as under Dirichlet weights: (1 + A / n) / (A + 1) for n equally heavy ones."""
    weeks = np.arange(10) * 1_000 + 1  # each is told by what it finishes
    now = pace(weeks)
    now.probability[:] = np.eye(len(now.probability))[0]
    drawn = np.diff(progress(now, 40_000, np.random.default_rng(1), 2), axis=0, prepend=0)
    strength = now.concentration[0]
    assert np.mean(drawn[0] == drawn[1]) == pytest.approx((1 + strength / 10) / (strength + 1), abs=0.01)


def test_futures_finish_when_their_weeks_add_up() -> None:
    now, rng = pace(UNEVEN), np.random.default_rng(0)
    blocks = futures(now, np.full(4_000, 30.0), rng, 200)
    totals = progress(now, 4_000, np.random.default_rng(5), 40)
    by_total = np.mean(totals >= 30, axis=1)
    assert cumulative(blocks, 200)[1:41] == pytest.approx(by_total, abs=0.03)


def test_what_is_not_finished_within_the_horizon_is_not_finished() -> None:
    blocks = futures(pace(UNEVEN), np.full(100, 1e9), np.random.default_rng(0), 20)
    assert set(blocks.tolist()) == {21}
    assert cumulative(blocks, 20).tolist() == [0.0] * 21


def test_the_same_seed_gives_the_same_futures() -> None:
    one, other = (futures(pace(UNEVEN), np.full(500, 30.0), np.random.default_rng(7), 99) for _ in range(2))
    assert np.array_equal(one, other)


def test_a_team_that_rests_for_ever_does_not_break_anything() -> None:
    now = pace(np.array([1, *[0] * 30]))
    assert futures(now, np.full(50, 3.0), np.random.default_rng(0), 30).max() == 31
