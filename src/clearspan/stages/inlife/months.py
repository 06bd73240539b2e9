"""Months of the books: calendar months, named by their first day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import pairwise, takewhile

from django.utils import timezone


def month_after(month: date, by: int = 1) -> date:
    """The month so many after another; before it where `by` is below nought."""
    year, at = divmod(12 * month.year + month.month - 1 + by, 12)
    return date(year, at + 1, 1)


def months(first: date, last: date) -> Iterator[date]:
    """Every month from one to another, both within."""
    return takewhile(lambda month: month <= last, (month_after(first, at) for at in range(1200)))


def covered(planned: Collection[date], months: Iterable[date]) -> list[date]:
    """Those of the months that a plan is for: booked by month or by quarter, or the whole year in one.

    What is planned month by month ends with its last month; by quarter, with the quarter that this begins.
    """
    if len(planned) < 2:
        return list(months) if planned else []
    there = sorted(planned)
    step = min(_apart(one, other) for one, other in pairwise(there))
    last = month_after(there[-1], min(step, 3) - 1)
    return [
        month for month in months if month <= last and any(month_after(month, -back) in planned for back in range(3))
    ]


def _apart(first: date, second: date) -> int:
    return 12 * (second.year - first.year) + second.month - first.month


def this_month() -> date:
    """The month that is not over yet: what is booked in it is not all of it."""
    return timezone.localdate().replace(day=1)
