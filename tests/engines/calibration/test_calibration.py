"""Do forecasts keep what they say: held to closed forms, to identities, and to forecasters whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from clearspan.engines.calibration import Chance, Quantiles, brier, coverage, inside, points, reached

FORECASTS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


def test_the_share_of_nothing_is_the_arcsine() -> None:
    """Beta(1/2, 1/2): its quantiles are squares of sines."""
    assert reached(0, 0) == pytest.approx([np.sin(np.pi * q / 2) ** 2 for q in (0.05, 0.25, 0.5, 0.75, 0.95)])


def test_the_chance_of_being_too_sure_is_the_posteriors_own() -> None:
    assert coverage(0.9, 7, 11).under == pytest.approx(stats.beta.cdf(0.9, 7.5, 4.5))


def test_seven_of_eleven_nine_in_ten_intervals_is_too_sure() -> None:
    assert coverage(0.9, 7, 11).verdict == "too sure"


def test_what_may_well_be_as_said_has_no_verdict() -> None:
    assert [coverage(0.9, kept, of).verdict for kept, of in ((9, 10), (8, 10), (1, 1), (0, 0))] == ["", "", "", ""]


def test_intervals_of_one_half_that_hold_always_are_too_modest() -> None:
    assert coverage(0.5, 12, 12).verdict == "too modest"


def test_a_forecaster_who_is_right_about_how_sure_to_be_is_seldom_accused() -> None:
    held = np.random.default_rng(4).binomial(40, 0.9, 2_000)
    accused = np.mean([bool(coverage(0.9, int(kept), 40).verdict) for kept in held])
    assert accused < 0.2  # one in ten on either side is what the rule allows


@given(FORECASTS)
def test_the_parts_of_the_score_always_add_up(forecasts: list[tuple[float, bool]]) -> None:
    found = brier([p for p, _ in forecasts], [came for _, came in forecasts])
    parts = found.reliability - found.resolution + found.uncertainty + found.within
    assert parts == pytest.approx(found.score, abs=1e-9)
    assert sum(one.of for one in found.bins) == len(forecasts)


def test_forecasts_that_are_alike_leave_nothing_within() -> None:
    found = brier([0.2] * 5 + [0.8] * 5, [True] + [False] * 4 + [True] * 4 + [False])
    assert (found.within, found.reliability) == pytest.approx((0, 0))
    assert found.resolution == pytest.approx(0.09)
    assert found.score == pytest.approx(0.16)


def test_saying_the_base_rate_each_time_has_no_skill() -> None:
    assert brier([0.25] * 4, [True, False, False, False]).skill == pytest.approx(0)


def test_knowing_beforehand_scores_nought() -> None:
    found = brier([1.0, 0.0, 1.0], [True, False, True])
    assert (found.score, found.skill) == pytest.approx((0, 1))


def test_where_everything_came_true_nobody_can_speak_of_skill() -> None:
    assert brier([0.9, 0.8], [True, True]).skill is None


def test_what_is_no_probability_is_refused() -> None:
    for said, came in (([1.2], [True]), ([], []), ([0.5], [True, False])):
        with pytest.raises(ValueError, match="found"):
            brier(said, came)


def five(came: float, *values: float) -> Quantiles:
    return Quantiles(tuple(zip((0.05, 0.25, 0.5, 0.75, 0.95), values, strict=True)), came)


def test_intervals_are_judged_by_those_that_said_one() -> None:
    whole, dates = five(3, 1, 2, 3, 4, 5), Quantiles(((0.5, 10.0), (0.85, 20.0)), 12)
    found = inside(0.9, [whole, five(6, 1, 2, 3, 4, 5), dates])
    assert found is not None
    assert (found.inside, found.of) == (1, 2)
    assert inside(0.9, [dates]) is None


def test_points_of_the_picture_are_shares_at_or_under_each_level() -> None:
    found = {one.said: (one.came, one.of) for one in points([five(3, 1, 2, 3, 4, 5), five(0, 1, 2, 3, 4, 5)])}
    assert found == {0.05: (1, 2), 0.25: (1, 2), 0.5: (2, 2), 0.75: (2, 2), 0.95: (2, 2)}


def test_true_quantiles_lie_on_the_diagonal() -> None:
    rng = np.random.default_rng(6)
    cuts = stats.norm.ppf((0.05, 0.25, 0.5, 0.75, 0.95))
    found = points([five(came, *cuts) for came in rng.normal(size=2_000)])
    assert all(one.five[0] - 0.02 < one.said < one.five[4] + 0.02 for one in found)


def test_a_chance_is_what_was_said_and_what_came() -> None:
    assert Chance(0.2, True) == Chance(said=0.2, came=True)
