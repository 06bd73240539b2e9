"""Workbooks: XLSX, XLS and ODS, read by calamine."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import python_calamine

from clearspan.core.imports.faults import Fault, Unreadable
from clearspan.core.imports.readers.table import Table, named

# A workbook is unpacked into memory as a whole; a text file of any size is not.
MOST_BYTES = 64 * 1024 * 1024
MOST_UNPACKED = 1024 * 1024 * 1024


def open_workbook(path: Path, wished: str = "") -> Table:
    """The wished sheet, or the first that has a header and a row. Raises Unreadable."""
    _check_size(path)
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
    except Exception as error:
        raise Unreadable(f"The workbook cannot be opened ({error}). Save it again as XLSX, or as CSV.") from None
    names = book.sheet_names
    if wished and wished not in names:
        raise Unreadable(f"There is no sheet “{wished}”. The workbook has {', '.join(names)}.")
    for name in [wished] if wished else names:
        sheet = book.get_sheet_by_name(name)
        if sheet.height >= 2 or wished:
            return Sheet(sheet, name, len(names))
    raise Unreadable("No sheet of the workbook has a header and a row under it.")


class Sheet(Table):
    """One sheet. Rows are numbered as the workbook numbers them."""

    format = "XLSX"

    def __init__(self, sheet: Any, name: str, sheets: int) -> None:
        self._sheet, self._read = sheet, 0
        self.notes = [f"Its sheet “{name}” is read; it has {sheets}."] if sheets > 1 else []
        first = next(self._cells(), None)
        if first is None:
            raise Unreadable(f"The sheet “{name}” is empty.")
        while first[1] and not first[1][-1]:
            first[1].pop()
        self.header = named(first[1])

    def rows(self) -> Iterator[tuple[int, list[str] | Fault]]:
        width, cells = len(self.header), self._cells()
        next(cells, None)
        for number, row in cells:
            if any(row[width:]):
                yield number, Fault(number, "", f"{len(row)} cells", f"{width}, as in the header")
            else:
                yield number, row[:width] + [""] * (width - len(row))

    def share(self) -> float:
        return self._read / max(1, int(self._sheet.height))

    def _cells(self) -> Iterator[tuple[int, list[str]]]:
        above = self._sheet.start[0] if self._sheet.start else 0
        for number, row in enumerate(self._sheet.iter_rows(), above + 1):
            self._read = number
            cells = [_text(cell) for cell in row]
            if any(cells):
                yield number, cells


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{Decimal(repr(cell)):f}"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int | timedelta) else ""


def _check_size(path: Path) -> None:
    unpacked = 0
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as file:
            unpacked = sum(part.file_size for part in file.infolist())
    if path.stat().st_size > MOST_BYTES or unpacked > MOST_UNPACKED:
        raise Unreadable("The workbook is too large to be unpacked in memory (over 64 MB). Save the sheet as CSV.")
