"""A plan: what starts when, what it is worth, and how far from the best possible it can be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearspan.engines.portfolio import scoring
from clearspan.engines.portfolio.arrays import Floats, Ints
from clearspan.engines.portfolio.problem import NOT_CHOSEN, TOLERANCE, Problem
from clearspan.engines.portfolio.scoring import Value


@dataclass(frozen=True)
class Plan:
    """The best found. `starts` (n) holds the period each option starts in, counted from 0, or -1.

    `bound` is what no plan can exceed; `gap` = (bound - objective) / |objective|. `cvar` is None without draws.
    `stopped` says that it was stopped from outside: another run may end elsewhere.
    """

    starts: Ints
    objective: float
    bound: float
    value: Value
    cvar: float | None
    usage: Floats
    stopped: bool = False
    nodes: int = 0

    @classmethod
    def of(cls, problem: Problem, starts: Ints, bound: float, *, stopped: bool = False, nodes: int = 0) -> Plan:
        """The plan with these starts, scored on all draws."""
        worth, totals = scoring.objective(problem, starts), scoring.totals(problem, starts)
        return cls(
            starts=starts,
            objective=worth,
            bound=max(worth, float(bound)),
            value=Value.of(totals, scoring.mean_worth(problem, starts)),
            cvar=None if problem.draws is None else scoring.cvar(totals),
            usage=scoring.usage(problem, starts),
            stopped=stopped,
            nodes=nodes,
        )

    @property
    def slack(self) -> float:
        """How much better the best plan could at most be, in money."""
        return self.bound - self.objective

    @property
    def gap(self) -> float | None:
        """`slack` over the objective; 0 when proven best; None when the objective is 0 and something may be missing."""
        if self.optimal:
            return 0.0
        return self.slack / abs(self.objective) if self.objective else None

    @property
    def optimal(self) -> bool:
        """Whether it is proven that no plan is better."""
        return bool(self.slack <= TOLERANCE * max(abs(self.bound), abs(self.objective)))

    @property
    def chosen(self) -> Ints:
        """The positions of the chosen options."""
        return np.flatnonzero(self.starts != NOT_CHOSEN)
