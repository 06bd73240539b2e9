"""Systems that work items are pulled from. Each connector is made known here by the interfaces; the stage knows none.

A connector only knows how one page is asked for, and what its JSON says. What is done with a page is `pulling`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from clearspan.stages.development.incoming import Incoming

Cursor = dict[str, Any]  # how far one came, as JSON: what it means is the connector's


class Stopped(Exception):  # noqa: N818 an answer, not an error
    """The system cannot be read, or no further. The message says what happened and what to do."""


class Later(Exception):  # noqa: N818 an answer, not an error
    """The system wants to be left alone until `at`."""

    def __init__(self, at: datetime, words: str) -> None:
        self.at = at
        super().__init__(words)


@dataclass(frozen=True)
class Place:
    """A project in a system, and what opens it."""

    address: str
    project: str
    account: str = ""
    token: str = field(default="", repr=False)
    pull_requests: bool = False


@dataclass(frozen=True)
class Unread:
    """An item that could not be read: its name in the system, and what was found and expected."""

    key: str
    words: str


@dataclass(frozen=True)
class Page:
    """Items in the system's own order of change. `cursor` is where to go on once these are kept."""

    items: list[Incoming]
    unread: list[Unread]
    cursor: Cursor


class System(Protocol):
    """What a connector can do."""

    name: str  # as people write it: GitHub
    address: str  # where most people's is, "" when everybody has their own
    needs: str  # which token it takes, and what that must be allowed

    def where(self, address: str, project: str) -> tuple[str, str]:
        """Address and project as they are kept, from what a person gave. Raises ValueError(parameter, words)."""
        ...

    def pages(self, place: Place, cursor: Cursor) -> Iterator[Page]:
        """Everything that changed since `cursor` ({}: from the beginning). Raises Stopped and Later."""
        ...


registry: dict[str, System] = {}


def register(kind: str, system: System) -> None:
    """Makes a connector known for a `Tracker.System`."""
    registry[kind] = system
