"""What is chosen whatever comes, and what a safer plan costs."""

import numpy as np
import pytest

from clearspan.engines.portfolio import frontier, robustness, solve
from tests.engines.portfolio.problems import anything, one_function


def test_the_share_of_draws_that_choose_an_option_is_counted_exactly() -> None:
    problem = one_function([0.0, 0.0], [1.0, 1.0], [1.0], draws=[[2.0, 1.0], [2.0, 1.0], [2.0, 1.0], [1.0, 2.0]])
    found = robustness(problem, solve(problem))
    assert (found.share, found.draws, found.proven) == ((0.75, 0.25), 4, 4)


def test_of_many_draws_some_are_solved() -> None:
    problem = anything(0, risk=0.5, draws=50)
    assert robustness(problem, solve(problem), draws=7).draws == 7


def test_stopped_it_counts_the_draws_solved_until_then() -> None:
    problem = anything(0, risk=0.5, draws=50)
    assert robustness(problem, solve(problem), stop=lambda: True).draws == 1


def test_along_the_frontier_the_mean_never_rises_and_cvar_never_falls() -> None:
    problem = anything(2, options=12, periods=3, risk=0.5, draws=300)
    points = frontier(problem, solve(problem))
    means, tails = ([point.plan.value.mean for point in points], [point.plan.cvar for point in points])
    assert (np.diff(means) <= 1e-9).all()
    assert (np.diff(np.array(tails, float)) >= -1e-9).all()


def test_the_careful_end_avoids_the_gamble_that_the_bold_end_takes() -> None:
    gamble = [[30.0, 4.0], [-10.0, 4.0]] * 10
    problem = one_function([0.0, 0.0], [1.0, 1.0], [1.0], draws=gamble)
    points = {point.risk: point.plan for point in frontier(problem, solve(problem))}
    assert points[0.0].starts.tolist() == [0, -1]
    assert points[1.0].starts.tolist() == [-1, 0]


def test_both_need_draws() -> None:
    problem = one_function([1.0], [1.0], [1.0])
    with pytest.raises(ValueError, match="robustness"):
        robustness(problem, solve(problem))
    with pytest.raises(ValueError, match="frontier"):
        frontier(problem, solve(problem))
