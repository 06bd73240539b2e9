"""Reads the CSV files of the headless studies, and says what is wrong with them.

A fault names file, row, column, what was found and what was expected. Faults are gathered, so that a person mends
a file once and not once a fault; nothing is computed or written when there is one.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TextIO

SHOWN = 20


class InputFaults(Exception):  # noqa: N818 it carries faults, plural, and is named for them
    """The input cannot be used. `faults` has one sentence each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Column:
    """One column of a file: its name, what a cell becomes, and what stands for an empty cell.

    `parse` raises ValueError with what was expected, in words ("a number from 0 to 1").
    """

    name: str
    parse: Callable[[str], Any]
    required: bool = True  # the column must be there
    empty: Any = ...  # value of an empty cell; `...` means that an empty cell is a fault


@dataclass
class Table:
    """Columns as lists of equal length; `rows[i]` is the line in the file on which row i starts."""

    path: str
    columns: dict[str, list[Any]]
    rows: list[int]
    extra: list[str]  # names of the columns nobody asked for, in file order

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, name: str) -> list[Any]:
        return self.columns[name]


@dataclass
class Reader:
    """Reads tables and gathers faults over all of them; `check()` raises once, with everything."""

    notes: TextIO = field(default_factory=lambda: sys.stderr)
    faults: list[str] = field(default_factory=list)

    def read(
        self, path: str | Path, columns: Iterable[Column], *, keep_extra: Callable[[str], Any] | None = None
    ) -> Table:
        """Reads one CSV file (UTF-8, with or without a byte order mark; header first; any column order).

        Columns nobody asked for are ignored with a note, or, with `keep_extra`, parsed by it and kept.
        """
        name, wanted = str(path), {column.name: column for column in columns}
        table = Table(name, {column: [] for column in wanted}, [], [])
        lines = self._lines(name)
        first = next(lines, None)
        if first is None:
            if not any(fault.startswith(f"{name}:") for fault in self.faults):
                self.fault(name, None, None, "an empty file", f"a header with {', '.join(wanted)}")
            return table
        header = [cell.strip() for cell in first[1]]
        if not self._header_is_usable(name, header, wanted):
            return table
        table.extra = [cell for cell in header if cell and cell not in wanted]
        if keep_extra is not None:
            wanted |= {cell: Column(cell, keep_extra) for cell in table.extra}
            table.columns |= {cell: [] for cell in table.extra}
        elif table.extra:
            print(f"{name}: ignored {', '.join(table.extra)}", file=self.notes)
        for line, cells in lines:
            self._row(table, line, header, cells, wanted)
        return table

    def fault(self, path: str | Path, row: int | None, column: str | None, found: str, expected: str) -> None:
        """Keeps one fault. `row` is the line in the file, the header being line 1."""
        place = "".join(f", {kind} {value}" for kind, value in (("row", row), ("column", column)) if value is not None)
        self.faults.append(f"{path}{place}: found {found}, expected {expected}")

    def check(self) -> None:
        """Raises InputFaults when anything was wrong."""
        if self.faults:
            more = len(self.faults) - SHOWN
            raise InputFaults(self.faults[:SHOWN] + ([f"and {more} more"] if more > 0 else []))

    def _lines(self, name: str) -> Iterator[tuple[int, list[str]]]:
        try:
            with Path(name).open(encoding="utf-8-sig", newline="") as file:
                reader = csv.reader(file, strict=True)
                start = 1
                for cells in reader:
                    if any(cell.strip() for cell in cells):
                        yield start, cells
                    start = reader.line_num + 1
        except OSError as error:
            self.faults.append(f"{name}: found no readable file ({error.strerror}), expected a CSV file")
        except UnicodeDecodeError as error:
            self.faults.append(
                f"{name}: found bytes that are not UTF-8 at byte {error.start}, expected a UTF-8 CSV file"
            )
        except csv.Error as error:
            self.faults.append(f"{name}: found a torn row ({error}), expected CSV with every quote closed")

    def _header_is_usable(self, name: str, header: list[str], wanted: dict[str, Column]) -> bool:
        before = len(self.faults)
        for cell in sorted({cell for cell in header if cell and header.count(cell) > 1}):
            self.fault(name, 1, cell, "the column twice", "each column once")
        for column in wanted.values():
            if column.required and column.name not in header:
                self.fault(name, 1, column.name, "no such column", f"a column named {column.name}")
        return len(self.faults) == before

    def _row(self, table: Table, line: int, header: list[str], cells: list[str], wanted: dict[str, Column]) -> None:
        if len(cells) != len(header):
            self.fault(table.path, line, None, f"{len(cells)} cells", f"{len(header)}, as in the header")
            return
        values = {name: column.empty for name, column in wanted.items()}
        for name, cell in zip(header, map(str.strip, cells), strict=True):
            if name not in wanted:
                continue
            if cell:
                try:
                    values[name] = wanted[name].parse(cell)
                except ValueError as error:
                    self.fault(table.path, line, name, f"“{cell[:60]}”", str(error))
                    return
            elif values[name] is ...:
                self.fault(table.path, line, name, "an empty cell", "a value")
                return
        for name, value in values.items():
            table.columns[name].append(value)
        table.rows.append(line)


def text(cell: str) -> str:
    return cell


def number(cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        raise ValueError("a number, such as 12.5") from None
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError("a finite number")
    return value


def nonnegative(cell: str) -> float:
    value = number(cell)
    if value < 0:
        raise ValueError("a number that is 0 or more")
    return value


def whole(cell: str) -> int:
    value = number(cell)
    if value != int(value):
        raise ValueError("a whole number")
    return int(value)


def flag(cell: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if cell.lower() not in known:
        raise ValueError("1 or 0")
    return known[cell.lower()]


def day(cell: str) -> date:
    try:
        return date.fromisoformat(cell[:10])
    except ValueError:
        raise ValueError("a date such as 2026-03-31") from None
