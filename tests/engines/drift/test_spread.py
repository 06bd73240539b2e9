"""Where the days went, held to what can be counted by hand. 2026-03-02 is a Monday."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearspan.engines.drift import PERIOD, Work, spread

MONDAY = (date(2026, 3, 2) - date(1970, 1, 1)).days
SUNDAY = MONDAY + 6


def work(*items: tuple[int, int, int, int, float | None]) -> Work:
    """(started, finished, who, group, counted) each, days from the Monday."""
    started, finished, who, group, counted = (np.array(column) for column in zip(*items, strict=True))
    return Work(started + MONDAY, finished + MONDAY, who, group, counted.astype(float))


def test_a_week_of_one_item_is_five_person_days() -> None:
    assert spread(work((0, 6, 0, 0, None)), SUNDAY, 1, 1).by_period.tolist() == [[5.0]]


def test_a_person_s_day_is_shared_by_what_they_had_in_progress() -> None:
    found = spread(work((0, 4, 0, 0, None), (0, 1, 0, 1, None)), SUNDAY, 1, 2)
    assert found.by_period.tolist() == [[4.0, 1.0]]
    assert found.by_item.tolist() == [4.0, 1.0]


def test_two_people_have_two_days_a_day() -> None:
    assert spread(work((0, 4, 0, 0, None), (0, 4, 1, 0, None)), SUNDAY, 1, 1).by_period.tolist() == [[10.0]]


def test_days_that_were_counted_count_as_they_were() -> None:
    found = spread(work((0, 4, 0, 0, 2.0), (0, 4, 0, 1, None)), SUNDAY, 1, 2)
    assert found.by_period[0] == pytest.approx([2.0, 5.0])


def test_only_the_part_of_an_item_inside_the_window_counts() -> None:
    found = spread(work((-7, 4, 0, 0, None), (-7, 4, 1, 0, 10.0)), SUNDAY, 1, 1)
    assert found.by_period[0] == pytest.approx([10.0])


def test_weeks_stand_oldest_first() -> None:
    assert spread(work((-7, -3, 0, 0, None), (0, 0, 0, 0, None)), SUNDAY, 2, 1).by_period.tolist() == [[5.0], [1.0]]


def test_what_was_done_on_a_sunday_alone_was_done() -> None:
    assert spread(work((6, 6, 0, 0, None)), SUNDAY, 1, 1).by_period.sum() == 1


def test_an_item_before_the_window_counts_nothing() -> None:
    assert spread(work((-40, -20, 0, 0, None)), SUNDAY, 1, 1).by_period.sum() == 0


def test_no_items_are_no_days() -> None:
    none = np.array([], int)
    assert spread(Work(none, none, none, none, np.array([])), SUNDAY, 3, 2).by_period.sum() == 0


def test_an_item_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="finishes on the day it starts"):
        work((4, 0, 0, 0, None))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a machine that does other work too
@given(st.lists(st.tuples(st.integers(-30, 30), st.integers(0, 20), st.integers(0, 3)), min_size=1, max_size=30))
def test_nobody_works_more_than_a_day_a_working_day(items: list[tuple[int, int, int]]) -> None:
    on_working_days = [(start - start % PERIOD, length, who) for start, length, who in items]
    found = spread(work(*((s, s + n, w, 0, None) for s, n, w in on_working_days)), SUNDAY, 4, 1)
    assert (found.by_period <= 4 * (PERIOD - 2) + 1e-9).all()
    assert found.by_item.sum() == pytest.approx(found.by_period.sum())
