"""Simulated futures: in how many blocks is the work finished?

A future draws weeks from the past as they were, by Polya's urn (Blackwell and MacQueen 1973), which is the
Dirichlet-weighted (Bayesian) bootstrap of Rubin (1981) without its weights: the first week is one of the past; each
further one is either another of the past or one this future has drawn already. A future that began with slow weeks so
tends to stay slow, because the past did not tell for sure how slow the team is.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from clearspan.engines.delivery.inputs import Floats, Ints
from clearspan.engines.delivery.pace import Pace

MOVES_FOR = 26  # blocks after which a pace that moves stays where it is: half a year
JUMPS = 3  # degrees of freedom of its moves: a pace may also break
FARTHEST = 3.0  # logarithm of how many times faster or slower a pace becomes at most
NEARLY = 1e-9


def futures(now: Pace, needed: Floats, rng: Generator, horizon: int) -> Ints:
    """Blocks until each of `needed` (items, one a future) is finished; horizon + 1 where it is not by then."""
    urn = _Urn(now, len(needed), rng, horizon)
    blocks = np.full(len(needed), horizon + 1, dtype=np.int64)
    left = needed - NEARLY
    for block in range(1, horizon + 1):
        left = left - urn.week()
        finished = left <= 0
        if finished.any():
            blocks[urn.open[finished]] = block
            left = left[~finished]
            urn.keep(~finished)
            if not len(left):
                break
    return blocks


def progress(now: Pace, count: int, rng: Generator, blocks: int) -> Floats:
    """(blocks, count) items finished after block 1, 2, ... in each of `count` futures."""
    urn = _Urn(now, count, rng, blocks)
    return np.cumsum([urn.week() for _ in range(blocks)], axis=0)


def cumulative(blocks: Ints, horizon: int) -> Floats:
    """(horizon + 1,) share of futures finished by block 0, 1, ... horizon."""
    return np.asarray(np.cumsum(np.bincount(blocks, minlength=horizon + 2))[: horizon + 1] / len(blocks))


class _Urn:
    """Futures that are still open, week after week. `open` holds their numbers."""

    def __init__(self, now: Pace, count: int, rng: Generator, horizon: int) -> None:
        self.weeks, self.rng = now.weeks, rng
        self.kind = rng.choice(len(now.probability), count, p=now.probability)
        self.fresh = now.concentration[self.kind]
        self.step = now.step[self.kind] * np.sqrt(JUMPS / rng.chisquare(JUMPS, count))
        ladder = np.cumsum(now.weight, axis=1)
        self.ladder = (ladder / ladder[:, -1:] + np.arange(len(ladder))[:, None]).ravel()  # one search for all kinds
        self.drawn = np.empty((horizon, count), dtype=np.int32)
        self.open, self.factor, self.gone = np.arange(count), np.zeros(count), 0

    def week(self) -> Floats:
        """Items that each open future finishes in its next week."""
        count, t = len(self.open), self.gone
        place = np.searchsorted(self.ladder, self.rng.random(count) + self.kind, side="right")
        last = (self.kind + 1) * len(self.weeks) - 1
        week = self.weeks[np.minimum(place, last) - self.kind * len(self.weeks)]
        if t:
            again = self.rng.random(count) * (self.fresh + t) >= self.fresh
            week = np.where(again, self.drawn[self.rng.integers(0, t, count), self.open], week)
        self.drawn[t, self.open] = week
        if t < MOVES_FOR:
            moved = self.factor + self.step * self.rng.standard_normal(count)
            self.factor = np.clip(moved, -FARTHEST, FARTHEST)
        self.gone += 1
        return np.asarray(week * np.exp(self.factor))

    def keep(self, stay: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> None:
        """Closes the futures that have finished."""
        for name in ("open", "factor", "kind", "fresh", "step"):
            setattr(self, name, getattr(self, name)[stay])
