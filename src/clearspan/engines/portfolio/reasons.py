"""Why an option is not in the plan: the first rule that keeps it out, and what putting it in would cost."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from clearspan.engines.portfolio import scoring
from clearspan.engines.portfolio.arrays import Ints
from clearspan.engines.portfolio.greedy import build, value_per_effort
from clearspan.engines.portfolio.plan import Plan
from clearspan.engines.portfolio.problem import NOT_CHOSEN, TOLERANCE, Problem
from clearspan.engines.portfolio.scenarios import sample
from clearspan.engines.portfolio.schedule import Schedule
from clearspan.engines.portfolio.search import Search
from clearspan.engines.portfolio.words import amount, listed

SWAPS = 4  # rounds of the search for what one option would displace


@dataclass(frozen=True)
class Rejection:
    """An option that is not chosen and why, in a sentence.

    `loses` is what the plan would lose, at most, with the option forced in: the best found by a short search, so the
    solver may lose less; None where that found no way, or where there is none. `displaces` is what would leave.
    """

    option: str
    why: str
    loses: float | None = None
    displaces: tuple[str, ...] = ()


def rejections(problem: Problem, plan: Plan) -> tuple[Rejection, ...]:
    """One for each option that is not chosen, in the order of the options."""
    return tuple(_rejection(problem, plan, i) for i, q in enumerate(plan.starts) if q == NOT_CHOSEN)


def _rejection(problem: Problem, plan: Plan, i: int) -> Rejection:
    never = never_possible(problem, i)
    if never:
        return Rejection(problem.options[i], never)
    obstacle = _obstacle(problem, plan, i)
    swapped = _swap(problem, plan, i)
    if swapped is None:
        return Rejection(problem.options[i], obstacle or "no way was found to fit it in")
    loses = plan.objective - scoring.objective(problem, swapped)
    out = tuple(problem.options[j] for j in plan.chosen if swapped[j] == NOT_CHOSEN)
    if loses <= TOLERANCE * abs(plan.objective):
        cost = "putting it in would gain or lose nothing that can be told"
    elif out:
        cost = f"it is worth up to {amount(loses)} less than what it would displace ({listed(out)})"
    else:
        cost = f"putting it in would lose up to {amount(loses)}"
    return Rejection(problem.options[i], f"{obstacle}; {cost}" if obstacle else cost, max(loses, 0.0), out)


def never_possible(problem: Problem, i: int) -> str | None:
    """What keeps an option out of every plan."""
    if not problem.starts[i]:
        return "no allowed start lets it finish in the calendar"
    if problem.budget is not None and problem.cost[i] > problem.budget * (1 + TOLERANCE):
        return f"it costs {amount(float(problem.cost[i]))}, more than the whole budget of {amount(problem.budget)}"
    if not Schedule(problem).room()[i].any():
        most = problem.capacity.max(axis=0)
        f = int(np.argmax(problem.rate[i] - most))
        if problem.rate[i, f] > most[f]:
            each = " a period" if problem.calendar else ""
            return (
                f"it needs {amount(float(problem.rate[i, f]))} of {problem.functions[f]}{each}, "
                f"and there are never more than {amount(float(most[f]))}"
            )
        return "at no start are there enough people for it, even with nothing else in the plan"
    return None


def _obstacle(problem: Problem, plan: Plan, i: int) -> str | None:
    """The first rule that keeps it out of this plan; None when it would simply fit."""
    rivals = [problem.options[j] for j in problem.rivals[i] if plan.starts[j] != NOT_CHOSEN]
    if rivals:
        return f"it excludes {listed(rivals)}, which {'is' if len(rivals) == 1 else 'are'} chosen"
    missing = [problem.options[j] for j in problem.prerequisites[i] if plan.starts[j] == NOT_CHOSEN]
    if missing:
        return f"it requires {listed(missing)}, which {'is' if len(missing) == 1 else 'are'} not chosen"
    schedule = Schedule(problem, plan.starts)
    if problem.cost[i] > schedule.money:
        return f"it costs {amount(float(problem.cost[i]))} and {amount(max(schedule.money, 0))} of the budget is left"
    if not schedule.fitting(i):
        return _full(problem, schedule, i)
    if problem.value[i] <= 0:
        return "it is worth nothing by itself"
    schedule.add(i)
    if not schedule.keeps_shares():
        return "it would break a bucket's share of the effort"
    return None


def _full(problem: Problem, schedule: Schedule, i: int) -> str:
    """The function and periods that lack most at the start where least is lacking."""
    span, first = int(problem.span[i]), schedule.earliest(i)
    possible = [q for q in problem.starts[i] if q >= first]
    if not possible:
        return "what it requires finishes too late for it"
    lacking = {q: np.clip(problem.rate[i] - schedule.free[q : q + span], 0, None) for q in possible}
    q = min(possible, key=lambda start: float(lacking[start].sum()))
    f = int(np.argmax(lacking[q].sum(axis=0)))
    if not problem.calendar:
        return f"{problem.functions[f]} is full"
    periods = [problem.periods[q + k] for k in np.flatnonzero(lacking[q][:, f] > 0)]
    return f"{problem.functions[f]} is full in {listed(periods)}"


def _swap(problem: Problem, plan: Plan, i: int) -> Ints | None:
    """The best plan found with option i a must: the old one put back around each of its starts, then improved."""
    forced = replace(problem, must=tuple(must or k == i for k, must in enumerate(problem.must)))
    kept = (plan.starts != NOT_CHOSEN).astype(float)
    ranked = np.lexsort((-np.nan_to_num(value_per_effort(problem)), -kept)).tolist()
    best, worth = None, -np.inf
    for q in problem.starts[i]:
        prefer = np.zeros_like(problem.worth)
        prefer[plan.chosen, plan.starts[plan.chosen]] = 1
        prefer[i, q] = 1
        schedule = build(forced, ranked, prefer=prefer, bundles=True)
        value = -np.inf if schedule is None else scoring.objective(problem, schedule.array())
        if value > worth:
            best, worth = schedule, value
    if best is None:
        return None
    search = Search(forced, sample(forced), np.random.default_rng(i))
    return search.run(best.array(), SWAPS)
