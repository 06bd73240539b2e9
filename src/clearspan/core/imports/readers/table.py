from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator

from clearspan.core.imports.faults import Fault

SAMPLE = 1_000  # rows from which columns are understood


class Table(ABC):
    """A header and the rows under it. `rows()` may be asked for again and starts anew."""

    format = ""
    header: list[str]
    counted: int | None = None  # rows of the file that were read, where they are not the rows that came out
    notes: list[str]  # how the file was read, where it could have been read otherwise

    @abstractmethod
    def rows(self) -> Iterator[tuple[int, list[str] | Fault]]:
        """(number of the row in the file, its cells without spaces around them, or what is wrong with it)."""

    @abstractmethod
    def share(self) -> float:
        """How much of the file the running `rows()` has read, 0 to 1."""

    def sample(self) -> list[list[str]]:
        """The first usable rows."""
        found: list[list[str]] = []
        for _, cells in self.rows():
            if not isinstance(cells, Fault):
                found.append(cells)
                if len(found) == SAMPLE:
                    break
        return found

    def column(self, at: int) -> Iterator[str]:
        """All cells of one column that are not empty: another reading of the whole file."""
        for _, cells in self.rows():
            if not isinstance(cells, Fault) and cells[at]:
                yield cells[at]


def named(header: list[str]) -> list[str]:
    """Names for all columns: what has none is "column 3", a second "Labels" is "Labels (2)"."""
    seen: dict[str, int] = {}
    names = []
    for at, cell in enumerate(header, 1):
        name = " ".join(cell.split()) or f"column {at}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names
