"""How a feed's address is asked. The interfaces make it known here; the stage knows no network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


class CannotRead(Exception):  # noqa: N818 an answer, not an error
    """The feed cannot be read. The message says what happened and what to do; `at` when to ask again, if it said so."""

    def __init__(self, words: str, at: datetime | None = None) -> None:
        self.at = at
        super().__init__(words)


@dataclass(frozen=True)
class Fetched:
    """What came. No body: nothing has changed since. The two marks go with the next question."""

    body: bytes | None
    etag: str = ""
    modified: str = ""


Fetch = Callable[[str, str, str], Fetched]  # address, etag, modified; raises CannotRead
_known: list[Fetch] = []


def register(fetch: Fetch) -> None:
    """Makes known how feeds are asked for."""
    _known[:] = [fetch]


def fetch(address: str, etag: str = "", modified: str = "") -> Fetched:
    """Asks for a feed. Raises CannotRead."""
    return _known[0](address, etag, modified)
