"""When will it be done?

items.csv   id, created, started, finished: a row an item, dates as 2026-03-31, any of them empty.
            Or ActionableAgile's form: ID, Link, Title and one column a stage with the date an item entered it, the last
            stage being done.

Items finished a week, back from --from to the first finish, say how fast the team is. Writes the dates, how sure each
is, cycle times, ageing items and how often such dates came true in this history, as JSON.
"""

from __future__ import annotations

import argparse
import math
import sys
from datetime import date
from typing import Any

import numpy as np

from clearspan import __version__
from clearspan.engines.delivery import (
    UNKNOWN,
    VERSION,
    NoForecast,
    Settings,
    Work,
    day_after_the_last_finish,
    study,
)
from clearspan.interfaces.cli.studies._bar import Bar
from clearspan.interfaces.cli.studies._items_file import ItemsFile, read_items
from clearspan.interfaces.cli.tables import InputFaults, Reader, day

HELP = "when it will be done, and how sure that is"

LATEST = date(9900, 1, 1)  # a forecast looks ten years ahead, and the calendar ends


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the options of `clearspan study delivery`."""
    usual = Settings()
    parser.add_argument("--items", required=True, metavar="CSV", help="work items and their dates")
    parser.add_argument("--remaining", required=True, metavar="ITEMS", help="items that are left to do")
    parser.add_argument(
        "--from", dest="start", metavar="DATE", help="first day of the forecast (default the day after the last finish)"
    )
    parser.add_argument(
        "--split",
        nargs=2,
        default=("1", "1"),
        metavar=("LOW", "HIGH"),
        help="how many times as many the remaining items become, uniform (default 1 1: they stay as many)",
    )
    parser.add_argument(
        "--draws", type=int, default=usual.draws, help=f"simulated futures, 100 or more (default {usual.draws:,})"
    )


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """Reads the file, runs the study, and gives its JSON."""
    work, settings, start = _options(arguments)
    reader = Reader()
    read = read_items(reader, arguments.items)
    reader.check()
    try:
        first = day_after_the_last_finish(read.items) if start is None else start.toordinal()
        with Bar() as bar:
            bar(0.1, "weighing the past")
            result = study(read.items, work, np.random.default_rng(arguments.seed), settings, first)
    except NoForecast as none:
        raise InputFaults([f"{arguments.items}, column {read.finished}: {none}"]) from None
    notes = _notes(read, first)
    for note in notes:
        print(f"{arguments.items}: {note}", file=sys.stderr)
    return {
        "study": "delivery",
        "version": __version__,
        "engine_version": VERSION,
        "seed": arguments.seed,
        "settings": {"draws": settings.draws},
        "notes": notes,
        **result.to_dict(),
    }


def _options(arguments: argparse.Namespace) -> tuple[Work, Settings, date | None]:
    """The options as the engine takes them. Raises InputFaults with all that is wrong with them."""
    faults: list[str] = []
    remaining = _positive(arguments.remaining)
    if remaining is None or remaining != int(remaining):
        faults.append(f"--remaining: found {arguments.remaining}, expected a whole number that is 1 or more")
    low, high = (_positive(factor) for factor in arguments.split)
    if low is None or high is None or low > high:
        given = " ".join(arguments.split)
        faults.append(f"--split: found {given}, expected two factors over 0, the lower one first, such as 1.0 1.3")
    if arguments.seed < 0:
        faults.append(f"--seed: found {arguments.seed}, expected 0 or more")
    if arguments.draws < 100:
        faults.append(f"--draws: found {arguments.draws}, expected 100 or more")
    start = None
    if arguments.start is not None:
        try:
            start = day(arguments.start)
        except ValueError as error:
            faults.append(f"--from: found {arguments.start}, expected {error}")
        if start is not None and start > LATEST:
            faults.append(f"--from: found {start}, expected {LATEST} or earlier")
    if faults or remaining is None or low is None or high is None:
        raise InputFaults(faults)
    return Work(int(remaining), (low, high)), Settings(draws=arguments.draws), start


def _positive(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if 0 < value < math.inf else None


def _notes(read: ItemsFile, start: int) -> list[str]:
    """What a reader should know of the history that was used."""
    later = int(np.sum((read.items.finished != UNKNOWN) & (read.items.finished >= start)))
    if not later:
        return []
    items = "1 item finishes" if later == 1 else f"{later} items finish"
    return [f"{items} on or after {date.fromordinal(start)} and count as open then"]
