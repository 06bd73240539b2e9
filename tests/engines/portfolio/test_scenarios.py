"""Fewer scenarios: never too low, exact where it was told to look."""

from dataclasses import replace

import numpy as np
import pytest

from clearspan.engines.portfolio.scenarios import MOST, reduce, sample
from clearspan.engines.portfolio.scoring import Value, cvar, objective, totals
from tests.engines.portfolio.problems import anything

PLANS = [np.array([0, -1, 0, 1, -1]), np.array([-1, 0, -1, 0, -1]), np.array([0, 0, -1, -1, 1])]


def test_the_reduced_problem_values_every_plan_at_least_as_high_as_the_draws_do() -> None:
    problem = anything(0, risk=0.7, draws=3_000)
    few = reduce(problem, PLANS[:1])
    assert len(few.weight) <= MOST
    for starts in PLANS:
        assert few.objective(problem, starts) >= objective(problem, starts) - 1e-9


@pytest.mark.parametrize("draws", [3_000, 3_007])
def test_the_plans_it_was_cut_along_are_valued_exactly(draws: int) -> None:
    problem = anything(0, risk=0.7, draws=draws)
    few = reduce(problem, PLANS[:2])
    for starts in PLANS[:2]:
        assert few.objective(problem, starts) == pytest.approx(objective(problem, starts))


def test_a_few_draws_are_all_kept() -> None:
    problem = anything(0, risk=0.7, draws=50)
    assert reduce(problem, []).objective(problem, PLANS[0]) == pytest.approx(objective(problem, PLANS[0]))


def test_without_risk_one_scenario_is_enough() -> None:
    problem = replace(anything(0, risk=0.7), risk=0.0)
    assert len(sample(problem).weight) == 1
    assert reduce(problem, []).objective(problem, PLANS[0]) == pytest.approx(objective(problem, PLANS[0]))


def test_cvar_is_the_mean_of_the_worst_tenth() -> None:
    assert cvar(np.arange(100.0)) == pytest.approx(4.5)


def test_cvar_counts_the_draw_at_the_edge_in_part() -> None:
    assert cvar(np.arange(15.0)) == pytest.approx((0 * 1 + 1 * 0.5) / 1.5)


def test_cvar_of_weighted_outcomes_is_that_of_the_repeated_ones() -> None:
    weights = np.array([0.05, 0.15, 0.8])
    assert cvar(np.array([1.0, 2.0, 3.0]), weights) == pytest.approx(cvar(np.repeat([1.0, 2.0, 3.0], [5, 15, 80])))


def test_a_worth_without_draws_has_no_interval() -> None:
    problem = anything(0)
    assert Value.of(totals(problem, PLANS[0]), 1.0) == Value(1.0)
