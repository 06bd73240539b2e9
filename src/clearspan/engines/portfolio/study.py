"""The whole study: the plan and what was asked about it, and the result as the command writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from clearspan.engines.portfolio.control import Limits, Progress, Stop, never, silent, within
from clearspan.engines.portfolio.displacement import Displacement, compared, displacement
from clearspan.engines.portfolio.frontier import Point, frontier
from clearspan.engines.portfolio.plan import Plan
from clearspan.engines.portfolio.prices import CapacityValue, Prices, prices
from clearspan.engines.portfolio.problem import NOT_CHOSEN, Problem
from clearspan.engines.portfolio.reasons import Rejection, rejections
from clearspan.engines.portfolio.robustness import Robustness, robustness
from clearspan.engines.portfolio.solver import solve


@dataclass(frozen=True)
class Requests:
    """What is asked beyond the plan. `force` is an option's name."""

    prices: bool = False
    force: str | None = None
    robust: bool = False
    frontier: bool = False


@dataclass(frozen=True)
class PortfolioResult:
    """The plan, why the others are not in it, and what else was asked; `None` where it was not."""

    problem: Problem
    plan: Plan
    rejected: tuple[Rejection, ...]
    prices: Prices | None = None
    displaces: Displacement | None = None
    robustness: Robustness | None = None
    frontier: tuple[Point, ...] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The result as plain lists, strings and numbers: the contract of `clearspan study portfolio`."""
        problem, plan = self.problem, self.plan
        result: dict[str, Any] = {
            "selected": _selected(problem, plan),
            "rejected": [{"option": each.option, "why": each.why} for each in self.rejected],
            "value": asdict(plan.value),
            "cvar": plan.cvar,
            "objective": plan.objective,
            "bound": plan.bound,
            "gap": plan.gap,
            "optimal": plan.optimal,
            "stopped": plan.stopped,
            "use": [
                {
                    "function": function,
                    "period": period,
                    "used": float(plan.usage[t, f]),
                    "capacity": float(problem.capacity[t, f]),
                }
                for f, function in enumerate(problem.functions)
                for t, period in enumerate(problem.periods)
            ],
        }
        if self.prices is not None:
            result["capacity_value"] = [_price(each) for each in self.prices.each]
            result["capacity_value_throughout"] = [_price(each) for each in self.prices.throughout]
        if self.displaces is not None:
            result["displaces"] = _displacement(self.displaces)
        if self.robustness is not None:
            shares = zip(problem.options, self.robustness.share, strict=True)
            result["chosen_in"] = [{"option": option, "share": share} for option, share in shares]
            result["chosen_in_draws"] = {"solved": self.robustness.draws, "proven": self.robustness.proven}
        if self.frontier is not None:
            result["frontier"] = [
                {
                    "risk": point.risk,
                    "mean": point.plan.value.mean,
                    "cvar": point.plan.cvar,
                    "selected": _selected(problem, point.plan),
                    "gap": point.plan.gap,
                }
                for point in self.frontier
            ]
        return result


def study(
    problem: Problem,
    requests: Requests = Requests(),
    limits: Limits = Limits(),  # noqa: B008 it is frozen
    *,
    start: Plan | None = None,
    stops: Callable[[], Stop] = lambda: never,
    progress: Progress = silent,
) -> PortfolioResult:
    """The plan and what `requests` asks about it.

    `stops` is called as each part begins (the plan, the displacement, ...) and gives that part's own stop, so that one
    part can be cut short without the rest. `start` is a plan known from an earlier run. Raises NoPlan, and ValueError
    where robustness or frontier is asked for without draws.
    """
    asked = [requests.force is not None, requests.prices, requests.robust, requests.frontier]
    parts = iter(_parts(progress, 1 + sum(asked)))
    plan = solve(problem, limits, start=None if start is None else start.starts, stop=stops(), progress=next(parts))
    displaces = priced = robust = points = None
    if requests.force is not None:
        displaces = displacement(problem, plan, requests.force, limits, stop=stops(), progress=next(parts))
        plan = _better(problem, plan, displaces.plan)
    if requests.prices:
        priced = prices(problem, plan, limits, stop=stops(), progress=next(parts))
        plan = _better(problem, plan, priced.plan)
    if displaces is not None and displaces.plan is not None:
        displaces = compared(problem, plan, displaces.plan, displaces.option)
    if requests.robust:
        robust = robustness(problem, plan, limits, stop=stops(), progress=next(parts))
    if requests.frontier:
        points = frontier(problem, plan, limits, stop=stops(), progress=next(parts))
    progress(1.0, "done")
    return PortfolioResult(problem, plan, rejections(problem, plan), priced, displaces, robust, points)


def _parts(progress: Progress, count: int) -> list[Progress]:
    return [within(progress, k / count, (k + 1) / count) for k in range(count)]


def _better(problem: Problem, plan: Plan, other: Plan | None) -> Plan:
    """The better of two plans that both keep the problem's rules, under the tighter bound of the problem's own."""
    if other is None or other.objective <= plan.objective:
        return plan
    better = Plan.of(problem, other.starts, plan.bound, nodes=plan.nodes)
    return replace(better, stopped=plan.stopped or other.stopped)


def _selected(problem: Problem, plan: Plan) -> list[dict[str, Any]]:
    return [
        {"option": problem.options[i], "start": problem.periods[q]}
        for i, q in enumerate(plan.starts)
        if q != NOT_CHOSEN
    ]


def _price(price: CapacityValue) -> dict[str, Any]:
    entry = asdict(price)
    if price.spread is None:
        del entry["spread"]
    if not price.distinguishable:
        entry["note"] = "not distinguishable"
    return entry


def _displacement(displaced: Displacement) -> dict[str, Any]:
    if displaced.plan is None:
        return {"option": displaced.option, "possible": False, "why": list(displaced.clashes)}
    entry: dict[str, Any] = {"option": displaced.option, "possible": True, "start": displaced.start}
    entry |= {"leaves": list(displaced.leaves), "joins": list(displaced.joins)}
    entry["moves"] = [asdict(move) for move in displaced.moves]
    entry |= {"value_lost": displaced.value_lost, "low": displaced.low, "high": displaced.high}
    if displaced.spread is not None and displaced.spread.p05 is not None:
        entry["spread"] = asdict(displaced.spread)
    return entry
