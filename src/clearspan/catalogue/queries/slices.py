"""Which deals are meant: of a segment, against a competitor, of a size, closed when, for a reason.

The same words stand in the address of the win and loss page and of the list of deals, so that every number of the one
leads to its rows in the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Lower, Trim
from django.utils import timezone

from clearspan.catalogue.models import Deal

NONE = "none"  # in an address: of no segment, against nobody known, of no known size
PERIODS = {"12": 365, "24": 730}  # months to days
EVER = "ever"
BANDS = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)  # a year's value, where one size ends


@dataclass(frozen=True)
class Slice:
    """What was asked for; what cannot be read narrows nothing."""

    period: str = ""
    segment: str = ""
    competitor: str = ""
    size: str = ""
    quarter: str = ""
    reason: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Slice:
        """From a query string."""
        words = {name: given.get(name, "").strip()[:200] for name in cls.__dataclass_fields__}
        known = {
            "period": words["period"] in (*PERIODS, EVER),
            "segment": words["segment"] == NONE or _is_key(words["segment"]),
            "competitor": words["competitor"] == NONE or _is_key(words["competitor"]),
            "size": words["size"] == NONE or (_is_key(words["size"]) and int(words["size"]) <= len(BANDS)),
            "quarter": _quarter(words["quarter"]) is not None,
            "reason": True,
        }
        return cls(**{name: word if known[name] else "" for name, word in words.items()})

    def address(self, **more: Any) -> str:
        """A query string with this, and with what is given besides."""
        named = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return urlencode({name: value for name, value in (named | more).items() if value not in ("", None)})

    @property
    def narrows(self) -> bool:
        return any(getattr(self, name) for name in self.__dataclass_fields__)

    def of(self, rows: QuerySet[Deal]) -> QuerySet[Deal]:
        """The deals that are meant."""
        if self.period in PERIODS:
            rows = rows.filter(closes_on__gte=timezone.localdate() - timedelta(days=PERIODS[self.period]))
        if self.segment:
            rows = rows.filter(account__segment=None if self.segment == NONE else int(self.segment))
        if self.competitor:
            rows = rows.filter(competitor=None if self.competitor == NONE else int(self.competitor))
        if self.size:
            rows = rows.annotate(band=band()).filter(band=-1 if self.size == NONE else int(self.size))
        if (months := _quarter(self.quarter)) is not None:
            rows = rows.filter(closes_on__gte=months[0], closes_on__lt=months[1])
        if self.reason == NONE:
            rows = rows.filter(reason="")
        elif self.reason:
            rows = rows.annotate(why=Lower(Trim("reason"))).filter(why=self.reason.lower())
        return rows


def band() -> Case:
    """The size of a deal, by its place among `BANDS`; -1 where it is not known (CRMs write 0 for lost deals)."""
    steps = [When(amount__lt=most, then=Value(at)) for at, most in enumerate(BANDS)]
    unknown = When(Q(amount__isnull=True) | Q(amount__lte=0), then=Value(-1))
    return Case(unknown, *steps, default=Value(len(BANDS)), output_field=IntegerField())


def _quarter(words: str) -> tuple[date, date] | None:
    """The days from and before which a quarter such as 2026-Q1 lasts."""
    year, _, number = words.partition("-Q")
    if not (year.isdecimal() and len(year) == 4 and int(year) > 1900 and number in ("1", "2", "3", "4")):
        return None
    month = 3 * int(number) - 2
    return date(int(year), month, 1), date(int(year) + (month > 9), (month + 2) % 12 + 1, 1)


def _is_key(word: str) -> bool:
    return word.isdecimal() and len(word) < 10
