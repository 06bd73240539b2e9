"""Wide files: a column a month, a line, a scenario. Their cells become rows, so that all else reads one form."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from clearspan.core.imports.faults import Fault
from clearspan.core.imports.readers.table import Table

NOUGHT = frozenset("0.,-–− ")  # a cell of nothing else says nothing


@dataclass(frozen=True)
class Spread:
    """How a wide table is gathered: what each spread column says of its cells, and what the cells are called.

    `columns`: place in the file to what its name says, {"Month": "Jan 2026"}, of which all say the same things.
    """

    columns: Mapping[int, Mapping[str, str]]
    cells: str
    noughts: Collection[int] = ()  # columns in which a nought that is written says something

    @property
    def said(self) -> list[str]:
        """What the names of the columns say, as columns of the gathered table."""
        return list(next(iter(self.columns.values())))

    def header(self, header: list[str]) -> list[str]:
        """The columns after gathering: those that are not spread, what the names say, the cells."""
        kept = [name for at, name in enumerate(header) if at not in self.columns]
        return [*kept, *self.said, self.cells]

    def rows(self, cells: list[str]) -> Iterator[list[str]]:
        """A row for each cell that says something."""
        kept = [cell for at, cell in enumerate(cells) if at not in self.columns]
        for at, said in self.columns.items():
            if not NOUGHT.issuperset(cells[at]) or ("0" in cells[at] and at in self.noughts):
                yield [*kept, *said.values(), cells[at]]


class Gathered(Table):
    """A wide table as a long one. Its rows keep the number of the row they come from."""

    def __init__(self, table: Table, spread: Spread) -> None:
        self._table, self._spread = table, spread
        self.format, self.header = table.format, spread.header(table.header)
        names = [table.header[at] for at in spread.columns]
        shown = ", ".join(f"“{name}”" for name in names[:3]) + (f" … “{names[-1]}”" if len(names) > 3 else "")
        said = " and ".join(spread.said).lower()
        self.notes = [*table.notes, f"{len(names)} columns hold amounts, and their names say the {said}: {shown}."]

    def rows(self) -> Iterator[tuple[int, list[str] | Fault]]:
        self.counted = 0
        for number, cells in self._table.rows():
            self.counted += 1
            if isinstance(cells, Fault):
                yield number, cells
            else:
                for row in self._spread.rows(cells):
                    yield number, row

    def share(self) -> float:
        return self._table.share()
