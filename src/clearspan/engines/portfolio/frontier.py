"""What a safer plan costs: the best plan at each taste for risk."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clearspan.engines.portfolio.control import Limits, Progress, Stop, never, silent, within
from clearspan.engines.portfolio.plan import Plan
from clearspan.engines.portfolio.prices import resolving
from clearspan.engines.portfolio.problem import Problem
from clearspan.engines.portfolio.solver import solve

RISKS = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)


@dataclass(frozen=True)
class Point:
    """The best plan found at one `risk`."""

    risk: float
    plan: Plan


def frontier(
    problem: Problem,
    plan: Plan,
    limits: Limits = Limits(),  # noqa: B008 it is frozen
    *,
    risks: tuple[float, ...] = RISKS,
    stop: Stop = never,
    progress: Progress = silent,
) -> tuple[Point, ...]:
    """Solves at each risk and gives every risk the best for it of all the plans found, so that along the frontier the
    mean never rises and CVaR never falls. Stopped, it answers from the plans found until then.

    Raises ValueError without draws.
    """
    if problem.draws is None:
        raise ValueError("frontier: found no draws of the options' values, expected some")
    less, found = resolving(plan, limits), [plan]
    bounds: dict[float, float] = {}
    for k, risk in enumerate(risks):
        if stop():
            break
        part = within(progress, k / len(risks), (k + 1) / len(risks))
        best = solve(replace(problem, risk=risk), less, start=found[-1].starts, stop=stop, progress=part)
        found.append(best)
        bounds[risk] = best.bound
    return tuple(Point(risk, _best(problem, found, risk, bounds.get(risk, plan.bound))) for risk in risks)


def _best(problem: Problem, found: list[Plan], risk: float, bound: float) -> Plan:
    there = replace(problem, risk=risk)
    plans = [Plan.of(there, plan.starts, bound) for plan in found]
    return max(plans, key=lambda plan: plan.objective)
