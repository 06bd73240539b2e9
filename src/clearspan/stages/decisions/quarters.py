"""Quarters of the year: the calendar of plans."""

from __future__ import annotations

from datetime import date, timedelta


def first_day(day: date) -> date:
    """The first day of the quarter that `day` is in."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def after(day: date, quarters: int) -> date:
    """The first day of the quarter that is `quarters` later (or, negative, earlier) than that of `day`."""
    months = day.year * 12 + 3 * ((day.month - 1) // 3) + 3 * quarters
    return date(months // 12, months % 12 + 1, 1)


def last_day(day: date) -> date:
    """The last day of the quarter that `day` is in."""
    return after(day, 1) - timedelta(days=1)


def between(start: date, end: date) -> int:
    """How many quarters later `end`'s quarter is than `start`'s; negative when it is earlier."""
    return (end.year - start.year) * 4 + (end.month - 1) // 3 - (start.month - 1) // 3


def label(day: date) -> str:
    """Q2 2026."""
    return f"Q{(day.month - 1) // 3 + 1} {day.year}"
