"""Years of the books: twelve months from the one that the company's years begin with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clearspan.core.models import Company
from clearspan.stages.inlife.months import month_after, this_month


@dataclass(frozen=True, order=True)
class Year:
    """A year, by the calendar year that it begins in, and by the month. Named 2026, or 2026/27 where it spans two."""

    number: int
    starts: int = 1

    @property
    def first(self) -> date:
        return date(self.number, self.starts, 1)

    @property
    def last(self) -> date:
        return month_after(self.first, 11)

    @property
    def months(self) -> list[date]:
        return [month_after(self.first, at) for at in range(12)]

    @property
    def before(self) -> Year:
        return Year(self.number - 1, self.starts)

    @property
    def next(self) -> Year:
        return Year(self.number + 1, self.starts)

    def __contains__(self, day: date) -> bool:
        return self.first <= day < self.next.first

    def __str__(self) -> str:
        return f"{self.number}" if self.starts == 1 else f"{self.number}/{(self.number + 1) % 100:02d}"


def starts() -> int:
    """The month that the company's years begin with."""
    return Company.ours().year_starts


def year_of(day: date, starts_in: int | None = None) -> Year:
    """The company's year that a day lies in; that of years which begin in another month, where it is given."""
    month = starts() if starts_in is None else starts_in
    return Year(day.year if day.month >= month else day.year - 1, month)


def this_year() -> Year:
    return year_of(this_month())


def years_of(months: Iterable[date]) -> list[Year]:
    """The years that these months lie in, the newest first."""
    month = starts()
    return sorted({year_of(one, month) for one in months}, reverse=True)


def asked(written: str) -> Year | None:
    """The year that an address names by the year it begins in; None for anything else."""
    return Year(int(written), starts()) if written.isdecimal() and 1970 <= int(written) <= 2100 else None
