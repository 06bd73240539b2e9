"""What is surprising, and what gets worse: held to how often a series that only wobbles is accused."""

from __future__ import annotations

import numpy as np

from clearspan.engines.control import gets_worse, surprise


def test_a_leap_after_small_moves_is_surprising() -> None:
    found = surprise([50, 51, 50, 52, 51, 50, 51, 60])
    assert found is not None
    assert found.moved == 9
    assert found.times > 3.267


def test_a_steady_climb_is_not() -> None:
    assert surprise([10.0 * i for i in range(12)]) is None


def test_too_few_readings_surprise_nobody() -> None:
    assert surprise([1, 1, 1, 1, 900]) is None


def test_any_move_of_what_never_moved_is_surprising() -> None:
    found = surprise([7.0] * 8 + [7.5])
    assert found is not None
    assert found.times == float("inf")


def test_a_series_that_only_wobbles_is_called_surprising_about_once_in_a_hundred() -> None:
    series = np.random.default_rng(9).normal(size=(4_000, 25))
    assert 0.003 < np.mean([surprise(one.tolist()) is not None for one in series]) < 0.03


def test_three_moves_the_wrong_way_are_getting_worse() -> None:
    assert gets_worse([9, 5, 4, 3, 2], up_is_good=True)
    assert not gets_worse([9, 5, 4, 3, 2], up_is_good=False)
    assert not gets_worse([5, 4, 3], up_is_good=True)


def test_four_readings_in_no_order_get_worse_once_in_twenty_four() -> None:
    series = np.random.default_rng(10).normal(size=(6_000, 4))
    assert abs(np.mean([gets_worse(one.tolist(), up_is_good=True) for one in series]) - 1 / 24) < 0.01
