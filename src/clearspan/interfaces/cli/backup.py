"""`clearspan backup`: makes a backup now, beside those that the worker makes by the clock.

It is an archive as `clearspan export` writes it, named by its moment, written, read back and checked; the oldest ones
go only after that. `clearspan restore` brings one back.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.conf import settings

from clearspan.interfaces.archive import backups
from clearspan.interfaces.archive.models import Backup


def main(argv: list[str]) -> int:
    """0: made. 1: it did not work. 2: there is no folder to make it in."""
    parser = argparse.ArgumentParser(prog="clearspan backup", description=__doc__)
    parser.add_argument("--folder", type=Path, metavar="FOLDER", help="make it there (else CLEARSPAN_BACKUP_FOLDER)")
    parser.add_argument("--keep", type=int, metavar="N", help="how many to keep (else CLEARSPAN_BACKUP_KEEP)")
    arguments = parser.parse_args(argv)
    place = arguments.folder or backups.folder()
    if place is None or not place.is_dir():
        where = f"{place} is no folder" if place else "CLEARSPAN_BACKUP_FOLDER is not set"
        print(f"{where}: name one, such as --folder /mnt/backups.", file=sys.stderr)
        return 2
    row = backups.back_up(Backup.objects.create(), place, arguments.keep or settings.ENV["backup_keep"])
    if row.status != Backup.Status.DONE:
        print(f"No backup was made: {row.words}. The ones that were there still are.", file=sys.stderr)
        return 1
    print(f"{row.rows:,} rows in {row.path}, {row.size / 1e6:,.1f} MB, read back and checked.\nContent {row.digest}")
    return 0
