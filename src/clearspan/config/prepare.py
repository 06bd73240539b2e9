"""`clearspan migrate`: brings a database up to this version: tables, triggers, defaults, static files."""

from __future__ import annotations

import argparse
import sys
from contextlib import redirect_stdout

from django.core.management import call_command
from django.db import connection

LOCK = 0x_C1EA_5A  # any number that is ours: two servers that start together migrate one after the other


def main(argv: list[str]) -> int:
    """0: done."""
    argparse.ArgumentParser(prog="clearspan migrate", description=__doc__).parse_args(argv)
    prepare()
    print("The database is up to date.")
    return 0


def prepare(static: bool = True) -> None:
    """Migrates, makes a new company's defaults, gathers static files. Doing it again changes nothing."""
    from clearspan.catalogue import defaults

    with connection.cursor() as cursor, redirect_stdout(sys.stderr):
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            call_command("migrate", verbosity=0, interactive=False)
            defaults.ensure()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        if static:
            call_command("collectstatic", verbosity=0, interactive=False)
