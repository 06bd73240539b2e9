"""A local search by ruin and recreate, with simulated annealing: a good plan early, for the solver to start from.

Schrimpf, Schneider, Stamm-Wilbrandt and Dueck (2000), "Record breaking optimization results using the ruin and recreate
principle": part of the plan is taken out, the rest is filled up again in a perturbed order, and the new plan is kept
when it is better or, now and then, when it is a little worse. What is scarce is priced by the duals of the linear
relaxation where they are known: only to order the options, never as a result.
"""

from __future__ import annotations

import numpy as np

from clearspan.engines.portfolio.arrays import Floats, Ints
from clearspan.engines.portfolio.control import Progress, Stop, never, silent
from clearspan.engines.portfolio.greedy import build
from clearspan.engines.portfolio.problem import Problem
from clearspan.engines.portfolio.scenarios import Scenarios
from clearspan.engines.portfolio.schedule import Schedule

HEAT = 0.004  # of the best value: how much worse a new plan may be, at first
RUIN = 10  # options taken out at most, at once
NOISE = 0.2  # standard deviation of the perturbation of the order, in logarithms
LOOK = 64  # iterations between two looks at whether to stop


class Search:
    """One local search over plans of `problem`; reproducible from `rng`."""

    def __init__(
        self, problem: Problem, scenarios: Scenarios, rng: np.random.Generator, scarcity: Floats | None = None
    ) -> None:
        self.problem, self.scenarios, self.rng = problem, scenarios, rng
        self.prices = np.full_like(problem.capacity, 1.0) if scarcity is None else scarcity
        self.appeal = _appeal(problem, self.prices)
        self.wish = problem.worth - _price_of_starts(problem, self.prices)

    def run(self, start: Schedule, iterations: int, stop: Stop = never, progress: Progress = silent) -> Ints:
        """The best starts (n) found in so many iterations from `start`, which keeps every rule."""
        current, worth = start, self._worth(start)
        best, record = start.array(), worth
        for k in range(iterations):
            if k % LOOK == 0:
                if stop():
                    break
                progress(k / iterations, "searching for a good plan")
            heat = HEAT * abs(record) * (1 - k / iterations)
            candidate = self._neighbour(current)
            if candidate is None:
                continue
            value = self._worth(candidate)
            if value > worth - heat * self.rng.exponential():
                current, worth = candidate, value
                if worth > record:
                    best, record = current.array(), worth
        return best

    def _worth(self, schedule: Schedule) -> float:
        return self.scenarios.objective(self.problem, schedule.array())

    def _neighbour(self, schedule: Schedule) -> Schedule | None:
        rng, twin = self.rng, schedule.copy()
        twin.remove(self._ruined(twin))
        ranked = np.argsort(-(self._order() + rng.normal(0, NOISE, len(self.appeal))), kind="stable").tolist()
        prefer = self.wish if rng.random() < 0.5 else None
        return build(self.problem, ranked, twin, prefer, bundles=True)

    def _order(self) -> Floats:
        """The appeal of each option: by the prices known, and sometimes by one drawn for each function."""
        if self.rng.random() < 0.85:
            return self.appeal
        return _appeal(
            self.problem,
            np.tile(self.rng.dirichlet(np.ones(len(self.problem.functions))), (len(self.problem.periods), 1)),
        )

    def _ruined(self, schedule: Schedule) -> list[int]:
        """A few chosen options: half the time any, half the time some that run in one period."""
        rng, chosen = self.rng, schedule.chosen()
        if not chosen:
            return []
        if rng.random() < 0.5:
            t, span = int(rng.integers(len(self.problem.periods))), self.problem.span
            chosen = [i for i in chosen if schedule.starts[i] <= t < schedule.starts[i] + span[i]] or chosen
        count = min(int(rng.integers(1, RUIN + 1)), len(chosen))
        return [int(i) for i in rng.choice(chosen, count, replace=False)]


def _price_of_starts(problem: Problem, prices: Floats) -> Floats:
    """What the people of option i cost at these prices (T x F) when it starts in period q (n x T)."""
    running = np.cumsum(np.hstack([np.zeros((len(problem.options), 1)), problem.rate @ prices.T]), axis=1)
    return np.asarray(np.take_along_axis(running, problem.ends, axis=1) - running[:, :-1], dtype=np.float64)


def _appeal(problem: Problem, prices: Floats) -> Floats:
    """The logarithm of value over the mean price of the starts allowed (n); worthless options last, free ones first."""
    count = problem.allowed.sum(axis=1)
    mean = np.where(problem.allowed, _price_of_starts(problem, prices), 0.0).sum(axis=1) / np.maximum(count, 1)
    with np.errstate(divide="ignore", invalid="ignore"):  # nothing over nothing, which becomes an even order below
        ratio = np.log(np.maximum(problem.value, 0)) - np.log(mean)
    return np.asarray(np.nan_to_num(ratio, nan=0.0, posinf=50.0, neginf=-50.0), dtype=np.float64)
