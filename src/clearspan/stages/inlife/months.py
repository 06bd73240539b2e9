"""Months of the books: calendar months, named by their first day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import takewhile

from django.utils import timezone


def month_after(month: date, by: int = 1) -> date:
    """The month so many after another; before it where `by` is below nought."""
    year, at = divmod(12 * month.year + month.month - 1 + by, 12)
    return date(year, at + 1, 1)


def months(first: date, last: date) -> Iterator[date]:
    """Every month from one to another, both within."""
    return takewhile(lambda month: month <= last, (month_after(first, at) for at in range(1200)))


def covers(planned: Collection[date], months: Iterable[date]) -> bool:
    """Whether a plan is for all these months: booked by month or by quarter, or the whole year in one."""
    if len(planned) < 2:
        return bool(planned)
    return all(any(month_after(month, -back) in planned for back in range(3)) for month in months)


def this_month() -> date:
    """The month that is not over yet: what is booked in it is not all of it."""
    return timezone.localdate().replace(day=1)
