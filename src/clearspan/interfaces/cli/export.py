"""`clearspan export`: writes everything of the company to one file, an archive that `clearspan restore` reads.

People may go on working: what it writes is as it was at one moment. It is written beside its place, read back and
checked, and has its name only then. It holds hashes of passwords and sealed secrets: keep it as you keep the database.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from clearspan.interfaces.archive import checking, handing


def main(argv: list[str]) -> int:
    """0: written and read back. 1: it could not be written. 2: the file is there already."""
    parser = argparse.ArgumentParser(prog="clearspan export", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help="where to write it, such as company.zip")
    parser.add_argument("--replace", action="store_true", help="write over a file that is there")
    arguments = parser.parse_args(argv)
    path: Path = arguments.file
    if path.exists() and not arguments.replace:
        return _say(f"{path} is there already. Name another, or give --replace.", 2)
    try:
        kept = handing.write_to(path, _tell)
    except (OSError, checking.Unusable) as error:
        _tell("")
        return _say(f"Nothing was written: {error}.", 1)
    _tell("")
    print(f"{kept.rows:,} rows in {path}, {kept.size / 1e6:,.1f} MB, read back and checked.\nContent {kept.digest}")
    return 0


def _tell(what: str) -> None:
    """One line on a terminal that is written over; nothing where the output is kept in a file."""
    if sys.stderr.isatty():
        print(f"\r\033[K{what}", end="", file=sys.stderr, flush=True)


def _say(words: str, code: int) -> int:
    print(words, file=sys.stderr)
    return code
