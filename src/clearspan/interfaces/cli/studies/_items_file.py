"""Reads work items: `id, created, started, finished`, or ActionableAgile's one column a stage.

That form has an id, a link and a title (or name) and then a column a stage with the date an item entered it, the last
stage being done. What follows the stages (a type, labels) holds no dates and is ignored.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np

from clearspan.engines.delivery import UNKNOWN, Items
from clearspan.interfaces.cli.tables import Column, Reader, Table, day, text

DATES = ("created", "started", "finished")
BEFORE_STAGES = ("id", "link", "title", "name")
EARLIEST, LATEST = 1900, 2200  # a year outside is a slip of the pen, and would make a history of centuries
AFTER_STAGES = ("type",)  # the first attribute, where a tool that writes this form puts one


@dataclass(frozen=True)
class ItemsFile:
    """The items, and what the column is called that says that one is finished."""

    items: Items
    finished: str


def read_items(reader: Reader, path: str) -> ItemsFile:
    """Reads either form. What is wrong with the file is the reader's to say; its `check` comes after this."""
    header = _header(path)
    if _is_by_stage(header):
        return _by_stage(reader, path, header)
    columns = (
        Column("id", text),
        *(Column(name, _number, required=name == "finished", empty=UNKNOWN) for name in DATES),
    )
    table = reader.read(path, columns)
    for row, *dates in zip(table.rows, *(table[name] for name in DATES), strict=True):
        _ordered(reader, table, row, list(zip(DATES, dates, strict=True)))
    return ItemsFile(_items(reader, table, "id", [table[name] for name in DATES]), "finished")


def _header(path: str) -> list[str]:
    """The names in the first line; nothing where there is none to be read, which the reader will say."""
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            return [cell.strip() for cell in next(csv.reader(file), [])]
    except (OSError, UnicodeDecodeError, csv.Error):
        return []


def _is_by_stage(header: list[str]) -> bool:
    names = [name.lower() for name in header]
    return "id" in names and bool({"title", "name"} & set(names)) and not set(DATES) & set(names)


def _by_stage(reader: Reader, path: str, header: list[str]) -> ItemsFile:
    name = next(name for name in header if name.lower() == "id")
    rest = [column for column in header if column and column != name]
    table = reader.read(path, (Column(name, text), *(Column(column, text, empty="") for column in rest)))
    stages = _stages(table, header) if len(table) else []
    if len(table) and len(stages) < 2:
        reader.fault(path, 1, None, f"{len(stages)} columns of dates after the title", "one column a stage, 2 or more")
    if reader.faults or not stages:
        return ItemsFile(_items(reader, table, name, [[], [], []]), "the last stage")
    entered = [_entered(reader, table, row, stages) for row in range(len(table))]
    created = [next((at for at in dates if at), UNKNOWN) for dates in entered]
    started = [next((at for at in dates[1:] if at), UNKNOWN) for dates in entered]
    finished = [dates[-1] for dates in entered]
    return ItemsFile(_items(reader, table, name, [created, started, finished]), stages[-1])


def _stages(table: Table, header: list[str]) -> list[str]:
    """The columns after the title as far as most of what they hold is a date; an empty one is a stage of nobody."""
    found: list[str] = []
    for name in header[max(n for n, cell in enumerate(header) if cell.lower() in BEFORE_STAGES) + 1 :]:
        filled = [cell for cell in table[name] if cell] if name else [""]
        if name.lower() in AFTER_STAGES or 2 * sum(map(_is_date, filled)) < len(filled):
            break
        found.append(name)
    return found


def _entered(reader: Reader, table: Table, row: int, stages: list[str]) -> list[int]:
    """The day one item entered each stage, or UNKNOWN."""
    dates = []
    for stage in stages:
        cell = table[stage][row]
        try:
            dates.append(_number(cell) if cell else UNKNOWN)
        except ValueError as error:
            reader.fault(table.path, table.rows[row], stage, f"“{cell[:60]}”", str(error))
            dates.append(UNKNOWN)
    _ordered(reader, table, table.rows[row], list(zip(stages, dates, strict=True)))
    return dates


def _ordered(reader: Reader, table: Table, row: int, dates: list[tuple[str, int]]) -> None:
    for (before, earlier), (name, later) in pairwise([one for one in dates if one[1] != UNKNOWN]):
        if later < earlier:
            found, limit = date.fromordinal(later).isoformat(), date.fromordinal(earlier).isoformat()
            reader.fault(table.path, row, name, found, f"{limit} or later, when it was {_words(before)}")


def _words(column: str) -> str:
    return column if column in DATES else f"in {column}"


def _items(reader: Reader, table: Table, name: str, dates: list[list[int]]) -> Items:
    seen: set[str] = set()
    for row, item in zip(table.rows, table[name], strict=True):
        if item in seen:
            reader.fault(table.path, row, name, f"“{item[:60]}” a second time", "each item once")
        seen.add(item)
    if reader.faults:
        return Items((), *([np.empty(0, dtype=np.int64)] * 3))
    return Items(tuple(table[name]), *(np.array(column, dtype=np.int64) for column in dates))


def _number(cell: str) -> int:
    read = day(cell)
    if not EARLIEST <= read.year <= LATEST:
        raise ValueError(f"a year from {EARLIEST} to {LATEST}")
    return read.toordinal()


def _is_date(cell: str) -> bool:
    try:
        _number(cell)
    except ValueError:
        return False
    return True
