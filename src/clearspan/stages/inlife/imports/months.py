"""Months as finance writes them: 2026-03, 202603, 03/2026, Mar 26, March, or any day of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from clearspan.core.imports.values import Day, Read
from clearspan.stages.inlife.imports.totals import TOTAL_MONTH, total_of

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)\s*[-/. ]?\s*[mp]?(0?[1-9]|1[0-2])", re.IGNORECASE)
_YEAR_LAST = re.compile(r"[mp]?(0?[1-9]|1[0-2])\s*[-/. ]\s*((?:19|20)\d\d)", re.IGNORECASE)
_NAMED = re.compile(r"([a-z]{3,9})\.?(?:\s*[-/ ']?\s*((?:19|20)?\d\d))?", re.IGNORECASE)
_NAMED_LAST = re.compile(r"((?:19|20)\d\d)\s*[-/ ]?\s*([a-z]{3,9})\.?", re.IGNORECASE)
_BARE = re.compile(r"(?:month|period|[mp])?\s?(0?[1-9]|1[0-2])", re.IGNORECASE)
LATER = 2  # the year of a month whose own is said elsewhere


def month_of(text: str, year: int | None = None) -> date | None:
    """The month that `text` names; None for anything else, and for a month without a year where none is given."""
    words = text.strip()
    if match := _YEAR_FIRST.fullmatch(words):
        return date(int(match[1]), int(match[2]), 1)
    if match := _YEAR_LAST.fullmatch(words):
        return date(int(match[2]), int(match[1]), 1)
    if match := _NAMED.fullmatch(words):
        written, name = match[2], match[1]
    elif match := _NAMED_LAST.fullmatch(words):
        written, name = match[1], match[2]
    elif match := _BARE.fullmatch(words):
        written, name = "", _NAMES[int(match[1]) - 1]
    else:
        return None
    number = _number(name.lower())
    known = int(written) if written else year
    if number is None or known is None:
        return None
    return date(2000 + known if written and known < 100 else known, number, 1)


def names_a_month(text: str) -> bool:
    """Whether it is a month, with its year or without; a mere number may be anything."""
    return not text.strip().isdigit() and month_of(text, LATER) is not None


class Month(Day):
    """A month, or "Total" in a row that adds months up. One without its year gets `LATER`, for the row to settle."""

    words = "a month"

    def settle(self, cells: Iterable[str], answers: Mapping[str, str]) -> Read:
        said = answers.get("year", "")
        year = int(said) if re.fullmatch(r"(?:19|20)\d\d", said) else LATER
        days = (cell for cell in cells if not names_a_month(cell) and total_of(cell) is None)
        of_day = super().settle(days, answers)

        def read(cell: str) -> date:
            found = month_of(cell, year)
            if found is not None:
                return found
            if total_of(cell) is not None:
                return TOTAL_MONTH
            try:
                found = of_day(cell)
            except ValueError:
                raise ValueError("a month such as 2026-03 or Mar 2026") from None
            return found.replace(day=1)

        return read


def _number(name: str) -> int | None:
    short = name[:3]
    if short not in _NAMES:
        return None
    number = _NAMES.index(short) + 1
    return number if _FULL[number - 1].startswith(name) or name == "sept" else None
