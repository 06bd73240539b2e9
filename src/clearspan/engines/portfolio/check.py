"""Whether a plan keeps every rule: written apart from the model and the search, from the problem's words alone.

It counts period by period and pair by pair, shares no helper with what it checks, and is asked before any plan leaves.
"""

from __future__ import annotations

from clearspan.engines.portfolio.arrays import Ints
from clearspan.engines.portfolio.problem import NOT_CHOSEN, TOLERANCE, Problem


def violations(problem: Problem, starts: Ints) -> list[str]:
    """What a plan breaks, a sentence each; empty when it can be carried out. `starts` as in `Plan`."""
    begun = {i: int(q) for i, q in enumerate(starts) if q != NOT_CHOSEN}
    return [
        *_windows(problem, begun),
        *_capacity(problem, begun),
        *_pairs(problem, begun),
        *_shares(problem, begun),
        *_money(problem, begun),
    ]


def _windows(problem: Problem, begun: dict[int, int]) -> list[str]:
    found = [
        f"{name} is a must and is not chosen"
        for i, name in enumerate(problem.options)
        if problem.must[i] and i not in begun
    ]
    for i, q in begun.items():
        if len(problem.periods) == 1:
            if q != 0:
                found.append(f"{problem.options[i]} starts outside the only period")
        elif q < problem.earliest[i] or q > problem.latest[i]:
            found.append(f"{problem.options[i]} starts outside its window")
        elif q + problem.duration[i] > len(problem.periods):
            found.append(f"{problem.options[i]} ends after the last period")
    return found


def _capacity(problem: Problem, begun: dict[int, int]) -> list[str]:
    found = []
    alone = len(problem.periods) == 1
    for t, period in enumerate(problem.periods):
        for f, function in enumerate(problem.functions):
            need = 0.0
            for i, q in begun.items():
                if alone:
                    need += float(problem.effort[i, f])
                elif q <= t < q + problem.duration[i]:
                    need += float(problem.effort[i, f]) / int(problem.duration[i])
            room = float(problem.capacity[t, f])
            if need > room + TOLERANCE * max(need, room):
                found.append(f"{function} in {period}: {need:g} is needed, {room:g} is there")
    return found


def _pairs(problem: Problem, begun: dict[int, int]) -> list[str]:
    found = []
    for after, before in problem.requires:
        if after not in begun:
            continue
        names = f"{problem.options[after]} requires {problem.options[before]}"
        if before not in begun:
            found.append(f"{names}, which is not chosen")
        elif len(problem.periods) > 1 and begun[before] + problem.duration[before] > begun[after]:
            found.append(f"{names}, which has not finished")
    for a, b in problem.excludes:
        if a in begun and b in begun:
            found.append(f"{problem.options[a]} and {problem.options[b]} exclude each other")
    return found


def _shares(problem: Problem, begun: dict[int, int]) -> list[str]:
    found = []
    total = sum(float(problem.effort[i].sum()) for i in begun)
    for bucket in problem.buckets:
        part = sum(float(problem.effort[i].sum()) for i in begun if problem.bucket[i] == bucket.name)
        if part < (bucket.min - TOLERANCE) * total or part > (bucket.max + TOLERANCE) * total:
            found.append(
                f"{bucket.name} has {part / total:.1%} of the effort, not {bucket.min:.1%} to {bucket.max:.1%}"
            )
    return found


def _money(problem: Problem, begun: dict[int, int]) -> list[str]:
    spent = sum(float(problem.cost[i]) for i in begun)
    if problem.budget is not None and spent > problem.budget + TOLERANCE * max(spent, problem.budget):
        return [f"the options cost {spent:g}, the budget is {problem.budget:g}"]
    return []
