"""Reads series in the long form `unique_id, ds, y`, and which of them add up to which."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

import numpy as np

from clearspan.engines.forecasting import Calendar, Hierarchy, Series, Stamp, calendar_of, like
from clearspan.engines.forecasting.calendar import Numbers
from clearspan.interfaces.cli.tables import Column, Reader, Table, day, number, text

EARLIEST, LATEST = 1900, 2200  # a year outside is a slip of the pen
MOST_PERIODS = 20_000  # between the first and the last row of a series
OWN_CALENDAR = 4  # rows from which a series shows its own calendar; a shorter one has that of most series
CENT = 0.011  # a whole may differ from its parts by rounding, a cent each


@dataclass(frozen=True)
class Read:
    """One series as the engine takes it, and what its periods are called."""

    series: Series
    calendar: Calendar

    def coming(self, horizon: int) -> list[Stamp]:
        """The periods after the last one."""
        last = len(self.series.values) - 1
        return [self.calendar.at(last + step) for step in range(1, horizon + 1)]


def read_series(reader: Reader, path: str, season: int | None) -> dict[str, Read]:
    """Every series by its id, in the order of the file. The reader gathers the faults: call its `check` after this."""
    columns = (Column("unique_id", text), Column("ds", _stamp), Column("y", number, empty=None))
    table = reader.read(path, columns)
    if not len(table) and not reader.faults:
        reader.fault(path, None, None, "no rows", "a row a period of each series")
    rows: dict[str, dict[Stamp, int]] = {}
    for n, (name, stamp) in enumerate(zip(table["unique_id"], table["ds"], strict=True)):
        if not isinstance(stamp, type(table["ds"][0])):
            kinds = ("a whole number", "a date") if isinstance(stamp, int) else ("a date", "a whole number")
            reader.fault(path, table.rows[n], "ds", f"{kinds[0]}, {stamp}", f"{kinds[1]}, as in the first row")
        elif stamp in rows.setdefault(name, {}):
            reader.fault(path, table.rows[n], "ds", f"{stamp} a second time of “{name[:60]}”", "each period once")
        else:
            rows[name][stamp] = n
    if reader.faults:
        return {}
    calendars = _calendars(reader, table, rows)
    return {
        name: one
        for name, calendar in calendars.items()
        if (one := _series(reader, table, name, rows[name], calendar, season)) is not None
    }


def read_hierarchy(reader: Reader, path: str, found: dict[str, Read]) -> Hierarchy | None:
    """The tree of the file, held against the series: every part has one, and they have the same periods to the end."""
    table = reader.read(path, (Column("unique_id", text), Column("parent", text)))
    parents: dict[str, str] = {}
    for row, child, parent in zip(table.rows, table["unique_id"], table["parent"], strict=True):
        if child in parents:
            reader.fault(path, row, "unique_id", f"“{child[:60]}” a second time", "one parent a series")
        parents[child] = parent
    if not parents and not reader.faults:
        reader.fault(path, None, None, "no rows", "a row a series with its parent")
    if reader.faults:
        return None
    try:
        hierarchy = Hierarchy(parents)
    except ValueError as error:
        reader.fault(path, None, "parent", str(error), "a tree")
        return None
    _hold_parts(reader, table, hierarchy, found)
    if not reader.faults:
        _hold_wholes(reader, path, hierarchy, found)
    return hierarchy


def _calendars(reader: Reader, table: Table, rows: dict[str, dict[Stamp, int]]) -> dict[str, Calendar]:
    own = {name: calendar_of(list(stamps)) for name, stamps in rows.items()}
    shown = [(one, len(rows[name])) for name, one in own.items() if one is not None]
    long = [one for one, count in shown if count >= OWN_CALENDAR] or [one for one, _ in shown]
    if not long:
        first = table["ds"][0]
        if isinstance(first, date):
            reader.fault(table.path, None, "ds", "one date a series", "two of one at least, to know the calendar")
            return {}
        long = [Numbers(first, 1)]
    kinds = Counter((type(one), getattr(one, "step", 1)) for one in long)
    kind = max(kinds, key=lambda each: kinds[each])  # of as many, the first
    usual = next(one for one in long if (type(one), getattr(one, "step", 1)) == kind)
    chosen: dict[str, Calendar] = {}
    for name, stamps in rows.items():
        one, ordered = own[name], sorted(stamps)
        if one is None or (len(stamps) < OWN_CALENDAR and _fits(usual, ordered)):
            one = like(usual, ordered[0])
        chosen[name] = one
    return chosen


def _fits(usual: Calendar, stamps: list[Stamp]) -> bool:
    """Whether these are periods of such a calendar."""
    calendar = like(usual, stamps[0])
    return all(calendar.at(calendar.place(stamp)) == stamp for stamp in stamps)


def _series(
    reader: Reader, table: Table, name: str, rows: dict[Stamp, int], calendar: Calendar, season: int | None
) -> Read | None:
    known = {calendar.place(stamp): table["y"][n] for stamp, n in rows.items() if table["y"][n] is not None}
    some = table.rows[next(iter(rows.values()))]
    if not known:
        reader.fault(table.path, some, "y", f"no value of “{name[:60]}” in any row", "one at least")
        return None
    first, last = min(known), max(known)
    if last - first >= MOST_PERIODS:
        found = f"{last - first + 1:,} periods from the first to the last of “{name[:60]}”"
        reader.fault(table.path, some, "ds", found, f"{MOST_PERIODS:,} at most")
        return None
    values = np.full(last - first + 1, np.nan)
    values[[place - first for place in known]] = list(known.values())
    return Read(Series(name, values, season or calendar.season), like(calendar, calendar.at(first)))


def _hold_parts(reader: Reader, table: Table, hierarchy: Hierarchy, found: dict[str, Read]) -> None:
    row_of = dict(zip(table["unique_id"], table.rows, strict=True))
    first: tuple[str, list[Stamp]] | None = None
    for part in hierarchy.parts:
        if part not in found:
            reader.fault(table.path, row_of[part], "unique_id", f"“{part[:60]}”", "a series, or the parent of one")
            continue
        try:
            periods = found[part].coming(2)
        except (ValueError, OverflowError):
            continue  # the horizon's own check says so
        first = first or (part, periods)
        if periods != first[1]:
            ends = f"“{part[:60]}”, whose next periods are {periods[0]} and {periods[1]}"
            expected = f"{first[1][0]} and {first[1][1]}, as of “{first[0][:60]}”"
            reader.fault(table.path, row_of[part], "unique_id", ends, expected)


def _hold_wholes(reader: Reader, path: str, hierarchy: Hierarchy, found: dict[str, Read]) -> None:
    """A whole that has a series of its own is the sum of its parts, wherever all of them are known."""
    for name, parts in hierarchy.sums().items():
        if name not in found:
            continue
        own, members = found[name], [found[part] for part in parts]
        if own.coming(2) != members[0].coming(2):
            periods = " and ".join(map(str, members[0].coming(2)))
            reader.fault(path, None, None, f"“{name[:60]}” ending elsewhere", f"{periods} as its next periods")
            continue
        shortest = min(len(one.series.values) for one in (own, *members))
        sums = np.sum([one.series.values[-shortest:] for one in members], axis=0)
        whole = own.series.values[-shortest:]
        size = np.sum([np.abs(one.series.values[-shortest:]) for one in members], axis=0)
        off = np.flatnonzero(np.abs(whole - sums) > CENT * len(parts) + 1e-9 * size)
        if len(off):
            at = own.calendar.at(len(own.series.values) - shortest + int(off[0]))
            value, wanted = float(whole[off[0]]), float(sums[off[0]])
            reader.fault(path, None, None, f"“{name[:60]}” at {at}: {value:g}", f"{wanted:g}, the sum of its parts")


def _stamp(cell: str) -> Stamp:
    if cell.lstrip("+-").isdecimal():
        return int(cell)
    try:
        read = day(cell)
    except ValueError:
        raise ValueError("a date such as 2026-03-31, or a whole number") from None
    if not EARLIEST <= read.year <= LATEST:
        raise ValueError(f"a year from {EARLIEST} to {LATEST}")
    return read
