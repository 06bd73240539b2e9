"""Finds the plan: greedy, then local search, then HiGHS from there, and the best of all that passes the check."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from clearspan.engines.portfolio import scoring
from clearspan.engines.portfolio.arrays import Floats, Ints
from clearspan.engines.portfolio.check import violations
from clearspan.engines.portfolio.clash import clash
from clearspan.engines.portfolio.control import Limits, Progress, Stop, never, silent, within
from clearspan.engines.portfolio.greedy import greedy
from clearspan.engines.portfolio.model import Model
from clearspan.engines.portfolio.plan import Plan
from clearspan.engines.portfolio.problem import TOLERANCE, Problem
from clearspan.engines.portfolio.scenarios import Scenarios, reduce, sample
from clearspan.engines.portfolio.search import Search

ROUNDS = 3  # solutions of the reduced problem; each tells the next which draws matter
CLOSE = 1e-4  # relative; how well the reduced problem must value a plan to need no further round


class NoPlan(Exception):  # noqa: N818 it is an answer, not an error
    """There is no plan that keeps every rule: `clashes` names rules that cannot hold together, a smallest such set.

    Or none was found before it was stopped or its limits were reached: then `clashes` is empty.
    """

    def __init__(self, clashes: tuple[str, ...] = ()) -> None:
        super().__init__("these cannot all hold: " + "; ".join(clashes) if clashes else "no plan was found in the time")
        self.clashes = clashes


def solve(
    problem: Problem,
    limits: Limits = Limits(),  # noqa: B008 it is frozen
    *,
    start: Ints | None = None,
    stop: Stop = never,
    progress: Progress = silent,
) -> Plan:
    """The best plan within `limits`, never worse than the greedy one nor than `start` (if that keeps every rule).

    The same problem, limits and start give the same plan to the last digit, unless `stop` says True: then the best so
    far is returned. Raises NoPlan when rules clash.
    """
    search = _Solution(problem, limits, stop, progress)
    search.begin(start)
    search.improve()
    search.prove()
    return search.plan()


class _Solution:
    """The best so far of one problem, and what is proven of it."""

    def __init__(self, problem: Problem, limits: Limits, stop: Stop, progress: Progress) -> None:
        self.problem, self.limits, self.stop, self.progress = problem, limits, stop, progress
        self.best: Ints | None = None
        self.worth = -np.inf
        self.bound = np.inf
        self.nodes = 0
        self.stopped = False
        self.model = Model(problem)  # without the tail: what it proves holds at any risk, for CVaR is under the mean
        self.scarcity: Floats | None = None

    def offer(self, starts: Ints | None) -> None:
        """Keeps a plan if it is the best and the check passes it."""
        if starts is None:
            return
        worth = scoring.objective(self.problem, starts)
        if worth > self.worth and not violations(self.problem, starts):
            self.best, self.worth = starts, worth

    def begin(self, start: Ints | None) -> None:
        """The plans known beforehand, and the linear relaxation: a first bound, and what is scarce."""
        self.progress(0.0, "looking at what is scarce")
        self.offer(start)
        simple = greedy(self.problem)
        self.offer(simple.array() if simple else None)
        relaxed = self.model.relaxation()
        if relaxed is None:
            raise NoPlan(clash(self.problem))
        self.scarcity, self.bound = relaxed

    def improve(self) -> None:
        """Local search from the best plan so far."""
        if self.best is None or self.limits.iterations == 0 or self._proven():
            return
        rng = np.random.default_rng(self.limits.seed)
        search = Search(self.problem, sample(self.problem), rng, self.scarcity)
        rounds = self.limits.iterations * len(self.problem.options)
        found = search.run(self.best, rounds, self._stop, within(self.progress, 0.05, 0.3))
        self.offer(found)

    def prove(self) -> None:
        """HiGHS from the best plan so far; with risk, again where the reduced draws flattered what it found."""
        plans = [] if self.best is None else [self.best]
        for k in range(ROUNDS if self.problem.risk > 0 else 1):
            left = None if self.limits.nodes is None else self.limits.nodes - self.nodes
            if left == 0 or self._proven() or self._stop():
                return
            scenarios = reduce(self.problem, plans)
            model = Model(self.problem, scenarios) if self.problem.risk > 0 else self.model
            share = None if left is None else max(1, left // (2 if k + 1 < ROUNDS and self.problem.risk > 0 else 1))
            answer = model.solve(
                replace(self.limits, nodes=share), self.best, self._stop, within(self.progress, 0.3, 1.0)
            )
            if answer.infeasible:
                raise NoPlan(clash(self.problem))
            self.nodes += answer.nodes
            self.bound = min(self.bound, answer.bound)
            self.offer(answer.starts)
            if answer.starts is None or self._true_to(scenarios, answer.starts):
                return
            plans.append(answer.starts)

    def plan(self) -> Plan:
        if self.best is None:
            raise NoPlan
        self.progress(1.0, "done")
        return Plan.of(self.problem, self.best, self.bound, stopped=self.stopped, nodes=self.nodes)

    def _proven(self) -> bool:
        return self.best is not None and self.bound - self.worth <= TOLERANCE * abs(self.bound)

    def _true_to(self, scenarios: Scenarios, starts: Ints) -> bool:
        """Whether the reduced draws value a plan as all of them do."""
        truth = scoring.objective(self.problem, starts)
        return scenarios.objective(self.problem, starts) - truth <= CLOSE * abs(truth)

    def _stop(self) -> bool:
        self.stopped = self.stopped or self.stop()
        return self.stopped
