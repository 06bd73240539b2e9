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
    """Person-days: `by_period` (periods, groups), oldest first; `by_item` over all periods (0 outside them), and
    `lately` over the last of them."""

    by_period: NDArray[np.float64]
    by_item: NDArray[np.float64]
    lately: NDArray[np.float64]


def spread(work: Work, last: int, periods: int, groups: int, recent: int = 0) -> Spread:
    """Person-days by group in each of the `periods` blocks of seven days that end with the day `last`, and by item, of
    all of them and of the last `recent`.

    A working day (Monday to Friday) of a person is one person-day, shared evenly by what the person had in progress. An
    item whose days were counted keeps its count, spread evenly over its working days, and takes no share of others'.
    """
    first = last - PERIOD * periods + 1
    item, period, days = _person_days(work, first, last)
    lately, count = period >= periods - recent, len(work.group)
    table = _summed(period * groups + work.group[item], days, periods * groups)
    return Spread(
        table.reshape(periods, groups), _summed(item, days, count), _summed(item[lately], days[lately], count)
    )


def _summed(of: Days, days: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    return np.asarray(np.bincount(of, days, length), dtype=np.float64)


def _person_days(work: Work, first: int, last: int) -> tuple[Days, Days, NDArray[np.float64]]:
    """(item, period, person-days), an entry for each period that an item touches: most touch one or two.

    Sums by day of what one item gets are kept by person, so that nothing is as long as items times days. An item that
    was in hand at weekends only is worked on its first day.
    """
    length = _working_days(work.started, work.finished)
    alone = length == 0
    start = np.clip(work.started - first, 0, last + 1 - first)
    stop = np.clip(np.where(alone, work.started, work.finished) + 1 - first, 0, last + 1 - first)
    shared = _shared(work, start, stop, alone, _is_worked(np.arange(first, last + 1)))

    touched = np.where(start < stop, (stop - 1) // PERIOD - start // PERIOD + 1, 0)
    item = np.repeat(np.arange(len(start)), touched)
    period = np.arange(len(item)) - np.repeat(np.cumsum(touched) - touched, touched) + start[item] // PERIOD
    since = np.maximum(start[item], period * PERIOD)
    until = np.minimum(stop[item], (period + 1) * PERIOD)

    kind, who = alone[item].astype(np.int64), work.who[item]
    worked = np.where(alone[item], until - since, _worked_before(until + first) - _worked_before(since + first))
    daily = (work.counted / np.maximum(length, 1))[item]
    days = np.where(np.isnan(daily), shared[kind, who, until] - shared[kind, who, since], daily * worked)
    return item, period, days


def _shared(
    work: Work, start: Days, stop: Days, alone: NDArray[np.bool_], worked: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """What one uncounted item of a person got before a day of the window, `stop` not counted: (2, people, days + 1).

    That is one over the number of those in progress, summed over working days (0), or all days for items that have none
    of them (1).
    """
    people, width = int(work.who.max(initial=-1)) + 1, len(worked) + 1
    seen = np.isnan(work.counted) & (start < stop)

    def noted(which: NDArray[np.bool_], day: Days) -> NDArray[np.int64]:
        return np.bincount((work.who * width + day)[which], minlength=people * width).reshape(people, width)

    begun = np.cumsum(noted(seen & ~alone, start) - noted(seen & ~alone, stop), axis=1)[:, :-1]
    each = 1.0 / np.maximum(begun * worked + noted(seen & alone, start)[:, :-1], 1)
    return np.pad(np.cumsum(np.stack([each * worked, each]), axis=2), ((0, 0), (0, 0), (1, 0)))


def _is_worked(day: Days) -> NDArray[np.bool_]:
    return np.asarray((day - _MONDAY) % PERIOD < WORKING)


def _working_days(start: Days, end: Days) -> Days:
    """Working days from `start` to `end`, both counted."""
    return np.asarray(_worked_before(end + 1) - _worked_before(start))


def _worked_before(day: Days) -> Days:
    weeks, rest = np.divmod(day - _MONDAY, PERIOD)
    return np.asarray(weeks * WORKING + np.minimum(rest, WORKING))
