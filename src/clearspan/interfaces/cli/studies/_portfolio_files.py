"""The files of the portfolio study, read into the engine's problem."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from clearspan.engines.portfolio import Bucket, Problem
from clearspan.interfaces.cli.tables import Column, InputFaults, Reader, Table, flag, nonnegative, number, text, whole

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Files:
    """Paths; None where a file was not given."""

    options: str
    capacity: str
    needs: str | None = None
    buckets: str | None = None
    draws: str | None = None


def problem(files: Files, *, budget: float | None, risk: float, force: str | None) -> tuple[Problem, list[str]]:
    """The problem and notes on how the files were understood. Raises InputFaults with all that is wrong."""
    reader, notes = Reader(), list[str]()
    capacity = reader.read(files.capacity, [Column("period", text)], keep_extra=nonnegative)
    functions = capacity.extra
    if not functions and not reader.faults:
        reader.fault(files.capacity, 1, None, "no function", "one column a function beside period")
    options = reader.read(files.options, _option_columns(functions, values=files.draws is None))
    _each_once(reader, capacity, "period")
    _each_once(reader, options, "option")
    if not reader.faults:
        for table, what in ((capacity, "a row for each period, at least one"), (options, "at least one option")):
            if not len(table):
                reader.fault(table.path, None, None, "no rows", what)
    periods = capacity["period"]
    places = {name: k for k, name in enumerate(options["option"])}
    earliest, latest = (_starts(reader, options, name, periods) for name in ("earliest", "latest"))
    _windows(reader, options, earliest, latest)
    requires, excludes = _pairs(reader, files.needs, places)
    buckets = _buckets(reader, files.buckets, options)
    draws = _draws(reader, files.draws, options, places, notes)
    if force is not None and force not in places and options.rows:
        reader.faults.append(f"--force: found “{force}”, expected an option of {files.options}")
    reader.check()
    for note in notes:
        print(f"{files.draws}: {note}", file=sys.stderr)
    try:
        built = Problem.of(
            options["option"],
            np.array([options[name] for name in functions]).T,
            np.array([capacity[name] for name in functions]).T,
            [value or 0.0 for value in options["value"]],
            functions=functions,
            periods=periods,
            duration=options["duration"],
            earliest=[0 if start is None else start for start in earliest],
            latest=[len(periods) - 1 if start is None else start for start in latest],
            must=options["must"],
            cost=options["cost"],
            delay_cost=options["delay_cost"],
            bucket=options["bucket"],
            buckets=buckets,
            requires=requires,
            excludes=excludes,
            draws=draws,
            budget=budget,
            risk=risk,
        )
    except ValueError as error:
        raise InputFaults([f"{files.needs or files.options}, {line}" for line in str(error).splitlines()]) from None
    return built, notes


def _option_columns(functions: Sequence[str], *, values: bool) -> list[Column]:
    """The columns of options.csv. Where draws are given, the value may be left out."""
    return [
        Column("option", text),
        Column("value", number, required=values, empty=... if values else None),
        *(Column(name, nonnegative, empty=0.0) for name in functions),
        Column("duration", _duration, required=False, empty=1),
        Column("earliest", text, required=False, empty=None),
        Column("latest", text, required=False, empty=None),
        Column("bucket", text, required=False, empty=None),
        Column("must", flag, required=False, empty=False),
        Column("cost", nonnegative, required=False, empty=0.0),
        Column("delay_cost", nonnegative, required=False, empty=0.0),
    ]


def _duration(cell: str) -> int:
    value = whole(cell)
    if value < 1:
        raise ValueError("a whole number of periods, 1 or more")
    return value


def _share(cell: str) -> float:
    value = number(cell)
    if not 0 <= value <= 1:
        raise ValueError("a share from 0 to 1")
    return value


def _each_once(reader: Reader, table: Table, column: str) -> None:
    first: dict[str, int] = {}
    for row, name in zip(table.rows, table[column], strict=True):
        if first.setdefault(name, row) != row:
            reader.fault(table.path, row, column, f"“{name}” again, as in row {first[name]}", f"each {column} once")


def _starts(reader: Reader, options: Table, column: str, periods: Sequence[str]) -> list[int | None]:
    """Where in the calendar a start stands: by its label or, where no label is a number, counted from 1."""
    place: dict[str, int] = {label: k for k, label in enumerate(periods)}
    if not any(label.lstrip("-").isdigit() for label in periods):
        place |= {str(k + 1): k for k in range(len(periods))}
    found: list[int | None] = []
    for row, cell in zip(options.rows, options[column], strict=True):
        if cell is not None and cell not in place and periods:
            reader.fault(options.path, row, column, f"“{cell}”", f"a period of the capacity file, such as {periods[0]}")
        found.append(None if cell is None else place.get(cell))
    return found


def _windows(reader: Reader, options: Table, earliest: list[int | None], latest: list[int | None]) -> None:
    for row, first, last, label in zip(options.rows, earliest, latest, options["latest"], strict=True):
        if first is not None and last is not None and last < first:
            reader.fault(options.path, row, "latest", f"“{label}”, before earliest", "earliest or later")


def _pairs(
    reader: Reader, path: str | None, places: dict[str, int]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Who requires whom, and who excludes whom."""
    pairs: dict[str, list[tuple[int, int]]] = {"requires": [], "excludes": []}
    if path is None:
        return [], []
    other = [Column(name, text, required=False, empty=None) for name in pairs]
    table = reader.read(path, [Column("option", text), *other])
    for k, (row, option) in enumerate(zip(table.rows, table["option"], strict=True)):
        _known(reader, table, row, "option", option, places)
        named = {name: table[name][k] for name in pairs if table[name][k] is not None}
        if not named:
            reader.fault(path, row, None, "neither requires nor excludes", "an option in one of them")
        for name, target in named.items():
            if not _known(reader, table, row, name, target, places) or option not in places:
                continue
            if target == option:
                reader.fault(path, row, name, f"“{target}”, the option itself", "another option")
            else:
                pairs[name].append((places[option], places[target]))
    return pairs["requires"], pairs["excludes"]


