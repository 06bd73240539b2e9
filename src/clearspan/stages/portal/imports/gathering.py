"""Staged rows gathered into ideas: one row may be an idea, a vote or a comment of it, or all of these."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from clearspan.core.imports.faults import Fault
from clearspan.core.imports.staging import Staging
from clearspan.stages.portal.addresses import key_of

_SEPARATORS = re.compile(r"[\s,;|]+")
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class Voter:
    """Somebody who is named by address."""

    address: str
    name: str
    at: datetime | None


@dataclass(frozen=True)
class Said:
    """A comment."""

    text: str
    author: str
    address: str
    at: datetime | None
    is_ours: bool


@dataclass
class Found:
    """An idea as the file tells it: of what its rows say twice, the first counts."""

    key: str
    row: int
    told: dict[str, Any] = field(default_factory=dict)
    voters: dict[str, Voter] = field(default_factory=dict)  # by the key of their address
    named: set[str] = field(default_factory=set)  # voters of whom only the name is told
    comments: dict[str, Said] = field(default_factory=dict)  # by their identity
    rows: int = 0

    @property
    def votes(self) -> int:
        """What the source counts, and never fewer than it names."""
        return max(self.told.get("votes") or 0, len(self.voters) + len(self.named))


def addresses_in(cell: str) -> list[str]:
    """The mail addresses of a cell. Raises ValueError with what is none."""
    found = [part for part in _SEPARATORS.split(cell) if part]
    if strange := next((part for part in found if not ADDRESS.fullmatch(part) or len(part) > 254), None):
        raise ValueError(strange)
    return found


def gathered(staging: Staging) -> dict[str, Found]:
    """Every idea that the staged rows speak of, by its key, in the file's order: one query."""
    fields = staging.fields
    ideas: dict[str, Found] = {}
    for number, *cells in staging.query(f"SELECT row, {', '.join(fields)} FROM staged ORDER BY row"):  # noqa: S608 names of this kind's fields
        row = dict(zip(fields, cells, strict=True))
        idea = ideas.setdefault(row["identity"], Found(row["identity"], number))
        idea.rows += 1
        _take(idea, row)
    return ideas


def refuse(staging: Staging, ideas: Iterable[Found]) -> None:
    """Rows that add to an idea which neither the file nor the portal has."""
    column = staging.column_of("title")
    for idea in ideas:
        staging.fault(Fault(idea.row, column, "an empty cell", "a title, or the identity of an idea that is here"))
        staging.faulty += idea.rows - 1


def _take(idea: Found, row: dict[str, Any]) -> None:
    for name in ("title", "text", "said_at", "author", "author_email", "votes", "status", "response", "response_at",
                 "original"):  # fmt: skip
        if idea.told.get(name) is None and row.get(name) is not None:
            idea.told[name] = row[name]
    addresses = addresses_in(row.get("voters") or "")
    for address in addresses:
        name = row.get("voter") if len(addresses) == 1 else None
        idea.voters.setdefault(key_of(address), Voter(address, name or "", row.get("voted_at")))
    if row.get("voter") and not addresses:
        idea.named.add(row["voter"])
    if row.get("comment"):
        said = Said(row["comment"], row.get("comment_author") or "", row.get("comment_email") or "",
                    row.get("comment_at"), bool(row.get("comment_is_ours")))  # fmt: skip
        idea.comments.setdefault(row.get("comment_id") or _identity(said), said)


def _identity(said: Said) -> str:
    """What tells a comment without a number from others of its idea."""
    words = "\x1f".join((said.author, said.address, str(said.at or ""), said.text))
    return f"content:{hashlib.sha256(words.encode()).hexdigest()[:32]}"
