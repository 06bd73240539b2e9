"""Customers by the period in which they first bought, and how many of them still do, period by period."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from clearspan.engines.lifetime.inputs import Floats

_PRIOR = 0.5  # Jeffreys
_LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Retention:
    """So many periods after the first: of how many who have been there that long, how many bought; and the share."""

    age: int
    kept: int
    of: int
    five: tuple[float, ...]


@dataclass(frozen=True)
class Cohorts:
    """kept[i, k]: customers of the i-th first period who bought k periods later; -1 where that is still to come."""

    firsts: tuple[int, ...]
    sizes: tuple[int, ...]
    kept: NDArray[np.int_]

    @property
    def curve(self) -> tuple[Retention, ...]:
        """Retention over all cohorts that have come so far: each age is of those who have been watched that long."""
        found = []
        for age in range(self.kept.shape[1]):
            there = self.kept[:, age] >= 0
            of, kept = int(np.array(self.sizes)[there].sum()), int(self.kept[there, age].sum())
            if of:
                found.append(Retention(age, kept, of, _share(kept, of)))
        return tuple(found)


def cohorts(customer: NDArray[np.intp], period: NDArray[np.int_], last: int) -> Cohorts:
    """From who bought in which period (whole numbers), `last` being the last that is over."""
    pairs = np.unique(np.column_stack([customer, period]), axis=0)
    who, when = pairs[:, 0], pairs[:, 1]
    begun: Floats = np.full(int(who.max()) + 1 if len(who) else 0, np.inf)
    np.minimum.at(begun, who, when)
    firsts = np.unique(begun[np.isfinite(begun)]).astype(int)
    sizes = np.array([(begun == first).sum() for first in firsts], dtype=int)
    ages = last - firsts.min() + 1 if len(firsts) else 0
    table = np.full((len(firsts), ages), -1, dtype=int)
    for i, first in enumerate(firsts):
        of_it = when[begun[who] == first] - first
        table[i, : last - first + 1] = np.bincount(of_it, minlength=last - first + 1)[: last - first + 1]
    return Cohorts(tuple(map(int, firsts)), tuple(map(int, sizes)), table)


def _share(kept: int, of: int) -> tuple[float, ...]:
    found: list[float] = special.betaincinv(kept + _PRIOR, of - kept + _PRIOR, _LEVELS).tolist()
    return tuple(found)
