"""A local search by ruin and recreate, with simulated annealing: a good plan early, for the solver to start from.

Schrimpf, Schneider, Stamm-Wilbrandt and Dueck (2000), "Record breaking optimization results using the ruin and
recreate principle": part of the plan is taken out, the rest is filled up again in a perturbed order, and the new plan
is kept when it is better or, now and then, when it is a little worse. A few chains run side by side, each looking at
several new plans a round; now and then the worst chain goes on from the best plan. What is scarce is priced by the
duals of the linear relaxation where they are known: only to order the options, never as a result.
"""

from __future__ import annotations

import numpy as np

from clearspan.engines.portfolio.arrays import Floats, Ints
from clearspan.engines.portfolio.control import Progress, Stop, never, silent
from clearspan.engines.portfolio.crowd import Decoder, Flags
from clearspan.engines.portfolio.greedy import value_per_effort
from clearspan.engines.portfolio.problem import NOT_CHOSEN, Problem
from clearspan.engines.portfolio.scenarios import Scenarios
from clearspan.engines.portfolio.schedule import Schedule

CHAINS, EACH = 8, 8  # chains, and new plans that each looks at in a round
HEAT = 0.006  # of the best value: how much worse a new plan may be, at first
RUIN = 12  # options taken out at most, at once
NOISE = 0.35  # standard deviation of the perturbation of the order, in logarithms
REPLACE = 25  # rounds after which the worst chain takes over the best plan


class Search:
    """One local search over plans of `problem`; reproducible from `rng`."""

    def __init__(
        self, problem: Problem, scenarios: Scenarios, rng: np.random.Generator, scarcity: Floats | None = None
    ) -> None:
        self.problem, self.scenarios, self.rng = problem, scenarios, rng
        self.decoder = Decoder(problem)
        prices = np.full_like(problem.capacity, 1.0) if scarcity is None else scarcity
        self.appeal = _appeal(problem, prices)
        self.wish = problem.worth - _price_of_starts(problem, prices)
        gain = np.where(problem.allowed.any(axis=1), np.maximum(problem.value, 0), 0)
        self.lure = gain / gain.sum() if gain.sum() > 0 else gain

    def run(self, start: Ints, rounds: int, stop: Stop = never, progress: Progress = silent) -> Ints:
        """The best starts (n) found in so many rounds from `start`, which keeps every rule."""
        current = np.tile(start, (CHAINS, 1))
        worth = self.scenarios.objectives(self.problem, current)
        best, record = start, float(worth[0])
        for k in range(rounds):
            if stop():
                break
            progress(k / rounds, "searching for a good plan")
            found, value = self._neighbours(current)
            heat = HEAT * abs(record) * (1 - k / rounds)
            kept = value > worth - heat * self.rng.exponential(size=CHAINS)
            current[kept], worth[kept] = found[kept], value[kept]
            top = int(worth.argmax())
            if worth[top] > record:
                best, record = current[top].copy(), float(worth[top])
            if k % REPLACE == REPLACE - 1:
                low = int(worth.argmin())
                current[low], worth[low] = best, record
        return best

    def _neighbours(self, current: Ints) -> tuple[Ints, Floats]:
        """For each chain the best of its new plans, and what that is worth; minus infinity where all broke a rule."""
        rng, plans = self.rng, np.repeat(current, EACH, axis=0)
        shape = plans.shape
        keys = self._order(len(plans)) + rng.normal(0, NOISE, shape)
        force = rng.random(len(plans)) < 0.5
        out = np.where(force[:, None], self._in_the_way(plans, keys, force), self._ruined(plans))
        self.decoder.remove(plans, out)
        self.decoder.fill(plans, keys, self._preferred_starts(len(plans)))
        broken = self._broken(plans)
        value = self.scenarios.objectives(self.problem, plans)
        value[broken] = -np.inf
        top = value.reshape(CHAINS, EACH).argmax(axis=1) + EACH * np.arange(CHAINS)
        return plans[top], value[top]

    def _order(self, count: int) -> Floats:
        """The appeal of each option (count x n): by the prices known, and sometimes by one drawn for each function."""
        functions = self.rng.dirichlet(np.ones(len(self.problem.functions)), count)
        with np.errstate(divide="ignore", invalid="ignore"):
            drawn = np.log(np.maximum(self.problem.value, 0)) - np.log(functions @ self.problem.effort.T)
        drawn = np.nan_to_num(drawn, nan=0.0, posinf=50.0, neginf=-50.0)
        return np.where(self.rng.random((count, 1)) < 0.85, self.appeal, drawn)

    def _preferred_starts(self, count: int) -> Floats:
        """How each plan likes starts: as early as possible, where people are cheap, or anywhere (count x n x T)."""
        kind = self.rng.random(count)[:, None, None]
        early, anywhere = -np.arange(float(self.wish.shape[1])), self.rng.random((count, 1, self.wish.shape[1]))
        return np.where(kind < 0.5, early, np.where(kind < 0.75, self.wish, anywhere))

    def _ruined(self, plans: Ints) -> Flags:
        """A few chosen options of each plan: half the time any, half the time some that run in one period."""
        rng, chosen = self.rng, plans != NOT_CHOSEN
        period = rng.integers(self.wish.shape[1], size=(len(plans), 1))
        near = (plans <= period) & (period < plans + self.problem.span)
        lot = rng.random(plans.shape) + np.where(near | (rng.random((len(plans), 1)) < 0.5), 0, 1) + ~chosen * 2.0
        rank = lot.argsort(axis=1).argsort(axis=1)
        return np.asarray((rank < rng.integers(1, RUIN + 1, size=(len(plans), 1))) & chosen)

    def _in_the_way(self, plans: Ints, keys: Floats, force: Flags) -> Flags:
        """Draws an option for each plan, by value, gives it the first key, and names what to clear for it.

        Ruin alone hardly ever frees enough people at once for a large option.
        """
        rng, problem = self.rng, self.problem
        if not self.lure.any():
            return np.zeros_like(force[:, None] & (plans == 0))
        i = rng.choice(len(self.lure), size=len(plans), p=self.lure)
        keys[np.flatnonzero(force), i[force]] = 1e3
        first = np.array([window.start for window in problem.starts])[i]
        count = problem.allowed.sum(axis=1)[i]
        q = (first + rng.integers(0, np.maximum(count, 1)))[:, None]
        clash = (plans < q + problem.span[i][:, None]) & (q < plans + problem.span) & (plans != NOT_CHOSEN)
        shares = (problem.rate > 0).astype(float) @ (problem.rate[i] > 0).T.astype(float)
        return np.asarray(clash & (shares.T > 0) & (rng.random(plans.shape) < rng.random((len(plans), 1))))

    def _broken(self, plans: Ints) -> Flags:
        """Mends the buckets' shares by taking options out; which plans still break one, or lack a must."""
        broken = np.asarray((plans[:, self.decoder.bound] == NOT_CHOSEN).any(axis=1))
        if self.problem.buckets:
            ranked = np.argsort(-np.nan_to_num(value_per_effort(self.problem)), kind="stable").tolist()
            for k in np.flatnonzero(~broken):
                schedule = Schedule(self.problem, plans[k])
                broken[k] = not schedule.repair(ranked)
                plans[k] = schedule.starts
        return broken


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
