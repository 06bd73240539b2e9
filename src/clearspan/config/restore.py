"""`clearspan restore`: makes the company of an archive in an empty database: all of it, or nothing.

The file is read through first; a torn, altered, foreign or newer one is refused before anything is written. Set
CLEARSPAN_HOME (or CLEARSPAN_DATABASE_URL) to where the company is to be. Everybody signs in as before, with what they
had, when the secret key is the one that the company had: copy secret_key into CLEARSPAN_HOME first.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from clearspan.config.prepare import prepare
from clearspan.interfaces.archive import checking, restoring

_KEY = """Give this installation that key (copy secret_key into CLEARSPAN_HOME, or set CLEARSPAN_SECRET_KEY) and restore
again. Where it is lost, give --another-key: everything else comes; tokens of trackers and secrets of webhooks have to
be given anew, and `clearspan unlock` lets people in whose second factor cannot be opened."""


def main(argv: list[str]) -> int:
    """0: the company is there (or, with --check, could be). 1: refused, with nothing changed."""
    parser = argparse.ArgumentParser(prog="clearspan restore", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help="an archive that `clearspan export` or backup wrote")
    parser.add_argument("--check", action="store_true", help="read the file through, say what it is, and stop")
    parser.add_argument(
        "--another-key", action="store_true", help="go on without the secret key that it was sealed with"
    )
    arguments = parser.parse_args(argv)
    try:
        archive = checking.check(arguments.file)
    except (checking.Unusable, OSError) as error:
        return _refused(arguments.file, str(error))
    print(
        f"{arguments.file}: {archive.all_rows:,} rows, written {archive.written_at} by Clearspan {archive.version}; "
        "whole and unaltered."
    )
    return 0 if arguments.check else _restore(archive, arguments.another_key)


def _restore(archive: checking.Checked, another_key: bool) -> int:
    try:
        prepare(static=False)
        restoring.restore(archive, another_key=another_key, tell=_tell)
    except restoring.AnotherKey as error:
        return _refused(archive.path, f"{error}.\n{_KEY}")
    except restoring.NotEmpty as error:
        return _refused(archive.path, f"{error}. Set CLEARSPAN_HOME to a new folder, or give an empty database")
    except (checking.Unusable, OSError) as error:
        return _refused(archive.path, str(error))
    _tell("")
    print("The company is there. `clearspan serve` starts it; everybody signs in anew.")
    return 0


def _refused(path: Path, why: str) -> int:
    _tell("")
    print(f"{path} was not restored: {why.rstrip('.')}.\nNothing was changed.", file=sys.stderr)
    return 1


def _tell(what: str) -> None:
    """One line on a terminal that is written over; nothing where the output is kept in a file."""
    if sys.stderr.isatty():
        print(f"\r\033[K{what}", end="", file=sys.stderr, flush=True)
