import numpy as np
import pytest

from clearspan.engines.delivery import UNKNOWN, Items, past_growth


def items(created: list[int], finished: list[int]) -> Items:
    dates = [np.array(column, dtype=np.int64) for column in (created, [UNKNOWN] * len(created), finished)]
    return Items(tuple(map(str, range(len(created)))), *dates)


def test_a_scope_that_was_written_down_before_it_began_did_not_grow() -> None:
    assert past_growth(items([100] * 40, [*range(200, 270, 7), *[UNKNOWN] * 30]), 270, 4) == (1.0, 1.0)


def test_two_items_a_week_on_ten_open_ones_are_eight_tenths_more_in_four_weeks() -> None:
    """Two are added and two finished each week, so that ten are open when a window begins."""
    created = [100] * 10 + [day for day in range(200, 410, 7) for _ in range(2)]
    finished = [day + 1 for day in range(200, 410, 7) for _ in range(2)] + [UNKNOWN] * 10
    low, high = past_growth(items(created, finished), 410, 4) or (0, 0)
    assert (low, high) == (pytest.approx(1.8, abs=0.05), pytest.approx(1.8, abs=0.05))


def test_too_little_history_says_nothing_of_growth() -> None:
    assert past_growth(items([100] * 10, [200, *[UNKNOWN] * 9]), 210, 4) is None
    assert past_growth(items([100], [UNKNOWN]), 210, 4) is None


def test_growth_has_a_bound() -> None:
    created = [100] * 5 + [day for day in range(200, 410, 7) for _ in range(50)]
    assert past_growth(items(created, [201, *[UNKNOWN] * (len(created) - 1)]), 410, 4) is not None
    assert max(past_growth(items(created, [201, *[UNKNOWN] * (len(created) - 1)]), 410, 4) or ()) <= 2
