"""Why there is no plan: a smallest set of rules that cannot all hold, found by leaving rules out one after the other.

The deletion filter of Chinneck and Dravnieks (1991): a rule without which there is still no plan is no part of the
reason. Whole groups of rules are tried first, so that few small problems are solved. Only musts can make the empty plan
impossible, so there is always one among what is found.
"""

from __future__ import annotations

import numpy as np

from clearspan.engines.portfolio.model import Model, Rule
from clearspan.engines.portfolio.problem import Problem
from clearspan.engines.portfolio.reasons import never_possible

NODES = 2_000  # for each question whether a plan exists; past it a rule counts as needed


def clash(problem: Problem) -> tuple[str, ...]:
    """The rules that clash, in words; taking any one of them away leaves rules that can hold together.

    A must that no plan could have is the whole reason.
    """
    for i in np.flatnonzero(problem.must):
        alone = never_possible(problem, int(i))
        if alone:
            return (f"{problem.options[i]} is a must, but {alone}",)
    kept = list(Model(problem).rules)
    size = len(kept)
    while size:
        at = 0
        while at < len(kept):
            rest = kept[:at] + kept[at + size :]
            if Model(problem, rules=set(rest)).impossible(NODES):
                kept = rest
            else:
                at += size
        size //= 2
    return tuple(in_words(problem, rule) for rule in kept)


def in_words(problem: Problem, rule: Rule) -> str:
    """What a rule says, in a few words."""
    if rule.kind == "capacity":
        t, f = rule.which
        where = f" in {problem.periods[t]}" if problem.calendar else ""
        return f"{problem.functions[f]}{where} has {problem.capacity[t, f]:g}"
    if rule.kind == "budget":
        return f"the budget is {problem.budget:g}"
    if rule.kind.startswith("bucket"):
        bucket = problem.buckets[rule.which[0]]
        limit = f"at least {bucket.min:.0%}" if rule.kind == "bucket floor" else f"at most {bucket.max:.0%}"
        return f"{bucket.name} has {limit} of the effort"
    names = [problem.options[i] for i in rule.which]
    if rule.kind == "must":
        return f"{names[0]} is a must"
    return f"{names[0]} {rule.kind} {names[1]}"
