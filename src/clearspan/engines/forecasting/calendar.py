"""The calendar of a series: which periods its dates or numbers are, and what the next ones are called."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import gcd
from typing import Protocol

Stamp = date | int

MONTHS_OF_A_YEAR = 12
SEASON_OF_DAYS = {1: 7, 7: 52}  # by days a period
WORKING_DAYS = 5
FEW_DAYS = 8  # under which days without a weekend may be chance


class Calendar(Protocol):
    """Periods of equal length, counted from the first of a series, which is 0."""

    @property
    def season(self) -> int:
        """Periods after which a pattern may repeat; 1 where the calendar has none."""

    def place(self, stamp: Stamp) -> int:
        """The period of a stamp."""

    def at(self, place: int) -> Stamp:
        """What a period is called. Raises ValueError or OverflowError past the end of the calendar."""


@dataclass(frozen=True)
class Numbers:
    """Whole numbers, such as years or weeks counted from the start."""

    first: int
    step: int
    season: int = 1

    def place(self, stamp: Stamp) -> int:
        assert isinstance(stamp, int)
        return (stamp - self.first) // self.step

    def at(self, place: int) -> int:
        return self.first + place * self.step


@dataclass(frozen=True)
class Days:
    """Every so many days: 7 are weeks."""

    first: date
    step: int

    @property
    def season(self) -> int:
        return SEASON_OF_DAYS.get(self.step, 1)

    def place(self, stamp: Stamp) -> int:
        assert isinstance(stamp, date)
        return (stamp - self.first).days // self.step

    def at(self, place: int) -> date:
        return date.fromordinal(self.first.toordinal() + place * self.step)


@dataclass(frozen=True)
class WorkingDays:
    """Monday to Friday."""

    first: date
    season: int = WORKING_DAYS

    def place(self, stamp: Stamp) -> int:
        assert isinstance(stamp, date)
        return self._count(stamp) - self._count(self.first)

    def at(self, place: int) -> date:
        weeks, day = divmod(self._count(self.first) + place, WORKING_DAYS)
        return date.fromordinal(1 + 7 * weeks + day)  # day 1 of the calendar is a Monday

    def _count(self, stamp: date) -> int:
        weeks, day = divmod(stamp.toordinal() - 1, 7)
        return WORKING_DAYS * weeks + day


@dataclass(frozen=True)
class Months:
    """Every so many months, on one day of the month, or its last where it has no such day: 3 are quarters, 12 years."""

    first: date
    step: int
    day: int

    @property
    def season(self) -> int:
        return MONTHS_OF_A_YEAR // self.step if MONTHS_OF_A_YEAR % self.step == 0 else 1

    def place(self, stamp: Stamp) -> int:
        assert isinstance(stamp, date)
        return (_month(stamp) - _month(self.first)) // self.step

    def at(self, place: int) -> date:
        year, month = divmod(_month(self.first) + place * self.step, MONTHS_OF_A_YEAR)
        return date(year, month + 1, min(self.day, monthrange(year, month + 1)[1]))


def calendar_of(stamps: Sequence[Stamp]) -> Calendar | None:
    """The longest period in which all stamps, dates or numbers, have a place of their own; None for a single one."""
    numbers = sorted(stamp for stamp in stamps if isinstance(stamp, int))
    dates = sorted(stamp for stamp in stamps if isinstance(stamp, date))
    if len(numbers) > 1:
        return Numbers(numbers[0], _step(numbers))
    if len(dates) < 2:
        return None
    ends = all(_is_last(one) for one in dates)
    day = 31 if ends else max(one.day for one in dates)
    if all(one.day == min(day, monthrange(one.year, one.month)[1]) for one in dates):
        return Months(dates[0], _step([_month(one) for one in dates]), day)
    step = _step([one.toordinal() for one in dates])
    if step == 1 and len(dates) >= FEW_DAYS and all(one.weekday() < WORKING_DAYS for one in dates):
        return WorkingDays(dates[0])
    return Days(dates[0], step)


def like(calendar: Calendar, first: Stamp) -> Calendar:
    """The same periods for a series that is too short to show its own."""
    match calendar, first:
        case Numbers(), int():
            return Numbers(first, calendar.step)
        case Months(), date():
            day = 31 if calendar.day == 31 and _is_last(first) else first.day
            return Months(first, calendar.step, day)
        case Days(), date():
            return Days(first, calendar.step)
        case WorkingDays(), date():
            return WorkingDays(first) if first.weekday() < WORKING_DAYS else Days(first, 1)
    raise TypeError("numbers have no dates' calendar, nor dates one of numbers")


def _month(stamp: date) -> int:
    return MONTHS_OF_A_YEAR * stamp.year + stamp.month - 1


def _is_last(stamp: date) -> bool:
    return stamp.day == monthrange(stamp.year, stamp.month)[1]


def _step(places: Sequence[int]) -> int:
    return gcd(*(later - earlier for earlier, later in pairwise(places)))
