"""What a plan is worth: its mean, its bad tail, and what is left of both at a given taste for risk."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearspan.engines.portfolio.arrays import Floats, Ints
from clearspan.engines.portfolio.problem import NOT_CHOSEN, WORST_SHARE, Problem


@dataclass(frozen=True)
class Value:
    """The worth of a plan. Quantiles are None where no draws were given: how sure it is, is then not known."""

    mean: float
    p05: float | None = None
    p25: float | None = None
    p75: float | None = None
    p95: float | None = None

    @classmethod
    def of(cls, totals: Floats, mean: float) -> Value:
        """From the worth in each draw, one number or many."""
        if len(totals) < 2:
            return cls(mean)
        return cls(mean, *(float(q) for q in np.quantile(totals, (0.05, 0.25, 0.75, 0.95))))


def cvar(totals: Floats, weights: Floats | None = None, share: float = WORST_SHARE) -> float:
    """The mean of the worst `share` of outcomes (Rockafellar and Uryasev 2000), the last one counted in part.

    `totals` are the outcomes; `weights` their probabilities, equal when not given.
    """
    order = np.argsort(totals, kind="stable")
    each = np.full(len(totals), 1 / len(totals)) if weights is None else weights[order]
    before = np.concatenate(([0.0], np.cumsum(each)[:-1]))
    return float(np.clip(share - before, 0, each) @ totals[order] / share)


def mean_worth(problem: Problem, starts: Ints) -> float:
    """The mean worth of what starts when `starts` (n, -1 where not chosen) says."""
    chosen = np.flatnonzero(starts != NOT_CHOSEN)
    return float(problem.worth[chosen, starts[chosen]].sum())


def totals(problem: Problem, starts: Ints) -> Floats:
    """The worth of a plan in each draw (S), or its one known worth when there are no draws."""
    mean = mean_worth(problem, starts)
    if problem.draws is None:
        return np.array([mean])
    chosen = np.flatnonzero(starts != NOT_CHOSEN)
    off = problem.draws[:, chosen] - problem.value[chosen]
    return np.asarray(off.sum(axis=1) + mean, dtype=np.float64)


def objective(problem: Problem, starts: Ints) -> float:
    """(1 - risk) mean + risk CVaR, over all draws."""
    mean = mean_worth(problem, starts)
    if problem.risk == 0 or problem.draws is None:
        return mean
    return float((1 - problem.risk) * mean + problem.risk * cvar(totals(problem, starts)))


def usage(problem: Problem, starts: Ints) -> Floats:
    """Effort used in each period of each function (T x F)."""
    used = np.zeros_like(problem.capacity)
    for i in np.flatnonzero(starts != NOT_CHOSEN):
        used[starts[i] : starts[i] + problem.span[i]] += problem.rate[i]
    return used
