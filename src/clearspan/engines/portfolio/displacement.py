"""The price of an ad-hoc ask: what leaves the plan, and what it loses, when an option is forced in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clearspan.engines.portfolio import scoring
from clearspan.engines.portfolio.control import Limits, Progress, Stop, never, silent
from clearspan.engines.portfolio.plan import Plan
from clearspan.engines.portfolio.problem import NOT_CHOSEN, Problem
from clearspan.engines.portfolio.scoring import Value
from clearspan.engines.portfolio.solver import NoPlan, solve


@dataclass(frozen=True)
class Move:
    """An option that starts in another period than in the plan before."""

    option: str
    before: str
    after: str


@dataclass(frozen=True)
class Displacement:
    """The plan with `option` forced in against the plan without.

    `value_lost` is the objective's fall, the option's own worth taken into account: what it would have to bring on top
    to be no loss. The true one lies in `low` to `high`, both plans' gaps considered. `spread` is the fall draw by draw.
    Where the option cannot be forced in, `plan` and the amounts are None, and `clashes` names what forbids it.
    """

    option: str
    plan: Plan | None = None
    start: str | None = None
    leaves: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    value_lost: float | None = None
    low: float | None = None
    high: float | None = None
    spread: Value | None = None
    clashes: tuple[str, ...] = ()


def displacement(
    problem: Problem,
    plan: Plan,
    option: str,
    limits: Limits = Limits(),  # noqa: B008 it is frozen
    *,
    stop: Stop = never,
    progress: Progress = silent,
) -> Displacement:
    """Solves again with `option` a must. Raises KeyError when there is no such option."""
    i = problem.index(option)
    if plan.starts[i] != NOT_CHOSEN:
        return compared(problem, plan, plan, option)
    forced = replace(problem, must=tuple(must or k == i for k, must in enumerate(problem.must)))
    try:
        found = solve(forced, limits, start=plan.starts, stop=stop, progress=progress)
    except NoPlan as none:
        return Displacement(option, clashes=none.clashes)
    return compared(problem, plan, found, option)


def compared(problem: Problem, plan: Plan, forced: Plan, option: str) -> Displacement:
    """What the forced plan changes. Never a gain: a forced plan that is better is the better plan of both problems."""
    pairs = list(zip(problem.options, plan.starts, forced.starts, strict=True))
    lost = scoring.totals(problem, plan.starts) - scoring.totals(problem, forced.starts)
    return Displacement(
        option=option,
        plan=forced,
        start=problem.periods[forced.starts[problem.index(option)]],
        leaves=tuple(name for name, a, b in pairs if a != NOT_CHOSEN and b == NOT_CHOSEN),
        joins=tuple(name for name, a, b in pairs if a == NOT_CHOSEN and b != NOT_CHOSEN and name != option),
        moves=tuple(
            Move(name, problem.periods[a], problem.periods[b])
            for name, a, b in pairs
            if NOT_CHOSEN not in (a, b) and a != b
        ),
        value_lost=max(0.0, plan.objective - forced.objective),
        low=max(0.0, plan.objective - forced.bound),
        high=max(0.0, plan.bound - forced.objective),
        spread=Value.of(lost, float(lost.mean())),
    )
