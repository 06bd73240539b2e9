"""What a customer costs, held to closed forms and to what must never change."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from clearspan.engines.promotion import cost_per_win, share, surely_under, wins_by

MONEY, WON = st.floats(1, 1e6), st.integers(0, 400)


def test_with_nobody_won_the_rate_is_half_a_squared_normal() -> None:
    """Gamma(1/2) is half a chi-square of one degree of freedom, which is the square of a normal."""
    low, *_, high = cost_per_win(1_000, 0)
    z95, z05 = stats.norm.ppf(0.975), stats.norm.ppf(0.525)
    assert low == pytest.approx(1_000 / (z95**2 / 2))
    assert high == pytest.approx(1_000 / (z05**2 / 2))


def test_the_share_of_nothing_is_the_arcsine() -> None:
    """Beta(1/2, 1/2) has its quantiles in closed form: the square of a sine."""
    expected = [math.sin(math.pi * level / 2) ** 2 for level in (0.05, 0.25, 0.5, 0.75, 0.95)]
    assert share(0, 0) == pytest.approx(expected)


def test_a_share_and_what_is_left_of_it_mirror_each_other() -> None:
    assert share(3, 40) == pytest.approx([1 - value for value in reversed(share(37, 40))])


def test_what_is_to_come_is_gamma_poisson_in_its_mean() -> None:
    """The mean of what comes is the rate's mean times the rest: (won + 1/2) * rest / spend."""
    draws = np.random.default_rng(7).poisson(np.random.default_rng(8).gamma(12.5, 1 / 4_000, 200_000) * 6_000)
    found = wins_by(4_000, 12, 10_000)
    assert found[2] == pytest.approx(12 + np.median(draws), abs=1)
    assert found[0] == pytest.approx(12 + np.quantile(draws, 0.05), abs=1)
    assert draws.mean() == pytest.approx(12.5 * 6_000 / 4_000, rel=0.01)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    rng, spend, held = np.random.default_rng(1), 4_000, 0
    for rate in rng.uniform(5, 40, 4_000) / spend:  # for one rate alone coverage swings: counts are whole
        low, *_, high = cost_per_win(spend, int(rng.poisson(rate * spend)))
        held += low <= 1 / rate <= high
    assert 0.885 <= held / 4_000 <= 0.915


@given(MONEY, WON)
def test_five_numbers_rise_and_hold_the_plain_quotient(spend: float, won: int) -> None:
    five = cost_per_win(spend, won)
    assert list(five) == sorted(five)
    if won:
        assert five[0] < spend / won < five[4]


@given(MONEY, WON, st.floats(0.1, 1e5))
def test_the_chance_of_costing_less_rises_with_the_limit_and_agrees_with_the_interval(
    spend: float, won: int, limit: float
) -> None:
    assert surely_under(spend, won, limit) <= surely_under(spend, won, 2 * limit)
    assert surely_under(spend, won, cost_per_win(spend, won)[4]) == pytest.approx(0.95, abs=1e-6)


@given(MONEY, WON)
def test_more_money_for_as_many_costs_more_in_proportion(spend: float, won: int) -> None:
    assert cost_per_win(2 * spend, won) == pytest.approx([2 * value for value in cost_per_win(spend, won)])


def test_a_budget_that_is_spent_brings_no_more() -> None:
    assert wins_by(5_000, 8, 4_000) == (8, 8, 8, 8, 8)


@pytest.mark.parametrize("ask", [lambda: cost_per_win(0, 3), lambda: wins_by(0, 0, 9), lambda: share(4, 3)])
def test_what_cannot_be_is_refused_in_words(ask: object) -> None:
    with pytest.raises(ValueError, match=r"found .*, expected"):
        ask()  # type: ignore[operator]
