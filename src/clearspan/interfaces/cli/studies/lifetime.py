"""Who still buys, how much will they buy, and what is that worth?

customers.csv   a row a customer: frequency (repeat purchases), recency (when the last of them was) and T (how long the
                customer has been watched), both counted from the customer's first purchase in one unit, such as weeks.
                Optional: id (or ID), and value, the mean worth of a repeat purchase.

The BG/NBD model of Fader, Hardie and Lee (2005), by maximum likelihood; with value, the gamma-gamma model of what a
purchase is worth. Writes the parameters, how many customers are still there, what they will buy, and a row a
customer, as JSON.
"""

from __future__ import annotations

import argparse
import sys
from typing import Any

import numpy as np

from clearspan import __version__
from clearspan.engines.lifetime import VERSION, Customers, NoFit, Settings, study
from clearspan.interfaces.cli.tables import Column, InputFaults, Reader, Table, nonnegative, text

HELP = "who still buys, how much they will buy, and what a customer is worth"

COLUMNS = (
    Column("id", text, required=False, empty=None), Column("ID", text, required=False, empty=None),
    Column("frequency", nonnegative), Column("recency", nonnegative), Column("T", nonnegative),
    Column("value", nonnegative, required=False, empty=float("nan")),
)  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the options of `clearspan study lifetime`."""
    usual = Settings()
    parser.add_argument("--customers", required=True, metavar="CSV", help="what each customer did, summed up")
    parser.add_argument(
        "--ahead", default=f"{usual.ahead:g}", metavar="TIME", help="how far to look, in the unit of T (default 52)"
    )
    parser.add_argument(
        "--rate", default="0", metavar="SHARE", help="discount of what is to come, over one such unit (default 0)"
    )
    parser.add_argument("--draws", default=f"{usual.draws}", metavar="COUNT",
                        help=f"parameters drawn for the intervals, 20 or more (default {usual.draws})")  # fmt: skip


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """Reads the file, runs the study, and gives its JSON."""
    settings = _options(arguments)
    reader = Reader()
    table = reader.read(arguments.customers, COLUMNS)
    reader.check()
    them = _customers(reader, table)
    reader.check()
    try:
        result = study(them, settings, np.random.default_rng(arguments.seed))
    except NoFit as reason:
        raise InputFaults([f"{arguments.customers}: {reason}"]) from None
    for note in result.notes:
        print(f"{arguments.customers}: {note}", file=sys.stderr)
    return {
        "study": "lifetime", "version": __version__, "engine_version": VERSION, "seed": arguments.seed,
        "settings": {"ahead": settings.ahead, "rate": settings.rate, "draws": settings.draws},
        **result.to_dict(),
        "each": [
            {"id": _name(table, i), "alive": float(result.alive[i]), "purchases": float(result.purchases[i]),
             **({} if result.worth is None else {"worth": float(result.worth[i])})}
            for i in range(len(them))
        ],
    }  # fmt: skip


def _options(arguments: argparse.Namespace) -> Settings:
    """The options as the engine takes them. Raises InputFaults with all that is wrong with them."""
    faults: list[str] = []

    def number(name: str, least: float, most: float, expected: str) -> float:
        given = getattr(arguments, name)
        try:
            value = float(given)
        except ValueError:
            value = float("nan")
        if not least <= value <= most:
            faults.append(f"--{name}: found {given}, expected {expected}")
        return value

    ahead = number("ahead", 1e-9, 1e6, "a time above 0")
    rate = number("rate", 0, 10, "a share from 0, such as 0.002 a week")
    draws = number("draws", 20, 100_000, "a whole number from 20 to 100,000")
    if arguments.seed < 0:
        faults.append(f"--seed: found {arguments.seed}, expected 0 or more")
    if faults:
        raise InputFaults(faults)
    return Settings(ahead, rate, int(draws))


def _customers(reader: Reader, table: Table) -> Customers:
    columns = {name: np.array(table[name], dtype=np.float64) for name in ("frequency", "recency", "T", "value")}
    value = columns["value"] if np.isfinite(columns["value"]).any() else None
    them = Customers(columns["frequency"], columns["recency"], columns["T"], value)
    for at, name, found, expected in them.faults():
        reader.fault(table.path, table.rows[at], name, f"{found:g}", expected)
    return them


def _name(table: Table, at: int) -> str:
    """As the file calls the customer; the row's number where it does not."""
    return table["id"][at] or table["ID"][at] or str(table.rows[at])
