import numpy as np
import pytest

from clearspan.engines.delivery import UNKNOWN, NoForecast, throughput
from clearspan.engines.delivery.throughput import last_day


def days(*of: int) -> np.ndarray:
    return np.array(of, dtype=np.int64)


def test_blocks_of_seven_days_are_counted_back_from_the_day_before_the_forecast() -> None:
    assert throughput(days(100, 106, 107, 127), start=128).tolist() == [2, 1, 0, 1]
    assert throughput(days(100, 106, 107, 127), start=129).tolist() == [1, 2, 0, 0, 1]


def test_empty_weeks_count_up_to_the_day_of_the_forecast() -> None:
    assert throughput(days(100, 101), start=128).tolist() == [2, 0, 0, 0]


def test_history_begins_with_the_block_of_the_first_finish() -> None:
    assert throughput(days(103, 127), start=128).tolist() == [1, 0, 0, 1]


def test_what_finishes_on_the_first_day_of_the_forecast_or_later_is_not_known() -> None:
    assert throughput(days(100, 128, 200), start=128).tolist() == [1, 0, 0, 0]


def test_items_that_are_not_finished_count_nowhere() -> None:
    assert throughput(days(100, UNKNOWN, UNKNOWN), start=128).tolist() == [1, 0, 0, 0]


def test_without_a_finish_there_is_no_forecast() -> None:
    with pytest.raises(NoForecast, match="no item finished before"):
        throughput(days(UNKNOWN, 200), start=128)


@pytest.mark.parametrize(("weeks", "words"), [(1, "1 week since"), (3, "3 weeks since")])
def test_under_four_weeks_there_is_no_forecast(weeks: int, words: str) -> None:
    with pytest.raises(NoForecast, match=f"{words} the first finish, expected 4 weeks"):
        throughput(days(128 - 7 * weeks), start=128)


def test_the_first_block_ends_six_days_after_it_begins() -> None:
    assert [last_day(128, block) for block in (1, 2)] == [134, 141]
