import numpy as np
import pytest

from clearspan.engines.delivery import UNKNOWN, Items
from clearspan.engines.delivery.ageing import cycle_times


def items(*rows: tuple[int, int, int]) -> Items:
    created, started, finished = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    return Items(tuple(f"item {n}" for n in range(len(rows))), created, started, finished)


def test_an_item_finished_on_the_day_it_was_started_took_one_day() -> None:
    times, _ = cycle_times(items((1, 10, 10)), start=20)
    assert times is not None and times.days == (1, 1, 1, 1)


def test_percentiles_are_days_that_items_really_took() -> None:
    times, _ = cycle_times(items(*((1, 100, 100 + took - 1) for took in range(1, 101))), start=300)
    assert times is not None
    assert (times.count, times.measured_from, times.days) == (100, "started", (50, 70, 85, 95))


def test_what_was_never_started_is_measured_from_its_creation_where_nobody_notes_starts() -> None:
    times, ageing = cycle_times(items((10, UNKNOWN, 14), (15, UNKNOWN, UNKNOWN)), start=20)
    assert times is not None and (times.measured_from, times.days[0]) == ("created", 5)
    assert [(item.id, item.age) for item in ageing] == [("item 1", 5)]


def test_an_item_without_a_start_has_no_cycle_time_where_others_have_one() -> None:
    times, ageing = cycle_times(items((1, 10, 12), (1, UNKNOWN, 15), (1, UNKNOWN, UNKNOWN)), start=20)
    assert times is not None and times.count == 1
    assert ageing == ()


def test_ageing_items_are_the_oldest_first_with_the_share_of_items_that_took_less() -> None:
    done = [(1, 100, 100 + took - 1) for took in (2, 4, 6, 8)]
    _, ageing = cycle_times(items((1, 195, UNKNOWN), *done, (1, 193, UNKNOWN)), start=200)
    assert [(item.id, item.age, item.passed) for item in ageing] == [("item 5", 7, 0.75), ("item 0", 5, 0.5)]


def test_on_an_earlier_day_what_finished_later_was_under_way() -> None:
    _, ageing = cycle_times(items((1, 100, 101), (1, 105, 120), (1, 115, 130)), start=110)
    assert [(item.id, item.age) for item in ageing] == [("item 1", 5)]


def test_without_a_finished_item_there_are_ages_and_no_percentiles() -> None:
    times, ageing = cycle_times(items((1, 10, UNKNOWN)), start=20)
    assert times is None
    assert ageing[0].passed == 0


@pytest.mark.parametrize("row", [(10, 9, UNKNOWN), (10, UNKNOWN, 9), (UNKNOWN, 10, 9)])
def test_dates_in_the_wrong_order_are_refused(row: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="before it is"):
        items(row)