def _known(reader: Reader, table: Table, row: int, column: str, option: str, places: dict[str, int]) -> bool:
    if option not in places and places:
        reader.fault(table.path, row, column, f"“{option}”", "an option of the options file")
    return option in places


def _buckets(reader: Reader, path: str | None, options: Table) -> list[Bucket]:
    if path is None:
        return []
    limits = [Column("min", _share, required=False, empty=0.0), Column("max", _share, required=False, empty=1.0)]
    table = reader.read(path, [Column("bucket", text), *limits])
    _each_once(reader, table, "bucket")
    used = set(options["bucket"])
    for row, name, low, high in zip(table.rows, table["bucket"], table["min"], table["max"], strict=True):
        if low > high:
            reader.fault(path, row, "max", f"{high}, under min", f"{low} or more")
        if name not in used and options.rows:
            reader.fault(path, row, "bucket", f"“{name}”, which no option is in", "a bucket of the options file")
    floors = sum(table["min"])
    if floors > 1 + 1e-9:
        reader.fault(path, None, "min", f"floors that add up to {floors:g}", "at most 1, all of the effort")
    return [Bucket(*cells) for cells in zip(table["bucket"], table["min"], table["max"], strict=True)]


def _draws(reader: Reader, path: str | None, options: Table, places: dict[str, int], notes: list[str]) -> Floats | None:
    """Draws (S x n). An option without any keeps its one value; one with some must have all."""
    if path is None:
        return None
    table = reader.read(path, [Column("draw", text), Column("option", text), Column("value", number)])
    draw = {name: k for k, name in enumerate(dict.fromkeys(table["draw"]))}
    if reader.faults or not places:
        return None
    found = np.full((len(draw), len(places)), np.nan)
    for row, name, option, value in zip(table.rows, table["draw"], table["option"], table["value"], strict=True):
        if not _known(reader, table, row, "option", option, places):
            continue
        if not np.isnan(found[draw[name], places[option]]):
            reader.fault(path, row, None, f"draw {name} of “{option}” again", "each pair once")
        found[draw[name], places[option]] = value
    if len(draw) < 2:
        reader.fault(path, None, "draw", f"{len(draw)} draws", "at least 2")
    else:
        _complete(reader, path, options, found, list(draw), notes)
    return found


def _complete(reader: Reader, path: str, options: Table, found: Floats, draw: list[str], notes: list[str]) -> None:
    """Certain options get their one value in every draw; gaps are faults."""
    certain = []
    for i, (row, option) in enumerate(zip(options.rows, options["option"], strict=True)):
        missing = np.flatnonzero(np.isnan(found[:, i]))
        value: Any = options["value"][i]
        if len(missing) == len(draw) and value is None:
            reader.fault(options.path, row, "value", "no value and no draws", "one of them")
        elif len(missing) == len(draw):
            found[:, i] = value
            certain.append(option)
        elif len(missing):
            lacks = f"no value of “{option}” in draw {draw[missing[0]]}"
            reader.fault(path, None, "option", lacks, "its value in every draw, or in none")
        elif value is not None and _far(found[:, i], value):
            mean = found[:, i].mean()
            notes.append(f"{option}: value {value:g} is far from the mean of its draws, {mean:g}; the draws were used")
    if certain:
        notes.append(f"no draws of {', '.join(certain)}: taken as certain")


def _far(sample: Floats, value: float) -> bool:
    """Whether a stated mean is too far from the sample's for chance: past four standard errors."""
    return bool(abs(sample.mean() - value) > 4 * sample.std() / len(sample) ** 0.5 + 1e-9 * abs(value))
