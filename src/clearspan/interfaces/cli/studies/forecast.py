"""What will it earn?

series.csv      unique_id, ds, y: a row a period of each series. ds is a date or a whole number; a period that is left
                out, or has no y, is a gap and filled.
hierarchy.csv   unique_id, parent: what adds up to what. A parent that has no series is the sum of its parts.

Writes CSV: unique_id, ds, mean, an interval for each level (lo-80, hi-80, ...), and the method by which each series was
forecast. The periods go on as they did. Nothing in it is random: --seed changes nothing.
"""

from __future__ import annotations

import argparse
import csv
import math
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from clearspan.engines.forecasting import Forecast, Hierarchy, Series, Settings, study
from clearspan.engines.forecasting.origins import Look
from clearspan.interfaces.cli.studies._bar import Bar
from clearspan.interfaces.cli.studies._series_file import Read, read_hierarchy, read_series
from clearspan.interfaces.cli.tables import InputFaults, Reader

HELP = "what comes next in series of numbers, and how sure that is"

LEVELS = ("80", "95")
MOST_AHEAD = 1_000
WORTH_PROCESSES = 60  # series under which another process takes longer to start than it saves


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the options of `clearspan study forecast`."""
    parser.add_argument("--series", required=True, metavar="CSV", help="what was, by period")
    parser.add_argument("--horizon", required=True, metavar="PERIODS", help="how many periods ahead")
    parser.add_argument(
        "--season",
        metavar="PERIODS",
        help="periods after which a pattern repeats (default by the dates: 12 for months, 4 for quarters, 52 for "
        "weeks, 7 for days, 5 for working days; 1 for years and numbers)",
    )
    parser.add_argument(
        "--level",
        action="append",
        metavar="PER_CENT",
        help="how sure an interval is to be; give it more than once for several (default 80 and 95)",
    )
    parser.add_argument("--hierarchy", metavar="CSV", help="what adds up to what")
    parser.add_argument("--arima", action="store_true", help="ARIMA too, which takes ten times the time")
    parser.add_argument(
        "--processes", metavar="COUNT", help="how many at a time (default one a core where there are many series)"
    )


def run(arguments: argparse.Namespace) -> None:
    """Reads the files, runs the study, and writes its CSV."""
    settings, season, processes = _options(arguments)
    reader = Reader()
    found = read_series(reader, arguments.series, season)
    reader.check()
    hierarchy = read_hierarchy(reader, arguments.hierarchy, found) if arguments.hierarchy else None
    reader.check()
    coming = _coming(arguments.series, found, hierarchy, settings.horizon)
    series = [one.series for one in found.values()]
    with Bar() as bar:
        spreader = partial(_looks, processes=processes or _usual_processes(len(series)), bar=bar)
        result = study(series, settings, hierarchy, spreader)
    _write(arguments, result, coming)


def _options(arguments: argparse.Namespace) -> tuple[Settings, int | None, int | None]:
    """The options as the engine takes them. Raises InputFaults with all that is wrong with them."""
    faults: list[str] = []

    def whole(name: str, most: int) -> int | None:
        given = getattr(arguments, name)
        if given is None:
            return None
        value = int(given) if given.isdecimal() else 0
        if not 1 <= value <= most:
            faults.append(f"--{name}: found {given}, expected a whole number from 1 to {most:,}")
        return value

    horizon, season, processes = whole("horizon", MOST_AHEAD), whole("season", MOST_AHEAD), whole("processes", 256)
    levels = set[float]()
    for given in arguments.level or LEVELS:
        level = _level(given)
        if level is None:
            faults.append(f"--level: found {given}, expected a number over 0 and under 100")
        else:
            levels.add(level)
    if faults or horizon is None:
        raise InputFaults(faults)
    return Settings(horizon, tuple(sorted(levels)), arguments.arima), season, processes


def _level(given: str) -> float | None:
    try:
        level = float(given)
    except ValueError:
        return None
    return level if math.isfinite(level) and 0 < level < 100 else None


def _coming(path: str, found: dict[str, Read], hierarchy: Hierarchy | None, horizon: int) -> dict[str, list[object]]:
    """The periods ahead of every series, those of a whole being its parts'."""
    try:
        coming: dict[str, list[object]] = {name: list(one.coming(horizon)) for name, one in found.items()}
    except (ValueError, OverflowError):
        expected = "periods before the year 10000"
        raise InputFaults([f"--horizon: found {horizon} periods of {path}, expected {expected}"]) from None
    for name, parts in (hierarchy.sums() if hierarchy else {}).items():
        coming[name] = coming[parts[0]]
    return coming


def _usual_processes(count: int) -> int:
    return (os.cpu_count() or 1) if count >= WORTH_PROCESSES else 1


def _looks(look: Callable[[Series], Look], series: Sequence[Series], *, processes: int, bar: Bar) -> Iterator[Look]:
    """Each series looked at, in order, by so many processes."""
    if processes == 1:
        yield from _counted(map(look, series), len(series), bar)
        return
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        yield from _counted(pool.map(look, series, chunksize=8), len(series), bar)


def _counted(looks: Iterator[Look], count: int, bar: Bar) -> Iterator[Look]:
    for done, one in enumerate(looks):
        bar(done / count, f"{done:,} of {count:,} series")
        yield one


def _write(arguments: argparse.Namespace, result: list[Forecast], coming: dict[str, list[object]]) -> None:
    lines = csv.writer(arguments.stream, lineterminator="\n")
    names = [f"{side}-{level:g}" for level in result[0].levels for side in ("lo", "hi")]
    lines.writerow(["unique_id", "ds", "mean", *names, "method"])
    for one in result:
        for note in one.notes:
            print(f"{arguments.series}: {one.name}: {note}", file=sys.stderr)
        for step, stamp in enumerate(coming[one.name]):
            ends = [end for pair in zip(one.low[step], one.high[step], strict=True) for end in pair]
            lines.writerow([one.name, stamp, *map(_cell, (one.mean[step], *ends)), one.method])


def _cell(value: float) -> str:
    """With all its digits, so that sums add up; empty where nothing can be said."""
    return "" if math.isnan(value) else repr(float(value))
