"""How exactly a date may be said: in the shortest period that three futures in four fall into, and no shorter.

A forecast gives a day by which the work is done in one future in ten, and one for 85 in a hundred. A period is
*supported* when it holds both: at least 75 of 100 futures finish within it. Where the calendar's own period cuts
through them, one as long that begins elsewhere serves: three months instead of a quarter. What no period supports is
said without a date. Pure: no clock, no database.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
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


UNKNOWN = Said("some time later; when is not known yet", Precision.NONE)


def coarsest(*given: Precision) -> Precision:
    """The one with the longest period."""
    return max(given, key=lambda one: one.rank)


def said(early: date, late: date, finest: Precision) -> Said:
    """When it is done, in the shortest supported period that is not shorter than `finest`.

    `early`: done by then in one future in ten. `late`: in 85 of a hundred.
    """
    for precision in LADDER[finest.rank :]:
        for first, last, words in _periods(early, precision):
            if late <= last:
                return Said(words, precision, first, last)
    return UNKNOWN


def ahead(told: Said, today: date) -> Said:
    """What is said without what of it is past: on 26 November 2026 "between October 2026 and March 2027" is "by March
    2027". The period ends on the day it ended, so that nothing is said more exactly; one that is past altogether was
    not held, and nothing is known any more."""
    if told.first is None or told.last is None:
        return told
    if told.last < today:
        return UNKNOWN
    piece = _piece(told.first, told.precision)
    if today < _after(told.first, piece):
        return told
    sure = told.words.partition(" ")[0]
    ends = {1: f"{told.last:%B %Y}", 6: f"the middle of {told.last.year}", 12: f"the end of {told.last.year}"}
    return replace(told, words=f"{sure} by {ends[piece]}", first=_start(today, piece))


def _periods(day: date, precision: Precision) -> Iterator[tuple[date, date, str]]:
    """The periods of this length that hold `day`, as they are said: the calendar's own, then the one from its part."""
    if precision == Precision.NONE:
        return
    months, part = _MONTHS[precision]
    for first in (_start(day, months), _start(day, part)):
        yield first, _after(first, months) - timedelta(days=1), _words(first, precision)


def _start(day: date, months: int) -> date:
    """The first day of the period of so many months, counted from January, that `day` is in."""
    return date(day.year, months * ((day.month - 1) // months) + 1, 1)


def _after(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


# How many months each is long, and of how many the parts are that one of its length may begin with instead.
_MONTHS = {
    Precision.MONTH: (1, 1),
    Precision.QUARTER: (3, 1),
    Precision.HALF: (6, 3),
    Precision.YEAR: (12, 6),
    Precision.TWO_YEARS: (24, 12),
}


def _words(first: date, precision: Precision) -> str:
    last = _after(first, _MONTHS[precision][0]) - timedelta(days=1)
    match precision:
        case Precision.MONTH:
            return f"likely in {first:%B %Y}"
        case Precision.QUARTER if first.month % 3 == 1:
            return f"likely in Q{(first.month + 2) // 3} {first.year}"
        case Precision.QUARTER:
            return f"likely between {_month(first, last)} and {last:%B %Y}"
        case Precision.HALF if first.month in (1, 7):
            return f"expected in the {_half(first)} half of {first.year}"
        case Precision.HALF:
            return f"expected between {_month(first, last)} and {last:%B %Y}"
        case Precision.YEAR if first.month == 1:
            return f"expected in {first.year}"
        case Precision.YEAR:
            return f"expected in the second half of {first.year} or the first of {last.year}"
        case _:
            return f"expected in {first.year} or {last.year}"


def _piece(first: date, precision: Precision) -> int:
    """How many months that is long which the words of a period begin with: “October 2026”, “the second half of 2026”.
    The calendar's own period has one name, and so one piece."""
    months, _ = _MONTHS[precision]
    if precision == Precision.TWO_YEARS:
        return 12
    if _start(first, months) == first:
        return months
    return 6 if precision == Precision.YEAR else 1


def _month(first: date, last: date) -> str:
    return f"{first:%B}" if first.year == last.year else f"{first:%B %Y}"


def _half(first: date) -> str:
    return "first" if first.month == 1 else "second"
