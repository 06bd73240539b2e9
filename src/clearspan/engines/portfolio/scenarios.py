"""Fewer scenarios for the solver, chosen so that what it proves stays true of all the draws.

Draws are put into groups and each group is replaced by its mean. CVaR of the lower tail is concave in the outcome and
a group's mean is a conditional expectation, so by Jensen's inequality the reduced problem values every plan at least
as high as all the draws do: a bound of the reduced problem is a bound of the full one. Groups are cut along the order
that given plans put the draws in, with a cut at the edge of the worst tail, so that the reduced problem values exactly
those plans as the draws do (the aggregation of Espinoza and Moreno 2014).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from clearspan.engines.portfolio.arrays import Floats, Ints
from clearspan.engines.portfolio.problem import NOT_CHOSEN, WORST_SHARE, Problem
from clearspan.engines.portfolio.scoring import cvar, mean_worth, totals

MOST = 200  # groups; the solver has a row for each
BANDS = 40  # cuts along the first plan, half of them inside its worst tail and its neighbourhood
SAMPLE = 1_000  # draws that the local search looks at


@dataclass(frozen=True)
class Scenarios:
    """How far each option's worth is from its mean in each scenario (K x n), and the scenarios' weights (K)."""

    off: Floats
    weight: Floats

    def objective(self, problem: Problem, starts: Ints) -> float:
        """(1 - risk) mean + risk CVaR, over these scenarios."""
        mean = mean_worth(problem, starts)
        if problem.risk == 0:
            return mean
        return mean + problem.risk * cvar(self.off @ (starts != NOT_CHOSEN), self.weight)

    def objectives(self, problem: Problem, plans: Ints) -> Floats:
        """The objective of many plans (P x n) at once (P)."""
        chosen = plans != NOT_CHOSEN
        worth = problem.worth[np.arange(plans.shape[1]), plans]
        mean = np.where(chosen, worth, 0.0).sum(axis=1)
        if problem.risk == 0:
            return np.asarray(mean, dtype=np.float64)
        tails = [cvar(outcomes, self.weight) for outcomes in chosen @ self.off.T]
        return np.asarray(mean + problem.risk * np.array(tails), dtype=np.float64)


def sample(problem: Problem) -> Scenarios:
    """Every k-th draw, at most SAMPLE of them; one scenario, the mean, where risk plays no part."""
    if problem.draws is None or problem.risk == 0:
        return Scenarios(np.zeros((1, len(problem.options))), np.ones(1))
    every = ceil(len(problem.draws) / SAMPLE)
    off = problem.draws[::every] - problem.value
    return Scenarios(off, np.full(len(off), 1 / len(off)))


def reduce(problem: Problem, plans: Sequence[Ints]) -> Scenarios:
    """At most MOST groups of draws that value each of `plans` (the first ones, if there are too many) exactly."""
    if problem.draws is None or problem.risk == 0:
        return sample(problem)
    if len(problem.draws) <= MOST:
        return _grouped(problem, np.arange(len(problem.draws)))
    group = np.zeros(len(problem.draws), dtype=np.int64)
    for k, plan in enumerate(plans):
        band = np.searchsorted(_cuts(len(group), BANDS if k == 0 else 0), _rank(totals(problem, plan)), side="right")
        finer = np.unique(group * (BANDS + 4) + band, return_inverse=True)[1].reshape(-1)
        if finer.max() >= MOST:
            break
        group = finer
    return _grouped(problem, group)


def _rank(outcomes: Floats) -> Ints:
    rank = np.empty(len(outcomes), dtype=np.int64)
    rank[np.argsort(outcomes, kind="stable")] = np.arange(len(outcomes))
    return rank


def _cuts(draws: int, bands: int) -> Ints:
    """Ranks at which a new group begins: both sides of the tail's edge, and `bands` more, denser in the bad tail."""
    edge = WORST_SHARE * draws
    extra = np.concatenate([np.linspace(0, 3 * edge, bands // 2 + 1), np.linspace(3 * edge, draws, bands // 2 + 1)])
    return np.unique(np.concatenate([[floor(edge), ceil(edge)], extra.astype(np.int64) if bands else []])).astype(
        np.int64
    )


def _grouped(problem: Problem, group: Ints) -> Scenarios:
    assert problem.draws is not None
    size = np.bincount(group)
    total = np.zeros((len(size), problem.draws.shape[1]))
    np.add.at(total, group, problem.draws)
    return Scenarios(total / size[:, None] - problem.value, size / size.sum())
