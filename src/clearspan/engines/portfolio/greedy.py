"""The plan that a spreadsheet makes: sort by value per effort, take what fits, as early as it fits.

It is what the solver is held against, and where the local search starts.
"""

from __future__ import annotations

import numpy as np

from clearspan.engines.portfolio.arrays import Floats
from clearspan.engines.portfolio.problem import NOT_CHOSEN, Problem
from clearspan.engines.portfolio.schedule import Schedule


def value_per_effort(problem: Problem) -> Floats:
    """Mean worth at the earliest start over all effort (n); without effort, the value itself decides, first."""
    size = problem.size
    return np.asarray(np.where(size > 0, problem.value / np.where(size > 0, size, 1), np.inf * np.sign(problem.value)))


def greedy(problem: Problem) -> Schedule | None:
    """Options by value per effort, musts and what they require first; None when the musts do not fit that way."""
    ranked = np.argsort(-np.nan_to_num(value_per_effort(problem)), kind="stable").tolist()
    return build(problem, ranked)


def build(
    problem: Problem,
    ranked: list[int],
    schedule: Schedule | None = None,
    prefer: Floats | None = None,
    *,
    bundles: bool = False,
) -> Schedule | None:
    """Completes a schedule (an empty one if none is given) in this order, musts first; None when a rule stays broken.

    With `bundles` an option brings what it requires with it; without, it waits until that is in.
    """
    schedule = schedule or Schedule(problem)
    musts = [i for i in ranked if problem.bound[i]]
    schedule.fill(musts, prefer)
    if any(schedule.starts[i] == NOT_CHOSEN for i in musts):
        return None
    schedule.fill([i for i in ranked if problem.value[i] > 0], prefer, bundles=bundles)
    schedule.prune()
    return schedule if schedule.repair(ranked) else None
