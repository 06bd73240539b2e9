"""What is wrong with a file, said so that a person can mend it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

SHOWN = 20  # faults kept and shown; all are counted


@dataclass(frozen=True)
class Fault:
    """One thing wrong: the row (as the file numbers it, the header being row 1), the column, found and expected."""

    row: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        place = f"row {self.row}" + (f", column {self.column}" if self.column else "")
        return f"{place}: found {self.found}, expected {self.expected}"

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Unreadable(Exception):  # noqa: N818 an answer, not an error
    """The file cannot be read, in whole or from some row on. The message says what was found and what to do."""


def quoted(cell: str) -> str:
    """A cell as a fault names it: in quotes, cut at 60 characters."""
    flat = " ".join(cell.split())
    return f"“{flat[:60]}{'…' if len(flat) > 60 else ''}”"
