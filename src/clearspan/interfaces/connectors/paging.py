"""Walks through what changed since a moment, in the order of change: nothing is missed, and one can stop anywhere.

Systems number their pages, and a page's number means something else as soon as an item changes: one that moves to the
end pulls another over the border of the page before, unseen. So each page is asked for by the time of the last item
seen, and only while a whole page has one and the same time by what the system says comes next. Items at the border are
seen twice; they are known by their identity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, TypeVar

import pydantic
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from clearspan.interfaces.connectors.client import Refused
from clearspan.stages.development.incoming import Incoming
from clearspan.stages.development.systems import Cursor, Page, Stopped, Unread

Entry = dict[str, Any]
Ask = Callable[[datetime | None, str | None], tuple[list[Entry], str | None]]
T = TypeVar("T", bound=pydantic.BaseModel)


class Known(pydantic.BaseModel):
    """What we know of a system's JSON. A field without a default has to be there, though it may be null."""

    model_config = pydantic.ConfigDict(extra="ignore", frozen=True)


def walk(
    ask: Ask,
    read: Callable[[Entry], Incoming | None],
    cursor: Cursor,
    *,
    name: Callable[[Entry], str],
    changed: Callable[[Entry], object],
) -> Iterator[Page]:
    """Pages since `cursor`. `ask(since, following)` answers with entries and what follows them; `read` with an item,
    or None for what is none. Raises Stopped when no entry of a page can be read."""
    since, following, top = _moment(cursor.get("since")), cursor.get("following"), _moment(cursor.get("top"))
    while True:
        entries, after = _asked(ask, since, following)
        items, unread = _read(entries, read, name)
        times = [moment for entry in entries if (moment := _moment(changed(entry))) is not None]
        top = max([*times, *([top] if top else [])], default=since)
        if after is None:
            yield Page(items, unread, _cursor(top))
            return
        if times and times == sorted(times) and (since is None or times[-1] > since):
            since, following, top = times[-1], None, None
        else:
            following = after
        yield Page(items, unread, _cursor(since, following, top))


def _asked(ask: Ask, since: datetime | None, following: str | None) -> tuple[list[Entry], str | None]:
    try:
        return ask(since, following)
    except Refused as refused:
        if following is None or refused.status in (401, 403):
            raise
        return ask(since, None)  # what followed is known no longer: from the same time again


def _cursor(since: datetime | None, following: str | None = None, top: datetime | None = None) -> Cursor:
    moments = {name: moment.isoformat() for name, moment in (("since", since), ("top", top)) if moment}
    return moments | ({"following": following} if following else {})


def _read(
    entries: list[Entry], read: Callable[[Entry], Incoming | None], name: Callable[[Entry], str]
) -> tuple[list[Incoming], list[Unread]]:
    items: list[Incoming] = []
    unread: list[Unread] = []
    for entry in entries:
        try:
            if (item := read(entry)) is not None:
                items.append(item)
        except pydantic.ValidationError as error:
            unread.append(Unread(_named(entry, name), _in_words(error)))
    if unread and not items and len(unread) == len(entries):
        raise Stopped(
            f"None of {len(entries)} items could be read, as with {unread[0].key}: {unread[0].words}. "
            "Its answers may have changed; a newer Clearspan may know them"
        )
    return items, unread


def entries_of(data: Any, name: str) -> list[Entry]:
    """`data` as the list of entries that was asked for. Raises Stopped."""
    if not isinstance(data, list) or not all(isinstance(entry, dict) for entry in data):
        raise Stopped(f"{name} answered something else than a list of items. Is this the address of its API?")
    return data


def known(kind: type[T], data: Any, name: str) -> T:
    """`data` as something we know. Raises Stopped."""
    try:
        return kind.model_validate(data)
    except pydantic.ValidationError as error:
        raise Stopped(f"{name} answered something we do not know: {_in_words(error)}") from None


def day(moment: datetime | None) -> date | None:
    """The company's day of a moment."""
    return timezone.localdate(moment) if moment is not None else None


def _named(entry: Entry, name: Callable[[Entry], str]) -> str:
    try:
        return name(entry)[:80]
    except (KeyError, TypeError, AttributeError):
        return "an item without a number"


def _in_words(error: pydantic.ValidationError) -> str:
    """The first thing wrong: which field, what was found, what was expected."""
    first = error.errors(include_url=False)[0]
    field = ".".join(map(str, first["loc"]))
    if first["type"] == "missing":
        return f"“{field}” is missing"
    found = " ".join(str(first["input"]).split())
    expected = first["msg"].removeprefix("Input should be ").partition(",")[0]
    return f"“{field}” is “{found[:40]}”, expected {expected}"[:160]


def _moment(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value
    try:
        moment = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
