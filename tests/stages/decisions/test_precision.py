"""No date is said more exactly than the forecast knows it."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from clearspan.engines import delivery
from clearspan.stages.decisions.precision import LADDER, Precision, Said, ahead, coarsest, said

START = date(2026, 11, 26)
DAYS = dict(zip(LADDER, (27, 88, 180, 364, 729, 0), strict=True))  # from the first to the last, at the least


@pytest.fixture(scope="module")
def forecasts() -> list[delivery.Dates]:
    """When teams of every pace and steadiness are done, as the delivery study says: two thousand futures each."""
    rng, found = np.random.default_rng(20261126), []
    while len(found) < 60:
        history = rng.negative_binomial(rng.uniform(0.7, 12), rng.uniform(0.2, 0.8), int(rng.integers(6, 52)))
        work = delivery.Work(int(rng.integers(1, 160)), (1.0, float(rng.uniform(1.0, 1.8))))
        if history.sum() > 3:
            found.append(delivery.what_if(history, work, delivery.Calibration(), rng, START.toordinal()))
    return [one for one in found if one.date_at(0.1) and one.date_at(0.85)]


@pytest.mark.parametrize("finest", LADDER)
def test_three_futures_in_four_finish_within_what_is_said(forecasts: list[delivery.Dates], finest: Precision) -> None:
    for one in forecasts:
        told = _said(one, finest)
        assert told.precision.rank >= finest.rank
        if told.first and told.last:
            assert _chance(one, told.last) - _chance(one, told.first - timedelta(days=1)) >= 0.75, told.words


@pytest.mark.parametrize("finest", LADDER)
def test_no_period_is_shorter_than_was_allowed(forecasts: list[delivery.Dates], finest: Precision) -> None:
    for told in (_said(one, finest) for one in forecasts):
        if told.first and told.last:
            assert (told.last - told.first).days >= DAYS[finest]


@pytest.mark.parametrize("finest", LADDER)
def test_nothing_shorter_that_holds_them_is_passed_over(forecasts: list[delivery.Dates], finest: Precision) -> None:
    for one in forecasts:
        shorter = LADDER[finest.rank : _said(one, finest).precision.rank]
        assert all(_said(one, other).precision != other for other in shorter)


def test_the_forecasts_of_these_tests_are_said_in_every_way(forecasts: list[delivery.Dates]) -> None:
    assert {_said(one, Precision.MONTH).precision for one in forecasts} == set(LADDER)


@pytest.mark.parametrize(
    ("early", "late", "finest", "words"),
    [
        (date(2027, 3, 2), date(2027, 3, 28), Precision.MONTH, "likely in March 2027"),
        (date(2027, 3, 2), date(2027, 3, 28), Precision.QUARTER, "likely in Q1 2027"),
        (date(2027, 3, 30), date(2027, 4, 2), Precision.MONTH, "likely between March and May 2027"),
        (date(2026, 12, 2), date(2027, 2, 17), Precision.QUARTER, "likely between December 2026 and February 2027"),
        (date(2026, 12, 2), date(2027, 3, 17), Precision.QUARTER, "expected between October 2026 and March 2027"),
        (
            date(2026, 8, 2),
            date(2027, 5, 1),
            Precision.HALF,
            "expected in the second half of 2026 or the first of 2027",
        ),
        (date(2027, 7, 1), date(2027, 12, 31), Precision.MONTH, "expected in the second half of 2027"),
        (date(2027, 3, 2), date(2027, 3, 3), Precision.YEAR, "expected in 2027"),
        (date(2027, 12, 30), date(2028, 8, 2), Precision.MONTH, "expected in 2027 or 2028"),
        (date(2027, 1, 1), date(2029, 1, 1), Precision.MONTH, "some time later; when is not known yet"),
        (date(2027, 1, 1), date(2027, 1, 1), Precision.NONE, "some time later; when is not known yet"),
    ],
)
def test_a_date_is_said_in_words(early: date, late: date, finest: Precision, words: str) -> None:
    assert said(early, late, finest).words == words


@pytest.mark.parametrize(
    ("early", "late", "finest", "today", "words"),
    [
        (date(2026, 12, 2), date(2027, 3, 17), Precision.QUARTER, date(2026, 10, 31), "between October 2026 and March"),
        (date(2026, 12, 2), date(2027, 3, 17), Precision.QUARTER, date(2026, 11, 26), "expected by March 2027"),
        (date(2026, 12, 2), date(2027, 2, 17), Precision.QUARTER, date(2027, 1, 1), "likely by February 2027"),
        (date(2026, 8, 2), date(2027, 5, 1), Precision.HALF, date(2026, 12, 31), "half of 2026 or the first of 2027"),
        (date(2026, 8, 2), date(2027, 5, 1), Precision.HALF, date(2027, 1, 1), "expected by the middle of 2027"),
        (date(2026, 12, 30), date(2027, 8, 2), Precision.YEAR, date(2027, 1, 1), "expected by the end of 2027"),
        (date(2026, 11, 30), date(2026, 12, 20), Precision.QUARTER, date(2026, 12, 31), "likely in Q4 2026"),
        (date(2026, 11, 30), date(2026, 12, 20), Precision.QUARTER, date(2027, 1, 1), "some time later; when is not"),
    ],
)
def test_what_of_a_period_is_past_is_not_said(
    early: date, late: date, finest: Precision, today: date, words: str
) -> None:
    assert words in ahead(said(early, late, finest), today).words


@pytest.mark.parametrize("finest", LADDER)
def test_what_is_past_is_cut_without_saying_anything_more_exactly(
    forecasts: list[delivery.Dates], finest: Precision
) -> None:
    for told in (_said(one, finest) for one in forecasts):
        for days in range(0, 800, 40):
            cut = ahead(told, START + timedelta(days=days))
            assert (cut.precision, cut.last) in ((told.precision, told.last), (Precision.NONE, None))
            if cut != told and cut.last:
                assert " by " in cut.words and cut.first and told.first and told.first < cut.first


def test_of_two_precisions_the_coarser_holds() -> None:
    assert coarsest(Precision.MONTH, Precision.YEAR) == Precision.YEAR
    assert coarsest(Precision.NONE, Precision.QUARTER) == Precision.NONE


def _said(one: delivery.Dates, finest: Precision) -> Said:
    early, late = one.date_at(0.1), one.date_at(0.85)
    assert early and late
    return said(early, late, finest)


def _chance(one: delivery.Dates, day: date) -> float:
    """Share of the futures in which all is finished by the end of that day."""
    blocks = (day.toordinal() - one.start + 1) // 7
    return float(one.by[min(max(blocks, 0), len(one.by) - 1)])
