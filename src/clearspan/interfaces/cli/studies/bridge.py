"""What made the difference: price, volume, mix and cost.

before.csv, after.csv   line, kind, amount: a row an item of a line. kind is revenue or cost; an amount is as it acts on
                        the contribution, a cost below nought. Optional: item (what a price is the same thing for, such
                        as a region; empty where the line is one) and quantity.

Writes the bridge as JSON: start, end, and steps that come to the difference to the last digit, as texts of decimals.
Nothing in it is random: --seed changes nothing.
"""

from __future__ import annotations

import argparse
from decimal import Decimal, InvalidOperation
from typing import Any

from clearspan import __version__
from clearspan.engines.variance import Cell, bridge
from clearspan.interfaces.cli.tables import Column, InputFaults, Reader, Table, text

HELP = "what made the difference between two results, adding up to the cent"


def _decimal(cell: str) -> Decimal:
    try:
        value = Decimal(cell)
    except InvalidOperation:
        raise ValueError("an amount such as 1234.50") from None
    if not value.is_finite():
        raise ValueError("an amount such as 1234.50")
    return value


def _is_cost(cell: str) -> bool:
    if cell not in ("revenue", "cost"):
        raise ValueError("revenue or cost")
    return cell == "cost"


COLUMNS = (
    Column("line", text), Column("kind", _is_cost), Column("amount", _decimal),
    Column("item", text, required=False, empty=""), Column("quantity", _decimal, required=False, empty=None),
)  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the options of `clearspan study bridge`."""
    parser.add_argument("--before", required=True, metavar="CSV", help="where it starts: a budget, last year")
    parser.add_argument("--after", required=True, metavar="CSV", help="where it ends: what came")


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """Reads the files, runs the study, and gives its JSON."""
    reader = Reader()
    before, after = reader.read(arguments.before, COLUMNS), reader.read(arguments.after, COLUMNS)
    reader.check()
    try:
        found = bridge(_cells(before), _cells(after))
    except ValueError as reason:
        raise InputFaults([f"{arguments.before}, {arguments.after}: {reason}"]) from None
    steps = [
        {"effect": step.effect.value, "line": step.line, "amount": str(step.amount),
         "by_line": {line: str(amount) for line, amount in step.by_line.items()}}
        for step in found.steps
    ]  # fmt: skip
    return {
        "study": "bridge", "version": __version__, "start": str(found.start), "end": str(found.end), "steps": steps,
        "without_quantities": list(found.uncounted),
    }  # fmt: skip


def _cells(table: Table) -> list[Cell]:
    rows = zip(table["line"], table["item"], table["amount"], table["quantity"], table["kind"], strict=True)
    return [Cell(*row) for row in rows]
