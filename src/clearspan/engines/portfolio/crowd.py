"""Many plans at once: the decoder of the local search, as arrays over plans.

A plan a time costs a millisecond in Python, and nearly all of it is overhead; a few dozen side by side cost little more
than one. Each step places one option in every plan, each plan in its own order.
"""

from __future__ import annotations

from graphlib import TopologicalSorter

import numpy as np
import numpy.typing as npt

from clearspan.engines.portfolio.arrays import Floats, Ints
from clearspan.engines.portfolio.problem import NOT_CHOSEN, Problem

Flags = npt.NDArray[np.bool_]

BLOCK = 10  # options tried before the ones without room are sorted out again
ROUNDING = 1e-9  # relative; what adding and taking away floats may leave behind


class Decoder:
    """Fills up many plans of one problem (P plans, n options, T periods, F functions)."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        n = len(problem.options)
        self.capacity = problem.capacity * (1 + ROUNDING) + ROUNDING * problem.rate.max(initial=0.0)
        self.money = np.inf if problem.budget is None else problem.budget * (1 + ROUNDING)
        order = list(TopologicalSorter(dict(enumerate(problem.prerequisites))).static_order())
        self.pairs = [(a, b) for a in order for b in problem.prerequisites[a]]  # what is required comes first
        self.needs, self.rivals = _padded(problem.prerequisites, n), _padded(problem.rivals, n)
        self.worthless = np.flatnonzero((problem.value <= 0) & ~np.array(problem.bound))
        self.bound = np.flatnonzero(problem.bound)

    def remove(self, starts: Ints, out: Flags) -> None:
        """Takes options out (`out` is P x n), and whatever requires them."""
        starts[out] = NOT_CHOSEN
        for a, b in self.pairs:
            starts[starts[:, b] == NOT_CHOSEN, a] = NOT_CHOSEN

    def fill(self, starts: Ints, keys: Floats, prefer: Floats) -> None:
        """Puts in what fits, the highest key (P x n) first, at the fitting start that `prefer` (P x n x T) likes best.

        Musts go first, and what a higher key requires goes before it; options worth nothing only when required.
        """
        keys = keys.copy()
        keys[:, self.worthless] = -np.inf
        keys[:, self.bound] += 1e6
        for a, b in reversed(self.pairs):
            np.maximum(keys[:, b], keys[:, a] + 1e-6, out=keys[:, b])
        keys[starts != NOT_CHOSEN] = -np.inf
        filling = _Filling(self, starts, prefer)
        while True:
            keys[~filling.room().any(axis=2)] = -np.inf
            tries = min(BLOCK, int(np.isfinite(keys).sum(axis=1).max(initial=0)))
            if tries == 0:
                break
            order = np.argsort(-keys, axis=1, kind="stable")[:, :tries]
            open_ = np.isfinite(np.take_along_axis(keys, order, axis=1))
            for k in range(tries):
                filling.place(order[:, k], open_[:, k])
            np.put_along_axis(keys, order, -np.inf, axis=1)
        self._prune(starts)

    def _prune(self, starts: Ints) -> None:
        """Takes out what is worth nothing and enables nothing."""
        if not len(self.worthless):
            return
        idle = np.zeros_like(starts, dtype=np.bool_)
        idle[:, self.worthless] = True
        for a, b in reversed(self.pairs):
            idle[:, b] &= (starts[:, a] == NOT_CHOSEN) | idle[:, a]
        starts[idle] = NOT_CHOSEN


class _Filling:
    """Plans that are being filled up: what is free in each, and when what is chosen has finished."""

    def __init__(self, decoder: Decoder, starts: Ints, prefer: Floats) -> None:
        self.decoder, self.problem, self.starts, self.prefer = decoder, decoder.problem, starts, prefer
        chosen, periods = starts != NOT_CHOSEN, len(self.problem.periods)
        self.plan, self.period = np.arange(len(starts)), np.arange(periods)
        begun, span = starts[:, :, None], self.problem.span[:, None]
        running = chosen[:, :, None] & (begun <= self.period) & (self.period < begun + span)
        self.free = decoder.capacity - (running.transpose(0, 2, 1).astype(np.float64) @ self.problem.rate)
        self.money = decoder.money - chosen @ self.problem.cost
        # A last column for the -1 that fills up short lists of what is required: it has always finished.
        self.done = np.zeros((len(starts), starts.shape[1] + 1), dtype=np.int64)
        self.done[:, :-1] = np.where(chosen, starts + self.problem.lag, periods)

    def room(self) -> Flags:
        """The allowed starts at which there are people (P x n x T)."""
        lacking = np.zeros((len(self.plan), *self.problem.allowed.shape), dtype=np.bool_)
        for f in range(self.free.shape[2]):
            lacking |= self.free[:, None, :, f] < self.problem.rate[:, f, None]
        before = np.zeros((*lacking.shape[:2], lacking.shape[2] + 1), dtype=np.int16)
        lacking.cumsum(axis=2, dtype=np.int16, out=before[:, :, 1:])
        upto = before[:, np.arange(before.shape[1])[:, None], self.problem.ends]
        return np.asarray((upto == before[:, :, :-1]) & self.problem.allowed)

    def place(self, i: Ints, wanted: Flags) -> None:
        """Starts option i[p] in plan p, where it is wanted and can be done."""
        problem, plan = self.problem, self.plan
        rate = problem.rate[i]
        lacking = (self.free < rate[:, None, :]).any(axis=2)
        before = np.zeros((len(plan), len(self.period) + 1), dtype=np.int16)
        lacking.cumsum(axis=1, dtype=np.int16, out=before[:, 1:])
        room = before[plan[:, None], problem.ends[i]] == before[:, :-1]
        room &= problem.allowed[i]
        room &= (wanted & (problem.cost[i] <= self.money) & ~self._excluded(i))[:, None]
        if self.decoder.pairs:
            room &= self.period >= self.done[plan[:, None], self.decoder.needs[i]].max(axis=1)[:, None]
        q = np.where(room, self.prefer[plan, i], -np.inf).argmax(axis=1)
        placed = np.flatnonzero(room[plan, q])
        if not len(placed):
            return
        i, q = i[placed], q[placed]
        self.starts[placed, i] = q
        self.done[placed, i] = q + problem.lag[i]
        self.money[placed] -= problem.cost[i]
        runs = (self.period >= q[:, None]) & (self.period < (q + problem.span[i])[:, None])
        self.free[placed] -= runs[:, :, None] * rate[placed, None, :]

    def _excluded(self, i: Ints) -> Flags:
        """Whether something that excludes i[p] is chosen (P)."""
        rivals = self.decoder.rivals[i]
        chosen = self.starts[self.plan[:, None], rivals] != NOT_CHOSEN
        return np.asarray((chosen & (rivals >= 0)).any(axis=1))


def _padded(lists: tuple[tuple[int, ...], ...], n: int) -> Ints:
    """Lists of unequal length as one table, filled with -1."""
    table = np.full((n, max(map(len, lists), default=0)), -1, dtype=np.int64)
    for row, each in zip(table, lists, strict=True):
        row[: len(each)] = each
    return table
