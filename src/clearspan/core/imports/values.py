"""What a cell becomes: each type says its column in the database, and how a cell is read.

A type first settles on how a whole column is written (day or month first, comma or point), from a sample or, when
that leaves it open, from all of it. What even that leaves open is a `Question`: nothing is guessed.
"""

from __future__ import annotations

import html
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar
from urllib.parse import urlsplit

import nh3
from django.utils import timezone

from clearspan.core.imports import dates

Read = Callable[[str], Any]
NOTHING = frozenset({"", "null", "none", "n/a", "na", "#n/a", "nan", "nil", "-", "–", "\\n", "undefined"})


@dataclass(frozen=True)
class Question:
    """Something only a person knows. `name` is the answer's name among the options."""

    name: str
    words: str
    choices: tuple[tuple[str, str], ...]


class Open(Exception):  # noqa: N818 an answer, not an error
    """The cells seen so far leave a question open."""

    def __init__(self, question: Question) -> None:
        super().__init__(question.words)
        self.question = question


class Type(ABC):
    """How cells of one field are read."""

    sql: ClassVar[str]  # type of its column in the staging table
    words: ClassVar[str]  # what a cell is, for people

    @abstractmethod
    def settle(self, cells: Iterable[str], answers: Mapping[str, str]) -> Read:
        """The reader for a column with these cells: raises ValueError with what was expected. May raise `Open`."""


@dataclass(frozen=True)
class Text(Type):
    """Words of at most `most` characters, longer ones cut when `cut`. `rich`: may be HTML, which becomes plain text."""

    most: int = 0
    cut: bool = False
    rich: bool = False
    sql = "text"
    words = "text"

    def settle(self, cells: Iterable[str], answers: Mapping[str, str]) -> Read:
        return self._read

    def _read(self, cell: str) -> str:
        if "\x00" in cell:  # PostgreSQL keeps no such character, and it says nothing
            cell = cell.replace("\x00", "")
        if self.rich and "<" in cell:
            cell = plain(cell)
        if self.most and len(cell) > self.most:
            if not self.cut:
                raise ValueError(f"at most {self.most} characters")
            cell = cell[: self.most - 1].rstrip() + "…"
        return cell


@dataclass(frozen=True)
class Link(Type):
    """A web address: http or https and nothing else, as it will stand behind a link."""

    most: int = 500
    sql = "text"
    words = "a web address"

    def settle(self, cells: Iterable[str], answers: Mapping[str, str]) -> Read:
        return self._read

    def _read(self, cell: str) -> str:
        try:
            parts = urlsplit(cell)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or not parts.netloc or len(cell) > self.most:
            raise ValueError(f"an address that starts with https:// or http://, at most {self.most} characters")
        return cell


class Moment(Type):
    """A day and, where it is known, a time."""

    sql = "timestamptz"
    words = "a date"

    def settle(self, cells: Iterable[str], answers: Mapping[str, str]) -> Read:
        order, zone = _order(cells, answers), timezone.get_default_timezone()
        return lambda cell: dates.moment(cell, order, zone)


class Day(Type):
    """A day."""

    sql = "date"
    words = "a date"

    def settle(self, cells: Iterable[str], answers: Mapping[str, str]) -> Read:
        order, zone = _order(cells, answers), timezone.get_default_timezone()
        return lambda cell: dates.day(cell, order, zone)


