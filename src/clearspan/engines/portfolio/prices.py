"""What one more person is worth: the plan solved again with one more, never the dual of a relaxation.

A dual prices a fraction of an option, and nobody can do a fraction. All plans found on the way are kept and each
question is answered by the best of them that it allows, so that a lucky find is never booked as the worth of a person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from clearspan.engines.portfolio import scoring
from clearspan.engines.portfolio.check import violations
from clearspan.engines.portfolio.control import Limits, Progress, Stop, never, silent, within
from clearspan.engines.portfolio.plan import Plan
from clearspan.engines.portfolio.problem import NOT_CHOSEN, TOLERANCE, Problem
from clearspan.engines.portfolio.scoring import Value
from clearspan.engines.portfolio.solver import solve

SHARE = 0.1  # of the work of the plan, for each re-solve, unless the plan was proven best


@dataclass(frozen=True)
class CapacityValue:
    """The worth of one more unit of a function's capacity in one period, or in every period (`period` None).

    `per_unit` is never negative. The true one lies in `low` to `high`. `distinguishable` is False where the difference
    is smaller than what the plan's own gap leaves open. `binds` is False where no option is kept out by this capacity
    alone: then it was not solved again, and `high` is None. `spread` is the difference draw by draw.
    """

    function: str
    period: str | None
    per_unit: float
    low: float
    high: float | None
    distinguishable: bool
    binds: bool = True
    spread: Value | None = None


@dataclass(frozen=True)
class _Question:
    """A problem with more of one function; `period` is None for all periods."""

    problem: Problem
    f: int
    period: int | None

    @classmethod
    def of(cls, problem: Problem, f: int, period: int | None, unit: float) -> _Question:
        capacity = problem.capacity.copy()
        capacity[slice(None) if period is None else period, f] += unit
        return cls(replace(problem, capacity=capacity), f, period)

    def allows(self, plan: Plan) -> bool:
        """Whether a plan found for another question keeps this one's capacity."""
        return bool((plan.usage <= self.problem.capacity * (1 + TOLERANCE)).all())


@dataclass(frozen=True)
class Prices:
    """By function and period, by function over all periods, and the plan they start from.

    That plan is the one given, or a better one that came up on the way.
    """

    plan: Plan
    each: tuple[CapacityValue, ...]
    throughout: tuple[CapacityValue, ...]


def prices(
    problem: Problem,
    plan: Plan,
    limits: Limits = Limits(),  # noqa: B008 it is frozen
    *,
    unit: float = 1.0,
    stop: Stop = never,
    progress: Progress = silent,
) -> Prices:
    """Solves again with `unit` more of each function in each period where capacity binds, and in all periods together.

    Stopped, it answers for what was not solved again by the plans that were found until then.
    """
    periods = [*range(len(problem.periods)), *([None] if problem.calendar else [])]
    questions = [_Question.of(problem, f, period, unit) for f in range(len(problem.functions)) for period in periods]
    answers: dict[int, Plan] = {}
    for k, question in enumerate(questions):
        if stop():
            break
        if _binds(problem, plan, question):
            part = within(progress, k / len(questions), (k + 1) / len(questions))
            answers[k] = solve(question.problem, resolving(plan, limits), start=plan.starts, stop=stop, progress=part)
    found = [plan, *answers.values()]
    base = _best(problem, found, plan, lambda other: not violations(problem, other.starts))
    each = []
    for k, question in enumerate(questions):
        if k in answers:
            best = _best(question.problem, found, answers[k], question.allows)
            each.append(_price(problem, question, base, best, unit))
        elif not _binds(problem, plan, question):
            each.append(_free(problem, question))
    throughout = tuple(price for price in each if price.period is None) if problem.calendar else tuple(each)
    return Prices(base, tuple(price for price in each if price.period is not None), throughout)


def resolving(plan: Plan, limits: Limits) -> Limits:
    """The work for one of many re-solves: a part, but as many nodes again where so many proved the plan best."""
    part = limits.share(SHARE)
    return replace(part, nodes=limits.nodes) if plan.optimal else part


def _best(problem: Problem, plans: list[Plan], own: Plan, allowed: Callable[[Plan], bool]) -> Plan:
    """The best of the plans allowed, under the bound that was proven for this problem itself."""
    best = max((plan for plan in plans if allowed(plan)), key=lambda plan: plan.objective, default=own)
    return replace(best, bound=max(own.bound, best.objective))


def _price(problem: Problem, question: _Question, base: Plan, more: Plan, unit: float) -> CapacityValue:
    gain = max(0.0, more.objective - base.objective)
    differences = scoring.totals(problem, more.starts) - scoring.totals(problem, base.starts)
    return CapacityValue(
        function=problem.functions[question.f],
        period=None if question.period is None else problem.periods[question.period],
        per_unit=gain / unit,
        low=max(0.0, more.objective - base.bound) / unit,
        high=max(0.0, more.bound - base.objective) / unit,
        distinguishable=bool((base.optimal and more.optimal) or gain > base.slack),
        spread=Value.of(differences / unit, float(differences.mean()) / unit),
    )


def _free(problem: Problem, question: _Question) -> CapacityValue:
    period = None if question.period is None else problem.periods[question.period]
    return CapacityValue(problem.functions[question.f], period, 0.0, 0.0, None, distinguishable=True, binds=False)


def _binds(problem: Problem, plan: Plan, question: _Question) -> bool:
    """Whether some option that could run there, and does not, needs more of the function than is free there."""
    f, calendar = question.f, range(len(problem.periods))
    for t in calendar if question.period is None else [question.period]:
        running = (plan.starts != NOT_CHOSEN) & (plan.starts <= t) & (t < plan.starts + problem.span)
        could = (problem.allowed & (np.arange(len(calendar)) <= t) & (t < problem.ends)).any(axis=1)
        needed = problem.rate[could & ~running, f].max(initial=0.0)
        if needed > (problem.capacity[t, f] - plan.usage[t, f]) * (1 + TOLERANCE):
            return True
    return False
