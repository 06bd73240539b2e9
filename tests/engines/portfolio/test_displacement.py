"""Forcing an option in costs what leaves, less what it brings."""

import pytest

from clearspan.engines.portfolio import displacement, solve
from clearspan.engines.portfolio.displacement import Move
from tests.engines.portfolio.problems import anything, one_function, tried


def test_what_leaves_and_the_value_lost_are_told() -> None:
    problem = one_function([9.0, 4.0], [2.0, 1.0], [2.0])
    found = displacement(problem, solve(problem), "b")
    assert (found.leaves, found.value_lost, found.low, found.high) == (("a",), 5.0, 5.0, 5.0)


def test_what_only_moves_is_told_apart_from_what_leaves() -> None:
    problem = one_function([9.0, 8.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0], delay_cost=[1.0, 3.0, 0.0], latest=[1, 1, 0])
    found = displacement(problem, solve(problem), "c")
    assert found.start == "1"
    assert (found.leaves, found.moves) == (("b",), ()) or found.moves == (Move("b", "1", "2"),)


def test_an_option_that_is_chosen_anyway_costs_nothing() -> None:
    problem = one_function([9.0, 4.0], [2.0, 1.0], [2.0])
    found = displacement(problem, solve(problem), "a")
    assert (found.leaves, found.value_lost, found.start) == ((), 0.0, "1")


def test_an_option_that_cannot_be_forced_in_says_what_forbids_it() -> None:
    problem = one_function([9.0, 4.0], [2.0, 1.0], [2.0], must=[True, False])
    found = displacement(problem, solve(problem), "b")
    assert found.plan is None
    assert found.value_lost is None
    assert set(found.clashes) == {"a is a must", "b is a must", "design has 2"}


def test_a_name_that_is_no_option_is_refused() -> None:
    problem = one_function([9.0], [2.0], [2.0])
    with pytest.raises(KeyError):
        displacement(problem, solve(problem), "z")


@pytest.mark.parametrize("seed", range(4))
def test_the_value_lost_is_the_difference_of_the_two_best_plans(seed: int) -> None:
    problem = anything(seed)
    plan, best = solve(problem), tried(problem)
    for option in problem.options:
        found = displacement(problem, plan, option)
        if found.plan is not None:
            assert best is not None
            assert found.value_lost == pytest.approx(best[0] - found.plan.objective, abs=1e-6)
