"""Which options to do and when, and what one more person is worth.

options.csv      option, value, one column a function with the total effort; and, if wanted, duration, earliest, latest,
                 bucket, must, cost, delay_cost. earliest and latest are starts, as named in the period column of
                 capacity.csv or, where those are not numbers, counted from 1.
capacity.csv     period and one column a function; a single row is a choice without a calendar.
requirements.csv option, requires or option, excludes (or all three).
buckets.csv      bucket, min, max: shares of all effort used.
draws.csv        draw, option, value: every option named there has one value in each draw.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from typing import Any

from clearspan import __version__
from clearspan.engines.portfolio import Limits, NoPlan, Requests, study
from clearspan.interfaces.cli.studies._portfolio_files import Files, problem
from clearspan.interfaces.cli.tables import InputFaults

HELP = "which options, when, and what is one more person worth?"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The files, the taste for risk, what is asked beyond the plan, and the limits of work."""
    parser.add_argument("--options", required=True, metavar="FILE", help="the options (CSV)")
    parser.add_argument("--capacity", required=True, metavar="FILE", help="the people there are (CSV)")
    parser.add_argument("--requirements", "--needs", metavar="FILE", help="what requires or excludes what (CSV)")
    parser.add_argument("--buckets", metavar="FILE", help="shares of effort to keep to (CSV)")
    parser.add_argument("--draws-file", metavar="FILE", help="draws of the options' values (CSV)")
    parser.add_argument("--budget", type=float, metavar="X", help="cap on the sum of cost")
    parser.add_argument("--risk", type=float, default=0.0, metavar="R", help="(1 - R) mean + R CVaR (default 0)")
    parser.add_argument("--prices", action="store_true", help="what one more of each function is worth")
    parser.add_argument("--force", metavar="OPTION", help="what leaves when this option is forced in")
    parser.add_argument("--robust", action="store_true", help="the share of draws that choose each option")
    parser.add_argument("--frontier", action="store_true", help="the best plan at each taste for risk")
    parser.add_argument("--iterations", type=int, default=Limits.iterations, help="of the local search")
    parser.add_argument("--nodes", type=int, default=Limits.nodes, help="of branch and bound")
    parser.add_argument(
        "--seconds",
        type=float,
        help="stop the plan, and each thing asked beyond it, after so long instead of after --nodes; "
        "the same digits are then not promised",
    )


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """Reads the files, solves, and gives the result with what it was made with."""
    _check(arguments)
    files = Files(
        arguments.options, arguments.capacity, arguments.requirements, arguments.buckets, arguments.draws_file
    )
    read, notes = problem(files, budget=arguments.budget, risk=arguments.risk, force=arguments.force)
    requests = Requests(arguments.prices, arguments.force, arguments.robust, arguments.frontier)
    timed = arguments.seconds is not None
    limits = Limits(arguments.iterations, None if timed else arguments.nodes, arguments.seed)
    bar = _Bar()
    try:
        result = study(read, requests, limits, stops=_stops(arguments.seconds), progress=bar)
    except NoPlan as none:
        raise InputFaults(
            [f"{arguments.options}: found no plan ({none}), expected rules that can hold together"]
        ) from None
    finally:
        bar.clear()
    if timed:
        notes.append("limited by --seconds: another run or another machine may give other digits")
    made = {"iterations": limits.iterations, "nodes": limits.nodes, "seconds": arguments.seconds}
    return {
        "study": "portfolio",
        "version": __version__,
        "seed": arguments.seed,
        "limits": made,
        "same_digits": not timed,
        "notes": notes,
        **result.to_dict(),
    }


def _check(arguments: argparse.Namespace) -> None:
    """Faults of the flags themselves."""
    faults = []
    if not 0 <= arguments.risk <= 1:
        faults.append(f"--risk: found {arguments.risk}, expected a number from 0 to 1")
    if arguments.budget is not None and not 0 <= arguments.budget < float("inf"):
        faults.append(f"--budget: found {arguments.budget}, expected a number that is 0 or more")
    for name in ("iterations", "nodes", "seconds"):
        given = getattr(arguments, name)
        if given is not None and not given >= 0:
            faults.append(f"--{name}: found {given}, expected 0 or more")
    if arguments.draws_file is None:
        wanting = {"--risk": arguments.risk > 0, "--robust": arguments.robust, "--frontier": arguments.frontier}
        faults += [f"{flag}: found no draws, expected --draws-file with it" for flag, given in wanting.items() if given]
    if faults:
        raise InputFaults(faults)


def _stops(seconds: float | None) -> Callable[[], Callable[[], bool]]:
    """For each part of the study, a stop that is due `seconds` after the part began; never, without."""

    def begin() -> Callable[[], bool]:
        due = float("inf") if seconds is None else time.monotonic() + seconds
        return lambda: time.monotonic() >= due

    return begin


class _Bar:
    """A bar on standard error while it is a terminal; silent otherwise."""

    WIDTH = 30

    def __init__(self) -> None:
        self.shown = sys.stderr.isatty()
        self.furthest = 0.0

    def __call__(self, fraction: float, words: str) -> None:
        if self.shown:
            self.furthest = max(self.furthest, fraction)
            full = round(self.furthest * self.WIDTH)
            print(f"\r\033[K[{'#' * full}{' ' * (self.WIDTH - full)}] {words}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        if self.shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
