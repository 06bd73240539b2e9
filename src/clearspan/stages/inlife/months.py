"""Months of the books: calendar months, named by their first day."""

from __future__ import annotations

from collections.abc import Iterator
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


def this_month() -> date:
    """The month that is not over yet: what is booked in it is not all of it."""
    return timezone.localdate().replace(day=1)
