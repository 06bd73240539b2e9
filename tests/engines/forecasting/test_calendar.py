from datetime import date, timedelta

import pytest

from clearspan.engines.forecasting import calendar_of, like
from clearspan.engines.forecasting.calendar import Stamp

D = date.fromisoformat


@pytest.mark.parametrize(
    ("stamps", "coming", "season"),
    [
        (["2025-10-01", "2025-11-01", "2025-12-01"], "2026-01-01", 12),
        (["2025-11-30", "2025-12-31", "2026-01-31"], "2026-02-28", 12),
        (["2025-11-30", "2025-12-30", "2026-01-30"], "2026-02-28", 12),
        (["2025-06-30", "2025-09-30"], "2025-12-31", 4),
        (["2023-12-31", "2024-12-31", "2025-12-31"], "2026-12-31", 1),
        (["2025-12-22", "2025-12-29", "2026-01-12"], "2026-01-19", 52),
        (["2026-02-27", "2026-02-28", "2026-03-02"], "2026-03-03", 7),
    ],
)
def test_dates_go_on_as_they_did(stamps: list[str], coming: str, season: int) -> None:
    calendar = calendar_of([D(one) for one in stamps])
    assert calendar is not None
    assert calendar.at(calendar.place(D(stamps[-1])) + 1) == D(coming)
    assert calendar.season == season


def test_working_days_skip_the_weekend() -> None:
    days = [D("2026-03-02") + timedelta(n) for n in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)]
    calendar = calendar_of(days)
    assert calendar is not None
    assert [calendar.place(one) for one in days] == list(range(10))
    assert calendar.at(10) == D("2026-03-16")
    assert calendar.season == 5


@pytest.mark.parametrize(("stamps", "coming"), [([1, 2, 4], 5), ([2016, 2020, 2024], 2028), ([-3, -2], -1)])
def test_numbers_go_on_by_their_step(stamps: list[Stamp], coming: int) -> None:
    calendar = calendar_of(stamps)
    assert calendar is not None
    assert calendar.at(calendar.place(stamps[-1]) + 1) == coming


def test_a_single_stamp_shows_no_calendar_and_takes_that_of_others() -> None:
    assert calendar_of([D("2026-03-31")]) is None
    quarters = calendar_of([D("2025-09-30"), D("2025-12-31")])
    assert quarters is not None
    assert like(quarters, D("2026-03-31")).at(1) == D("2026-06-30")
