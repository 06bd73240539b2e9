"""Which options are chosen whatever comes: the best plan of each draw, as if that draw were known."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from clearspan.engines.portfolio import scoring
from clearspan.engines.portfolio.arrays import Ints
from clearspan.engines.portfolio.control import Limits, Progress, Stop, never, silent, within
from clearspan.engines.portfolio.plan import Plan
from clearspan.engines.portfolio.prices import resolving
from clearspan.engines.portfolio.problem import NOT_CHOSEN, Problem
from clearspan.engines.portfolio.solver import solve

DRAWS = 100  # solved at most; the share's standard error is then under 0.05


@dataclass(frozen=True)
class Robustness:
    """`share` of the draws solved in which each option is in the best plan (n); `draws` of them, `proven` best."""

    share: tuple[float, ...]
    draws: int
    proven: int


def robustness(
    problem: Problem,
    plan: Plan,
    limits: Limits = Limits(),  # noqa: B008 it is frozen
    *,
    draws: int = DRAWS,
    stop: Stop = never,
    progress: Progress = silent,
) -> Robustness:
    """Solves each draw, or `draws` of them drawn at random, for its own best plan, from the best plan known for it.

    Stopped, it counts the draws solved until then, at least one. Raises ValueError without draws.
    """
    if problem.draws is None:
        raise ValueError("robustness: found no draws of the options' values, expected some")
    picked = np.arange(len(problem.draws))
    if len(picked) > draws:
        picked = np.random.default_rng(limits.seed).choice(picked, draws, replace=False)
    less, known, proven = resolving(plan, limits), [plan.starts], 0
    for k, row in enumerate(problem.draws[picked]):
        future = replace(problem, value=row, draws=None, risk=0.0)
        start = max(known, key=lambda starts: scoring.objective(future, starts))
        part = within(progress, k / len(picked), (k + 1) / len(picked))
        best = solve(future, less, start=start, stop=stop, progress=part)
        known.append(best.starts)
        proven += best.optimal
        if stop():
            break
    return Robustness(_shares(known[1:]), len(known) - 1, proven)


def _shares(plans: list[Ints]) -> tuple[float, ...]:
    return tuple((np.array(plans) != NOT_CHOSEN).mean(axis=0).tolist())
