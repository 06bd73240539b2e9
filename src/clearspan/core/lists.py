"""Lists of any length: cut by key, counted up to a limit, searched by words. None of it reads rows it does not show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery
from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import connection, models
from django.db.models import Q

PAGE = 50
CAP = 10_000  # beyond this nobody needs the exact number, and counting it costs time
FEW = 2_000  # the same of rows with certain words, whose pages are read from their text
MENU = 1_000  # the same beside a word of a menu


@dataclass(frozen=True)
class Cut:
    """One page of a list. `next` is the key that the page after it starts behind, "" on the last page."""

    rows: list[Any]
    next: str = ""

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def cut(rows: models.QuerySet[Any], order: str, *, after: str = "", size: int = PAGE, known_few: bool = False) -> Cut:
    """`size` rows in the order of one field ("-said_at", never null) and then the number, behind the key `after`.

    A key that cannot be read starts the list at its beginning. With an index on (field, id) a page costs the same
    wherever in the list it lies. PostgreSQL cannot guess how many rows have a word, and walks that index to the end for
    a rare one: with `known_few` (at most `CAP`, as counted) the rows are found first and put in order here.
    """
    name, down = order.removeprefix("-"), order.startswith("-")
    sign, beyond = ("-", "lt") if down else ("", "gt")
    key = _read_key(rows.model, name, after)
    if known_few:
        keys = sorted(rows.order_by().values_list(name, "pk"), reverse=down)
        left = [one for one in keys if key is None or (one < key if down else one > key)][: size + 1]
        rows = rows.filter(pk__in=[number for _, number in left])
    elif key is not None:
        value, number = key
        # The first condition says less than the second, but it alone is what an index can start from.
        rows = rows.filter(**{f"{name}__{beyond}e": value})
        rows = rows.filter(Q(**{f"{name}__{beyond}": value}) | Q(**{f"pk__{beyond}": number}))
    return _cut(list(rows.order_by(f"{sign}{name}", f"{sign}pk")[: size + 1]), name, size)


def searched(
    rows: models.QuerySet[Any], order: str, *, after: str = "", size: int = PAGE, cap: int = CAP
) -> tuple[Count, Cut]:
    """How many rows with certain words there are, and a page of them: as `count` and `cut` say, but looked for once,
    where there are no more than `cap`."""
    name, down = order.removeprefix("-"), order.startswith("-")
    key = _read_key(rows.model, name, after)
    try:
        found, given = rows.order_by().values_list(name, "pk")[: cap + 1].query.sql_with_params()
    except EmptyResultSet:
        return Count(0), Cut([])
    behind = f"WHERE (value, pk) {'<' if down else '>'} (%s, %s)" if key is not None else ""
    way = "DESC" if down else "ASC"
    shown = f"SELECT pk FROM found {behind} ORDER BY value {way}, pk {way} LIMIT %s"  # noqa: S608 words of this function
    once = f"WITH found (value, pk) AS MATERIALIZED ({found}) SELECT count(*), ARRAY({shown}) FROM found"  # noqa: S608 and Django's own
    with connection.cursor() as cursor:
        cursor.execute(once, [*given, *(key or ()), size + 1])
        number, keys = cursor.fetchone()
    if number > cap:
        return Count(cap, True), cut(rows, order, after=after, size=size)
    there = rows.in_bulk(keys)
    return Count(number), _cut([there[one] for one in keys if one in there], name, size)


def _cut(found: list[Any], name: str, size: int) -> Cut:
    more = len(found) > size
    return Cut(found[:size], _key_of(found[size - 1], name) if more else "")


@dataclass(frozen=True)
class Count:
    """How many there are, exactly up to `CAP`."""

    number: int
    is_more: bool = False

    def __str__(self) -> str:
        return f"{self.number:,}{'+' if self.is_more else ''}"

    def __bool__(self) -> bool:
        return self.number > 0

    def of(self, one: str, many: str = "") -> str:
        """ "1 piece", "1,284 pieces", "10,000+ pieces". The space does not break."""
        return f"{self}\u00a0{one if self.number == 1 else many or one + 's'}"


def count(rows: models.QuerySet[Any], cap: int = CAP) -> Count:
    """Counts `rows`, reading at most one more than `cap`."""
    found = rows.order_by().values("pk")[: cap + 1].count()
    return Count(min(found, cap), found > cap)


def counts(asked: Mapping[str, models.QuerySet[Any]], cap: int = MENU) -> dict[str, Count]:
    """Counts many sets of rows in one question, reading at most one more than `cap` of each."""
    parts: list[str] = []
    values: list[Any] = []
    for rows in asked.values():
        try:
            sql, given = rows.order_by().values("pk")[: cap + 1].query.sql_with_params()
        except EmptyResultSet:
            sql, given = "SELECT WHERE false", ()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS rows)")  # noqa: S608 - the query set has written it
        values += given
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        found = cursor.fetchone()
    return {name: Count(min(n, cap), n > cap) for name, n in zip(asked, found, strict=True)}


def by_words(text: str, *, of_very_many: bool = False) -> SearchQuery | CombinedSearchQuery | None:
    """What has every word of `text`, or words that begin so. None when there is no word in it.

    Of very many rows, only the last word, which may still be being typed, may be a beginning, and the others stand in
    any of their forms: the index answers several beginnings at once many times slower. English leaves out its smallest
    words; one that stands alone may be the start of a name ("nor", Northmole).
    """
    *typed, last = re.findall(r"\w+", text) or [""]
    if not last:
        return None
    before = typed if of_very_many else [f"{word}:*" for word in typed]
    query = SearchQuery(" & ".join([*before, f"{last}:*"]), search_type="raw", config="english")
    return query if typed else query | SearchQuery(f"{last}:*", search_type="raw", config="simple")


def _key_of(row: models.Model, name: str) -> str:
    value: Any = row
    for part in name.split("__"):
        value = getattr(value, part)
    return f"{value.isoformat() if hasattr(value, 'isoformat') else value}~{row.pk}"


def _read_key(model: type[models.Model], name: str, after: str) -> tuple[Any, int] | None:
    value, _, number = after.rpartition("~")
    if not (value and number.isdigit()):
        return None
    *ways, last = name.split("__")
    for way in ways:
        model = model._meta.get_field(way).related_model  # type: ignore[assignment]  # a foreign key's model
    field = model._meta.pk if last == "pk" else model._meta.get_field(last)
    try:
        return field.to_python(value), int(number)  # type: ignore[union-attr]
    except (ValidationError, ValueError):
        return None