_FIRST = re.compile(r"[\d.,' \u00a0\u202f]*\d")
_SCALE = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000, "b": 1_000_000_000}
_AMOUNT = re.compile(
    r"(?P<open>\()?(?P<minus>[-−])?\s*(?:[A-Z]{3}|[^\w\s.,()-]{1,2})?\s*(?P<minus2>[-−])?"
    r"(?P<number>\d[\d.,' \u00a0\u202f]*|[.,]\d+)\s*(?P<scale>bn|mn|[kmb])?\s*(?:[A-Z]{3}|[^\w\s.,()-]{1,2})?"
    r"(?P<minus3>-)?(?P<close>\))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Money(Type):
    """An amount, such as 1234.5, $1,234.50, 1.234,50 €, (120) or 1.2k. No currency is changed into another."""

    least: int | None = None
    places: int = 2  # kept of it
    sql = "numeric"
    words = "an amount"

    def settle(self, cells: Iterable[str], answers: Mapping[str, str]) -> Read:
        comma = answers.get("decimal", "") or _decimal_mark(cells)
        return lambda cell: self._read(cell, comma)

    def _read(self, cell: str, mark: str) -> Decimal:
        match = _AMOUNT.fullmatch(cell)
        signs = [match[sign] for sign in ("open", "minus", "minus2", "minus3") if match[sign]] if match else []
        if match is None or len(signs) > 1:
            raise ValueError("an amount, such as 1234.50")
        value = _number(match["number"], mark) * _SCALE.get((match["scale"] or "").lower(), 1)
        if signs:
            value = -value
        if abs(value) >= Decimal(10) ** 12:
            raise ValueError("an amount below a trillion")
        if self.least is not None and value < self.least:
            raise ValueError(f"an amount of {self.least} or more")
        return value.quantize(Decimal(1).scaleb(-self.places))


class Number(Type):
    """A number, such as 3, 0.5, 1,5 or -1."""

    sql = "double precision"
    words = "a number"

    def settle(self, cells: Iterable[str], answers: Mapping[str, str]) -> Read:
        mark = answers.get("decimal", "") or _decimal_mark(cells)
        return lambda cell: self._read(cell, mark)

    def _read(self, cell: str, mark: str) -> float:
        minus = cell.startswith(("-", "−"))
        try:
            value = float(_number(cell[1:] if minus else cell, mark))
        except ValueError:
            raise ValueError("a number, such as 3 or 0.5") from None
        if value >= 1e12:
            raise ValueError("a number below a trillion")
        return -value if minus else value


class Count(Type):
    """A whole number, 0 or more."""

    sql = "integer"
    words = "a whole number"

    def settle(self, cells: Iterable[str], answers: Mapping[str, str]) -> Read:
        mark = answers.get("decimal", "") or _decimal_mark(cells)
        return lambda cell: self._read(cell, mark)

    def _read(self, cell: str, mark: str) -> int:
        try:
            value = _number(cell, mark)
        except ValueError:
            value = Decimal(-1)
        if value != value.to_integral_value() or not 0 <= value < 2**31:
            raise ValueError("a whole number, 0 or more")
        return int(value)


@dataclass(frozen=True)
class Flag(Type):
    """Yes or no. `yes` and `no` are words of a system that mean so, beside the usual ones."""

    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    sql = "boolean"
    words = "yes or no"

    def settle(self, cells: Iterable[str], answers: Mapping[str, str]) -> Read:
        known = dict.fromkeys(("yes", "y", "true", "t", "1", "x", *self.yes), True)
        known |= dict.fromkeys(("no", "n", "false", "f", "0", *self.no), False)

        def read(cell: str) -> bool:
            try:
                return known[cell.lower()]
            except KeyError:
                raise ValueError("yes or no") from None

        return read


@dataclass(frozen=True)
class Choice(Type):
    """One of a few words. `meanings`: words in lower case that mean each; what is unknown is `other`, or a fault."""

    meanings: Mapping[str, tuple[str, ...]]
    other: str = ""
    sql = "text"
    words = "one of a few words"

    def settle(self, cells: Iterable[str], answers: Mapping[str, str]) -> Read:
        known = {word: value for value, words in self.meanings.items() for word in (value, *words)}

        def read(cell: str) -> str:
            value = known.get(" ".join(cell.lower().replace("_", " ").split()), self.other)
            if not value:
                raise ValueError(f"one of {', '.join(self.meanings)}")
            return value

        return read


def plain(text: str) -> str:
    """HTML as plain text, paragraphs kept; text without tags as it is."""
    if not re.search(
        r"</?(p|br|div|a|b|i|em|strong|span|ul|ol|li|h\d|table|tr|td|img|blockquote|code|pre)\b", text, re.I
    ):
        return text
    text = re.sub(r"(?i)<(br|/p|/div|/li|/h\d|/tr|/blockquote|/pre)\b[^>]*>", "\n", text)
    text = html.unescape(nh3.clean(text, tags=set()))
    return re.sub(r"[^\S\n]*\n\s*\n\s*", "\n\n", text).strip()


def _order(cells: Iterable[str], answers: Mapping[str, str]) -> str:
    if answers.get("dates") in (dates.DAY_FIRST, dates.MONTH_FIRST):
        return answers["dates"]
    seen = _Shown()
    order = dates.order_of(seen.over(cells))
    if order in (None, "both"):
        words = (
            "some dates can only be read with the day first and others only with the month first"
            if order == "both"
            else f"“{seen.example}” may have the day or the month first, and no date of the column settles it"
        )
        choices = ((dates.DAY_FIRST, "day first: 31/12/2026"), (dates.MONTH_FIRST, "month first: 12/31/2026"))
        raise Open(Question("dates", words, choices))
    assert order is not None
    return order


class _Shown:
    """Remembers the first cell that has a number on both sides of a mark, to name in a question."""

    example = ""

    def over(self, cells: Iterable[str]) -> Iterable[str]:
        for cell in cells:
            if not self.example and re.match(r"\d{1,2}[/-]\d", cell):
                self.example = cell
            yield cell


def _decimal_mark(cells: Iterable[str]) -> str:
    """The comma when some number can only be read so (1.234,50 or 12,5), else the point."""
    for cell in cells:
        match = _FIRST.search(cell)
        number = match[0].strip() if match else ""
        if re.search(r",\d{1,2}$", number) or number.count(".") > 1:
            return ","
        if re.search(r"\.\d{1,2}$", number) or number.count(",") > 1:
            return "."
    return "."


def _number(written: str, mark: str) -> Decimal:
    bare = re.sub(r"['\s\u00a0\u202f]", "", written)
    other = "." if mark == "," else ","
    whole, _, rest = bare.partition(mark)
    if other in rest or (other in whole and not re.fullmatch(rf"\d{{1,3}}(\{other}\d{{2,3}})*\{other}\d{{3}}", whole)):
        raise ValueError("a number written like the others of its column")
    bare = bare.replace(other, "").replace(mark, ".")
    try:
        value = Decimal(bare)
    except InvalidOperation:
        raise ValueError("a number") from None
    if not value.is_finite():
        raise ValueError("a number")
    return value
