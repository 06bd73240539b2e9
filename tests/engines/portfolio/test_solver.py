"""The plan against every plan there is, on portfolios small enough to try them all."""

import numpy as np
import pytest

from clearspan.engines.portfolio import Limits, NoPlan, Problem, solve
from clearspan.engines.portfolio.check import violations
from clearspan.engines.portfolio.greedy import greedy
from clearspan.engines.portfolio.scoring import objective
from tests.engines.portfolio.problems import anything, one_function, tried


@pytest.mark.parametrize("seed", range(12))
def test_the_best_of_all_plans_is_found_and_proven(seed: int) -> None:
    problem = anything(seed)
    best = tried(problem)
    assert best is not None
    plan = solve(problem)
    assert plan.objective == pytest.approx(best[0])
    assert plan.optimal


@pytest.mark.parametrize("risk", [0.3, 1.0])
def test_with_risk_too_the_best_of_all_plans_is_found_and_proven(risk: float) -> None:
    problem = anything(3, risk=risk)
    best = tried(problem)
    assert best is not None
    plan = solve(problem)
    assert plan.objective == pytest.approx(best[0])
    assert plan.optimal


def test_reducing_many_draws_loses_nothing_that_the_gap_does_not_show() -> None:
    problem = anything(4, risk=0.5, draws=1_000)
    best = tried(problem)
    assert best is not None
    plan = solve(problem)
    assert plan.objective <= best[0] + 1e-9 <= plan.bound + 1e-6
    assert plan.objective == pytest.approx(best[0], rel=0.01)


def test_the_same_limits_and_seed_give_the_same_digits() -> None:
    problem = anything(5, options=20, periods=4)
    first, second = (solve(problem, Limits(iterations=10, nodes=20, seed=7)) for _ in range(2))
    assert first.starts.tolist() == second.starts.tolist()
    assert (first.objective, first.bound) == (second.objective, second.bound)


def test_a_plan_is_never_worse_than_greedy_nor_than_the_one_it_starts_from() -> None:
    problem = anything(6, options=20, periods=4)
    simple = greedy(problem)
    assert simple is not None
    known = solve(problem).starts
    nothing = Limits(iterations=0, nodes=0)
    assert solve(problem, nothing).objective >= objective(problem, simple.array())
    assert solve(problem, nothing, start=known).objective >= objective(problem, known)


def test_a_start_that_breaks_a_rule_is_not_used() -> None:
    problem = one_function([5.0, 4.0], [1.0, 1.0], [1.0])
    plan = solve(problem, Limits(iterations=0, nodes=0), start=np.array([0, 0]))
    assert violations(problem, plan.starts) == []


def test_stopped_at_once_it_gives_the_best_so_far_and_says_so() -> None:
    problem = anything(7, options=20, periods=4)
    plan = solve(problem, stop=lambda: True)
    assert plan.stopped
    assert violations(problem, plan.starts) == []
    assert plan.bound >= plan.objective


def test_what_is_raised_while_it_is_watched_reaches_the_caller() -> None:
    def shout(fraction: float, words: str) -> None:
        if words.startswith("proving"):
            raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        solve(anything(8, options=30, periods=6), Limits(iterations=0), progress=shout)


def test_delay_costs_bring_the_dearest_to_wait_to_the_front() -> None:
    problem = one_function([10.0, 10.0], [1.0, 1.0], [1.0, 1.0], delay_cost=[1.0, 3.0])
    assert solve(problem).starts.tolist() == [1, 0]


def test_delay_is_counted_from_the_earliest_start_allowed() -> None:
    problem = one_function([10.0], [1.0], [1.0, 1.0, 1.0], delay_cost=[3.0], earliest=[1])
    plan = solve(problem)
    assert (plan.starts.tolist(), plan.objective) == ([1], 10.0)


def test_without_a_calendar_duration_and_order_do_not_matter() -> None:
    problem = one_function([5.0, 5.0], [1.0, 1.0], [2.0], duration=[4, 4], requires=[(0, 1)])
    assert solve(problem).starts.tolist() == [0, 0]


def test_an_option_worth_nothing_is_chosen_for_what_it_enables() -> None:
    problem = one_function([-2.0, 10.0], [1.0, 1.0], [1.0, 1.0], requires=[(1, 0)])
    plan = solve(problem, Limits(nodes=0))
    assert plan.starts.tolist() == [0, 1]


def test_an_empty_plan_is_a_plan() -> None:
    plan = solve(one_function([-1.0], [1.0], [1.0]))
    assert (plan.starts.tolist(), plan.objective, plan.gap) == ([-1], 0.0, 0.0)


def test_amounts_may_be_in_millions_or_in_millionths() -> None:
    for unit in (1e-6, 1.0, 1e9):
        problem = anything(1)
        scaled = Problem.of(
            problem.options,
            problem.effort * unit,
            problem.capacity * unit,
            problem.value / unit,
            duration=problem.duration,
        )
        best = tried(scaled)
        assert best is not None
        assert solve(scaled).objective == pytest.approx(best[0])


def test_musts_that_do_not_fit_together_are_no_plan() -> None:
    with pytest.raises(NoPlan):
        solve(one_function([5.0, 4.0], [1.0, 1.0], [1.0], must=[True, True]))
