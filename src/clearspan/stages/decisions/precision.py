"""How exactly a date may be said: in the shortest period that three futures in four fall into, and no shorter.

A forecast gives a day by which the work is done in one future in ten, and one for 85 in a hundred. A period is
*supported* when it holds both: at least 75 of 100 futures finish within it. What no period supports is said without
a date. Pure: no clock, no database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models


class Precision(models.TextChoices):
    """How long the period is that a date is said in, the shortest first."""

    MONTH = "month", "the month"
    QUARTER = "quarter", "the quarter"
    HALF = "half-year", "the half-year"
    YEAR = "year", "the year"
    TWO_YEARS = "two years", "two years"
    NONE = "none", "no date"

    @property
    def rank(self) -> int:
        """0 for the shortest period."""
        return LADDER.index(self)


LADDER = tuple(Precision)


@dataclass(frozen=True)
class Said:
    """A date as it may be said: in words, with the first and last day of its period. No period: nothing is known."""

    words: str
    precision: Precision
    first: date | None = None
    last: date | None = None


def coarsest(*given: Precision) -> Precision:
    """The one with the longest period."""
    return max(given, key=lambda one: one.rank)


def said(early: date, late: date, finest: Precision) -> Said:
    """When it is done, in the shortest supported period that is not shorter than `finest`.

    `early`: done by then in one future in ten. `late`: in 85 of a hundred.
    """
    for precision in LADDER[finest.rank :]:
        if precision == Precision.NONE:
            break
        first, last = period(early, precision)
        if late <= last:
            return Said(_words(first, precision), precision, first, last)
    return Said("some time later; when is not known yet", Precision.NONE)


def period(day: date, precision: Precision) -> tuple[date, date]:
    """First and last day of the period that `day` is in. Two years begin with the year of the day."""
    first, months = _PERIODS[precision](day)
    number = first.year * 12 + first.month - 1 + months
    return first, date(number // 12, number % 12 + 1, 1) - timedelta(days=1)


_PERIODS: dict[Precision, Callable[[date], tuple[date, int]]] = {
    Precision.MONTH: lambda day: (day.replace(day=1), 1),
    Precision.QUARTER: lambda day: (date(day.year, 3 * ((day.month - 1) // 3) + 1, 1), 3),
    Precision.HALF: lambda day: (date(day.year, 1 if day.month <= 6 else 7, 1), 6),
    Precision.YEAR: lambda day: (date(day.year, 1, 1), 12),
    Precision.TWO_YEARS: lambda day: (date(day.year, 1, 1), 24),
}


def _words(first: date, precision: Precision) -> str:
    match precision:
        case Precision.MONTH:
            return f"likely in {first:%B %Y}"
        case Precision.QUARTER:
            return f"likely in Q{(first.month + 2) // 3} {first.year}"
        case Precision.HALF:
            return f"expected in the {'first' if first.month == 1 else 'second'} half of {first.year}"
        case Precision.YEAR:
            return f"expected in {first.year}"
        case _:
            return f"expected in {first.year} or {first.year + 1}"
