"""A plan in the making: what has started, what is left of people and money, and how one option goes in or out.

The greedy start and the reasons for a refusal build plans with it. Each addition keeps every rule but the buckets'
shares, which `repair` restores, for a share of the whole can only be judged on the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from clearspan.engines.portfolio.arrays import Floats, Ints
from clearspan.engines.portfolio.problem import NOT_CHOSEN, TOLERANCE, Problem

ROUNDING = 1e-9  # relative; what adding and taking away floats may leave behind


class Schedule:
    """Starts (n), free capacity (T x F) and spent money of a plan that is being changed."""

    def __init__(self, problem: Problem, starts: Iterable[int] = ()) -> None:
        self.problem = problem
        self.starts: list[int] = [NOT_CHOSEN] * len(problem.options)
        self.free = problem.capacity * (1 + ROUNDING) + ROUNDING * problem.rate.max(initial=0.0)
        self.money = np.inf if problem.budget is None else problem.budget * (1 + ROUNDING)
        self.needs, self.span = problem.prerequisites, problem.span.tolist()
        self.lag, self.cost = problem.lag.tolist(), problem.cost.tolist()
        self._room: npt.NDArray[np.bool_] | None = None
        self._rate = np.ascontiguousarray(problem.rate.T)[:, None, :]
        self._ends = problem.ends.T * len(problem.options) + np.arange(len(problem.options))
        for i, q in enumerate(starts):
            if q != NOT_CHOSEN:
                self._put(i, int(q))

    def array(self) -> Ints:
        return np.array(self.starts, dtype=np.int64)

    def chosen(self) -> list[int]:
        return [i for i, q in enumerate(self.starts) if q != NOT_CHOSEN]

    def fill(self, order: Sequence[int], prefer: Floats | None = None, *, bundles: bool = False) -> None:
        """Puts in, in this order, each option that fits; again for those that waited for what they require.

        Each starts as early as it can or, with `prefer` (n x T), at the fitting start that is liked best. With
        `bundles` an option does not wait but brings what it requires with it.
        """
        left = [i for i in order if self.starts[i] == NOT_CHOSEN]
        while True:
            opened, waiting = False, []
            hopeful = self._hopeful()
            for i in left:
                if not hopeful[i] or self.starts[i] != NOT_CHOSEN:
                    continue
                if self.needs[i] and any(self.starts[j] == NOT_CHOSEN for j in self.needs[i]):
                    added = bundles and self._add_bundle(i, prefer)
                    if not bundles:
                        waiting.append(i)
                else:
                    added = self.add(i, prefer)
                    opened = opened or (added and bool(self.problem.dependents[i]))
                if added:
                    hopeful = self._hopeful()
            if not opened:
                return
            left = waiting

    def _add_bundle(self, i: int, prefer: Floats | None) -> bool:
        """Option i with all that it requires, or nothing."""
        added: list[int] = []
        if self._add_with_needs(i, prefer, added):
            return True
        for j in added:
            self._take(j)
        return False

    def _add_with_needs(self, i: int, prefer: Floats | None, added: list[int]) -> bool:
        for j in self.needs[i]:
            if self.starts[j] == NOT_CHOSEN and not self._add_with_needs(j, None, added):
                return False
        if not self.add(i, prefer):
            return False
        added.append(i)
        return True

    def prune(self) -> None:
        """Takes out what is worth nothing and enables nothing."""
        problem = self.problem
        while idle := [
            i
            for i in self.chosen()
            if problem.value[i] <= 0
            and not problem.bound[i]
            and all(self.starts[j] == NOT_CHOSEN for j in problem.dependents[i])
        ]:
            self.remove(idle)

    def add(self, i: int, prefer: Floats | None = None) -> bool:
        """Starts option i where it fits; False when it fits nowhere, and nothing has changed."""
        if self.cost[i] > self.money or any(self.starts[j] != NOT_CHOSEN for j in self.problem.rivals[i]):
            return False
        fitting = self.fitting(i)
        if not fitting:
            return False
        self._put(i, fitting[0] if prefer is None else max(fitting, key=lambda q: float(prefer[i, q])))
        return True

    def room(self) -> npt.NDArray[np.bool_]:
        """The allowed starts at which there are people for an option (n x T), for all options at once."""
        if self._room is None:  # laid out by function, period, option: NumPy reduces a first axis fastest
            lacking = (self.free.T[:, :, None] < self._rate).any(axis=0)
            before = np.zeros((lacking.shape[0] + 1, lacking.shape[1]), dtype=np.int16)
            lacking.cumsum(axis=0, dtype=np.int16, out=before[1:])
            self._room = ((before.take(self._ends) == before[:-1]) & self.problem.allowed.T).T
        return self._room

    def _hopeful(self) -> list[bool]:
        """Which options have room anywhere (n)."""
        return [any(row) for row in self.room().tolist()]

    def fitting(self, i: int) -> list[int]:
        """The starts at which there are people for option i and all it requires has finished."""
        first, room = self.earliest(i), self.room()[i].tolist()
        return [q for q in range(first, len(room)) if room[q]]

    def earliest(self, i: int) -> int:
        """The first period in which all that option i requires has finished."""
        return max((self.starts[j] + self.lag[j] for j in self.needs[i]), default=0)

    def remove(self, out: Iterable[int]) -> None:
        """Takes options out, and whatever requires them."""
        stack = list(out)
        while stack:
            i = stack.pop()
            if self.starts[i] != NOT_CHOSEN:
                self._take(i)
                stack += self.problem.dependents[i]

    def repair(self, order: Sequence[int]) -> bool:
        """Takes out, from the end of `order`, what keeps a bucket from its share. False if only musts are left."""
        problem = self.problem
        while (wrong := self._wrong_share()) is not None:
            inside, too_much = wrong
            out = next(
                (
                    i
                    for i in reversed(order)
                    if self.starts[i] != NOT_CHOSEN
                    and not problem.bound[i]
                    and inside[i] == too_much
                    and problem.size[i] > 0
                ),
                None,
            )
            if out is None:
                return False
            self.remove([out])
        return True

    def _wrong_share(self) -> tuple[list[bool], bool] | None:
        """The first bucket out of its share: who is in it, and whether it has too much."""
        if not self.problem.buckets:
            return None
        chosen = np.array(self.starts) != NOT_CHOSEN
        total = float(self.problem.size[chosen].sum())
        for bucket, inside in zip(self.problem.buckets, self.problem.membership, strict=True):
            part = float(self.problem.size[chosen & inside].sum())
            if part > (bucket.max + TOLERANCE / 2) * total:
                return inside.tolist(), True
            if part < (bucket.min - TOLERANCE / 2) * total:
                return inside.tolist(), False
        return None

    def keeps_shares(self) -> bool:
        """Whether every bucket has its share."""
        return self._wrong_share() is None

    def _put(self, i: int, q: int) -> None:
        self.free[q : q + self.span[i]] -= self.problem.rate[i]
        self.money -= self.cost[i]
        self.starts[i], self._room = q, None

    def _take(self, i: int) -> None:
        q = self.starts[i]
        self.free[q : q + self.span[i]] += self.problem.rate[i]
        self.money += self.cost[i]
        self.starts[i], self._room = NOT_CHOSEN, None
