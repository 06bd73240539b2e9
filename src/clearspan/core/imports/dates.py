"""Dates as people and systems write them.

ISO 8601 first, then seconds since 1970, then numbers with the year last, whose order (3/4: April or March) is settled
from the whole column or asked, then names of months. A moment without a zone is in the company's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
EXPECTED = "a date such as 2026-03-31"
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: at for at, name in enumerate(_NAMES, 1)}
_NUMBERS = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[ T,]+(.+))?")
_DAY_MONTH = re.compile(
    r"(?:[A-Za-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s/-]([A-Za-z]{3,9})\.?[\s/,-]+(\d{2,4})(?:[,\s]+(.+))?"
)
_MONTH_DAY = re.compile(r"(?:[A-Za-z]+,?\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:[,\s]+(.+))?")
_TIME = re.compile(
    r"(?:at\s+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(?:([ap])\.?m\.?)?\s*"
    r"(?:(Z|UTC|GMT)?\s*(?:([+-])(\d{2}):?(\d{2}))?)(?:\s*\(.*\))?",
    re.IGNORECASE,
)
_EPOCH = {10: 1, 13: 1_000}  # digits of a number of seconds, of milliseconds


def order_of(cells: Iterable[str]) -> str | None:
    """Which of the numbers is the day, as far as `cells` tell: a 13 to 31 in either place does.

    "dmy" or "mdy"; None when every date can be read both ways; "iso" when no date depends on it; "both" when some
    can only be read the one way and some only the other.
    """
    depends, found = False, set()
    for cell in cells:
        match = _NUMBERS.fullmatch(cell)
        if match is None or len(match[1]) > 2 or match[2] == ".":
            continue
        depends = True
        if int(match[1]) > 12:
            found.add(DAY_FIRST)
        elif int(match[3]) > 12:
            found.add(MONTH_FIRST)
    if not depends:
        return "iso"
    if len(found) > 1:
        return "both"
    return found.pop() if found else None


def moment(cell: str, order: str, zone: tzinfo) -> datetime:
    """The moment a cell names, with its zone. Raises ValueError with what was expected.

    `order` is what `order_of` said of the column; with "iso" a date that depends on it is refused.
    """
    try:
        found = _read(cell, order)
    except (ValueError, OverflowError):
        raise ValueError(EXPECTED) from None
    if not 1970 <= found.year <= 2100:
        raise ValueError("a date between 1970 and 2100")
    return found if found.tzinfo else found.replace(tzinfo=zone)


def day(cell: str, order: str, zone: tzinfo) -> date:
    """The day a cell names, as it stands there: a time and its zone move no day."""
    return moment(cell, order, zone).date()


def _read(cell: str, order: str) -> datetime:
    if cell.isdigit() and len(cell) in _EPOCH:
        return datetime.fromtimestamp(int(cell) / _EPOCH[len(cell)], UTC)
    try:
        return datetime.fromisoformat(cell)
    except ValueError:
        pass
    if match := _NUMBERS.fullmatch(cell):
        first, mark, second, third, rest = match.groups()
        if len(first) == 4:
            parts = int(first), int(second), int(third)
        elif mark != "." and order not in (DAY_FIRST, MONTH_FIRST):
            raise ValueError(EXPECTED)  # nothing before this row was written so: it is not guessed here
        elif order == MONTH_FIRST and mark != ".":
            parts = _year(third), int(first), int(second)
        else:
            parts = _year(third), int(second), int(first)
    elif match := _DAY_MONTH.fullmatch(cell):
        parts, rest = (_year(match[3]), _month(match[2]), int(match[1])), match[4]
    elif match := _MONTH_DAY.fullmatch(cell):
        parts, rest = (int(match[3]), _month(match[1]), int(match[2])), match[4]
    else:
        raise ValueError(EXPECTED)
    return _at(datetime(*parts), rest) if rest else datetime(*parts)  # noqa: DTZ001 the zone comes after, see moment


def _at(found: datetime, words: str) -> datetime:
    match = _TIME.fullmatch(words)
    if match is None:
        raise ValueError(EXPECTED)
    hour, half = int(match[1]), (match[4] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    zone: tzinfo | None = UTC if match[5] else None
    if match[6]:
        shift = timedelta(hours=int(match[7]), minutes=int(match[8]))
        zone = timezone(shift if match[6] == "+" else -shift)
    return found.replace(hour=hour, minute=int(match[2]), second=int(match[3] or 0), tzinfo=zone)


def _year(digits: str) -> int:
    if len(digits) == 2:
        return int(digits) + (2000 if int(digits) < 70 else 1900)
    if len(digits) != 4:
        raise ValueError(EXPECTED)
    return int(digits)


def _month(word: str) -> int:
    return _MONTHS.get(word[:3].lower(), 0)  # 0 is no month: datetime refuses it
