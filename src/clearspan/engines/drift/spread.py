"""Spreads the working days of people over the items they had in progress."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PERIOD = 7  # days of a period
WORKING = 5  # of which this many are worked
_MONDAY = 4  # 1970-01-05, the first Monday of the days that are counted

Days = NDArray[np.int64]


@dataclass(frozen=True)
class Work:
    """Items that were worked on, one entry each.

    `started` and `finished` are whole days since 1970-01-01, both worked; `finished` of an item in progress is the last
    day looked at. `who` and `group` are codes from 0; `counted` is the person-days that somebody counted, else NaN.
    """

    started: Days
    finished: Days
    who: Days
    group: Days
    counted: NDArray[np.float64]

    def __post_init__(self) -> None:
        sizes = {len(self.started), len(self.finished), len(self.who), len(self.group), len(self.counted)}
        if len(sizes) > 1:
            raise ValueError(f"every array has one entry an item; they have {sorted(sizes)}")
        if (self.finished < self.started).any():
            raise ValueError("an item finishes on the day it starts or later")


@dataclass(frozen=True)
class Spread:
    """Person-days: `by_period` (periods, groups), oldest first, and `by_item` over all periods (0 outside them)."""

    by_period: NDArray[np.float64]
    by_item: NDArray[np.float64]


def spread(work: Work, last: int, periods: int, groups: int) -> Spread:
    """Person-days by group in each of the `periods` blocks of seven days that end with the day `last`.

    A working day (Monday to Friday) of a person is one person-day, shared evenly by what the person had in progress. An
    item whose days were counted keeps its count, spread evenly over its working days, and takes no share of others'.
    """
    first = last - PERIOD * periods + 1
    item, day, length = _item_days(work, first, last)
    weight = _shared(work, item, day, first, last)
    counted = ~np.isnan(work.counted)
    known = counted[item]
    weight[known] = (work.counted[item] / np.maximum(length[item], 1))[known]
    cell = (day - first) // PERIOD * groups + work.group[item]
    table = np.bincount(cell, weight, periods * groups).reshape(periods, groups)
    return Spread(np.asarray(table, float), np.asarray(np.bincount(item, weight, len(work.started)), float))


def _item_days(work: Work, first: int, last: int) -> tuple[Days, Days, Days]:
    """Every (item, working day) within the window, and each item's working days in and outside it.

    An item that was in hand at weekends only is worked on its first day.
    """
    length = _working_days(work.started, work.finished)
    start, end = np.maximum(work.started, first), np.minimum(work.finished, last)
    many = np.maximum(end - start + 1, 0)
    item = np.repeat(np.arange(len(start)), many)
    day = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many) + start[item]
    keep = _is_worked(day) | ((length[item] == 0) & (day == work.started[item]))
    return item[keep], day[keep], length


def _shared(work: Work, item: Days, day: Days, first: int, last: int) -> NDArray[np.float64]:
    """One over the number of uncounted items that the item's person had in progress on that day."""
    window = last - first + 1
    key = work.who[item] * window + (day - first)
    uncounted = np.isnan(work.counted[item])
    together = np.bincount(key[uncounted], minlength=int(key.max(initial=0)) + 1)
    return np.asarray(1.0 / np.maximum(together[key], 1))


def _is_worked(day: Days) -> NDArray[np.bool_]:
    return np.asarray((day - _MONDAY) % PERIOD < WORKING)


def _working_days(start: Days, end: Days) -> Days:
    """Working days from `start` to `end`, both counted."""
    return np.asarray(_worked_before(end + 1) - _worked_before(start))


def _worked_before(day: Days) -> Days:
    weeks, rest = np.divmod(day - _MONDAY, PERIOD)
    return np.asarray(weeks * WORKING + np.minimum(rest, WORKING))
