"""Is it the market's need, a segment's, or one customer's?

evidence.csv   occasion, account, date, channel, prompted, opportunity[, answer]
               One row an opportunity mentioned on an occasion; one row with no opportunity where nothing known was.
accounts.csv   account, segment, value
market.csv     segment, accounts, value_per_account: the whole addressable market

Writes the opportunities as JSON, the one with the most value at stake first.
"""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clearspan import __version__
from clearspan.engines.demand import NOTHING_KNOWN, VERSION, Accounts, Evidence, Market, Settings, study
from clearspan.interfaces.cli.studies._bar import Bar
from clearspan.interfaces.cli.studies._evidence_file import Codes, read_coded
from clearspan.interfaces.cli.tables import Column, InputFaults, Reader, Table, day, flag, nonnegative, number, text

HELP = "the market's need, a segment's, or one customer's"

EVIDENCE = (
    Column("occasion", text),
    Column("account", text),
    Column("date", lambda cell: day(cell).toordinal()),
    Column("channel", text, required=False, empty=""),
    Column("prompted", flag, empty=False),
    Column("opportunity", text, empty=""),
    Column("answer", flag, required=False, empty=True),
)
ACCOUNTS = (Column("account", text), Column("segment", text), Column("value", number, required=False, empty=0.0))
MARKET = (Column("segment", text), Column("accounts", nonnegative), Column("value_per_account", nonnegative))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the options of `clearspan study demand`."""
    usual = Settings()
    parser.add_argument("--evidence", required=True, metavar="CSV", help="who said what, and when")
    parser.add_argument("--accounts", required=True, metavar="CSV", help="known accounts and their segments")
    parser.add_argument("--market", required=True, metavar="CSV", help="the segments of the addressable market")
    parser.add_argument(
        "--threshold",
        type=float,
        default=usual.threshold,
        metavar="SHARE",
        help=f"prevalence from which on a segment has the need (default {usual.threshold})",
    )
    parser.add_argument(
        "--wrong-tag-rate",
        type=float,
        default=usual.wrong_tag_rate,
        metavar="RATE",
        help=f"wrong tags an occasion and opportunity, at most (default {usual.wrong_tag_rate})",
    )
    parser.add_argument("--sensitivity", action="store_true", help="also score under other loudness and bursts")
    parser.add_argument(
        "--draws", type=int, default=usual.draws, help=f"draws of the market, a power of two (default {usual.draws})"
    )


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """Reads the files, runs the study, and gives its JSON."""
    settings = _settings(arguments)
    reader = Reader()
    known = reader.read(arguments.accounts, ACCOUNTS)
    groups = reader.read(arguments.market, MARKET)
    segments = _numbers(reader, groups, "segment")
    names = _numbers(reader, known, "account")
    segment = _places(reader, known, "segment", segments, f"a segment of {groups.path}")
    if groups["accounts"] and not sum(groups["accounts"]) > 0:
        reader.fault(groups.path, None, "accounts", "a market without accounts", "at least one account")
    evidence = _evidence(reader, arguments.evidence, names, f"an account of {known.path}")
    reader.check()

    accounts = Accounts(tuple(names), segment)
    market = Market(tuple(segments), np.array(groups["accounts"]), np.array(groups["value_per_account"]))
    with Bar() as bar:
        result = study(evidence, accounts, market, settings, arguments.seed, bar)
    return {"study": "demand", "version": __version__, "engine_version": VERSION, "seed": arguments.seed} | {
        "settings": {
            "threshold": settings.threshold,
            "wrong_tag_rate": settings.wrong_tag_rate,
            "draws": settings.draws,
        },
        **result.to_dict(),
    }


def _settings(arguments: argparse.Namespace) -> Settings:
    try:
        return Settings(
            threshold=arguments.threshold,
            wrong_tag_rate=arguments.wrong_tag_rate,
            draws=arguments.draws,
            sensitivity=arguments.sensitivity,
        )
    except ValueError as error:
        raise InputFaults([f"the options: {error}"]) from None


def _numbers(reader: Reader, table: Table, column: str) -> dict[str, int]:
    """Numbers the names in a column that has each of them once."""
    found: dict[str, int] = {}
    for row, name in zip(table.rows, table[column], strict=True):
        if name in found:
            reader.fault(table.path, row, column, f"“{name[:60]}” a second time", f"each {column} once")
        found.setdefault(name, len(found))
    return found


def _places(reader: Reader, table: Table, column: str, known: dict[str, int], expected: str) -> NDArray[np.int64]:
    """The number of each name in a column, which must be among the known."""
    places = np.array([known.get(name, -1) for name in table[column]], dtype=np.int64)
    for row in np.flatnonzero(places < 0).tolist():
        reader.fault(table.path, table.rows[row], column, f"“{table[column][row][:60]}”", expected)
    return places


def _evidence(reader: Reader, path: str, accounts: dict[str, int], expected: str) -> Evidence:
    """Reads the evidence; what is wrong with it is the reader's to say."""
    coded = read_coded(reader, path, EVIDENCE)
    if coded is None or not len(coded["account"][0]) or not accounts.keys() >= set(coded["account"][1]):
        rows = reader.read(path, EVIDENCE)
        _places(reader, rows, "account", accounts, expected)
        if not len(rows) and not any(fault.startswith(str(path)) for fault in reader.faults):
            reader.fault(path, None, None, "no rows", "at least one occasion")
        coded = {column.name: _coded(rows[column.name]) for column in EVIDENCE}
    names = coded["opportunity"][1]
    opportunities = {name: number for number, name in enumerate(filter(None, names))}
    place = {
        "account": [accounts.get(name, 0) for name in coded["account"][1]],
        "date": coded["date"][1],
        "prompted": coded["prompted"][1],
        "opportunity": [opportunities.get(name, NOTHING_KNOWN) for name in names],
        "answer": coded["answer"][1],
    }
    arrays = {name: np.array(values, dtype=np.int64)[coded[name][0]] for name, values in place.items()}
    return Evidence(occasion=coded["occasion"][0], opportunities=tuple(opportunities), **arrays)


def _coded(values: list[Any]) -> Codes:
    numbers: dict[Any, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.int64), list(numbers)
