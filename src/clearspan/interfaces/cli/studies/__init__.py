"""`clearspan study NAME`: the engines without a database. Each module here is one engine's command.

A module has `HELP` (one line), `add_arguments(parser)` and `run(arguments) -> dict | None`: what it returns is written
as JSON to standard output or `--out`; a command that writes something else (forecast's CSV) writes it to
`arguments.stream` and returns None. Bad input raises `InputFaults`.
"""

from __future__ import annotations

import argparse
import importlib
import io
import json
import pkgutil
import sys
from pathlib import Path

from clearspan.interfaces.cli.tables import InputFaults


def names() -> list[str]:
    """The engines that have a command, in the order of the alphabet."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))


def main(argv: list[str] | None = None) -> int:
    """Runs one study. 0: done; 2: the input cannot be used, and nothing was written."""
    parser = argparse.ArgumentParser(prog="clearspan study", description="Run one engine on files, without a database.")
    kinds = parser.add_subparsers(dest="study", required=True, metavar="STUDY")
    modules = {name: importlib.import_module(f"{__name__}.{name}") for name in names()}
    for name, module in modules.items():
        command = kinds.add_parser(
            name, help=module.HELP, description=module.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        module.add_arguments(command)
        command.add_argument("--seed", type=int, default=0, help="seed of every random number (default 0)")
        command.add_argument("--out", metavar="FILE", help="write the result there, not to standard output")
    arguments = parser.parse_args(argv)
    arguments.stream = io.StringIO(newline="")
    try:
        result = modules[arguments.study].run(arguments)
    except InputFaults as faults:
        print("\n".join(faults.faults), file=sys.stderr)
        return 2
    text = (
        arguments.stream.getvalue()
        if result is None
        else json.dumps(result, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    )
    if arguments.out:
        Path(arguments.out).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0
