"""The local search: every plan it gives keeps the rules, and the same seed gives the same plan."""

import numpy as np
import pytest

from clearspan.engines.portfolio import NOT_CHOSEN, Problem
from clearspan.engines.portfolio.check import violations
from clearspan.engines.portfolio.crowd import Decoder
from clearspan.engines.portfolio.greedy import greedy
from clearspan.engines.portfolio.scenarios import sample
from clearspan.engines.portfolio.scoring import objective
from clearspan.engines.portfolio.search import Search
from tests.engines.portfolio.problems import anything, one_function, tried


def searched(problem: Problem, rounds: int = 20, seed: int = 0) -> np.ndarray:
    simple = greedy(problem)
    assert simple is not None
    return Search(problem, sample(problem), np.random.default_rng(seed)).run(simple.array(), rounds)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("risk", [0.0, 0.5])
def test_what_it_finds_keeps_every_rule_and_is_no_worse_than_greedy(seed: int, risk: float) -> None:
    problem = anything(seed, options=14, periods=4, risk=risk)
    found, simple = searched(problem), greedy(problem)
    assert simple is not None
    assert violations(problem, found) == []
    assert objective(problem, found) >= objective(problem, simple.array())


def test_small_portfolios_are_mostly_solved_by_it_alone() -> None:
    reached = 0
    for seed in range(8):
        problem = anything(seed)
        best = tried(problem)
        assert best is not None
        reached += objective(problem, searched(problem)) >= best[0] - 1e-9
    assert reached >= 6


def test_the_same_seed_gives_the_same_plan() -> None:
    problem = anything(1, options=14, periods=4)
    assert searched(problem, seed=5).tolist() == searched(problem, seed=5).tolist()


@pytest.mark.parametrize("seed", range(4))
def test_the_decoder_keeps_every_rule_but_shares_and_musts_in_any_order(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = anything(seed, options=14, periods=4)
    plans = np.full((30, 14), NOT_CHOSEN)
    Decoder(problem).fill(plans, rng.normal(size=(30, 14)), rng.random((30, 14, 4)))
    for starts in plans:
        assert all("of the effort" in fault for fault in violations(problem, starts))


def test_the_decoder_takes_out_what_requires_what_leaves() -> None:
    problem = one_function([1.0, 1.0, 1.0], [1.0] * 3, [1.0] * 3, requires=[(1, 0), (2, 1)])
    plans = np.array([[0, 1, 2]])
    Decoder(problem).remove(plans, np.array([[True, False, False]]))
    assert plans.tolist() == [[NOT_CHOSEN] * 3]


def test_the_decoder_puts_what_is_required_before_what_requires_it_whatever_their_keys() -> None:
    problem = one_function([1.0, 9.0], [1.0, 1.0], [1.0, 1.0], requires=[(1, 0)])
    plans = np.array([[NOT_CHOSEN, NOT_CHOSEN]])
    Decoder(problem).fill(plans, np.array([[0.0, 5.0]]), np.zeros((1, 2, 2)))
    assert plans.tolist() == [[0, 1]]
