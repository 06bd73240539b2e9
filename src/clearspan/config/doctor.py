"""`clearspan doctor`: looks at everything Clearspan needs, and says of each what is wrong and how to mend it."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clearspan.config import env


@dataclass(frozen=True)
class Finding:
    """What was looked at, whether it is well, and if not what to do."""

    what: str
    is_well: bool
    words: str
    mend: str = ""


def main(argv: list[str]) -> int:
    """Prints every finding. 1: something has to be mended."""
    argparse.ArgumentParser(prog="clearspan doctor", description=__doc__).parse_args(argv)
    findings = list(examine())
    for finding in findings:
        print(f"{'well ' if finding.is_well else 'WRONG'}  {finding.what}: {finding.words}")
        if not finding.is_well:
            print(f"       Mend it: {finding.mend}")
    wrong = sum(not finding.is_well for finding in findings)
    print("\nEverything is well." if not wrong else f"\n{wrong} to mend.")
    return 1 if wrong else 0


def examine() -> Iterator[Finding]:
    """Looks at one thing after the other; stops where nothing further can be known."""
    yield _python()
    try:
        values = env.read()
    except env.UnusableSetting as error:
        yield Finding("settings", False, str(error), "correct or unset the variable; `clearspan settings` lists them")
        return
    yield Finding("settings", True, "every one can be used")
    yield from _provider(values)
    home: Path = values["home"]
    yield _folder(home)
    yield _space(home)
    yield from _backup_folder(values)
    database = yield from _database(values)
    if database:
        yield from _tables()
        yield from _doors(values)
        yield from _work()
        yield from _backups(values)


def _provider(values: dict[str, Any]) -> Iterator[Finding]:
    """The identity provider, where there is one: reached, the one that is meant, and spoken to safely."""
    url = values["oidc_url"]
    if not url:
        return
    _set_up()
    import requests
    from allauth.socialaccount.providers.oauth2.client import OAuth2Error

    from clearspan.audiences.people.oidc import discover, is_local

    if url.startswith("http://") and not is_local(url):
        mend = "give the provider HTTPS and set CLEARSPAN_OIDC_URL to it"
        yield Finding("identity provider", False, "plain HTTP: who listens can come in as anybody", mend)
        return
    mend = "open the address and /.well-known/openid-configuration from this machine; CLEARSPAN_OIDC_URL is the issuer"
    try:
        known = discover()
    except (requests.RequestException, OAuth2Error, ValueError) as error:
        yield Finding("identity provider", False, f"{url} does not answer as one: {error}", mend)
        return
    at = f"answers; it has to know the redirect address {_base(values)}/account/oidc/callback/"
    yield Finding("identity provider", True, f"{known['issuer']} {at}")


def _base(values: dict[str, Any]) -> str:
    return env.base_url(values).rstrip("/")


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clearspan.config.settings")
    import django

    django.setup()


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", sys.version_info >= (3, 11), version, "use Python 3.11 or newer")


def _folder(home: Path) -> Finding:
    place = home
    while not place.exists():
        place = place.parent
    if os.access(place, os.W_OK):
        return Finding("CLEARSPAN_HOME", True, f"{home} can be written")
    return Finding(
        "CLEARSPAN_HOME", False, f"{home} cannot be written", f"sudo chown -R $(whoami) {place}, or set CLEARSPAN_HOME"
    )


def _space(home: Path) -> Finding:
    place = home
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free / 1e9
    return Finding(
        "disk",
        free > 1,
        f"{free:.0f} GB free",
        f"make room on the disk of {place}: an import needs about three times its file",
    )


def _database(values: dict[str, Any]) -> Iterator[Finding]:
    """Connects; returns whether that went well."""
    import psycopg

    from clearspan.config import database

    embedded = not values["database_url"]
    try:
        url = values["database_url"] or database.url(values["home"])
        with psycopg.connect(url, connect_timeout=5) as connection:
            version = connection.info.server_version // 10_000
            vector = connection.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'").fetchone()
    except Exception as error:  # whatever it is, a person has to read it
        mend = (
            f"read {values['home']}/postgres/log"
            if embedded
            else "check CLEARSPAN_DATABASE_URL: host, port, user, password"
        )
        yield Finding("database", False, " ".join(str(error).split()), mend)
        return False
    yield Finding(
        "database",
        version >= 15,
        f"PostgreSQL {version}, {'embedded' if embedded else 'your own'}",
        "use PostgreSQL 15 or newer",
    )
    yield Finding(
        "pgvector",
        bool(vector),
        "there" if vector else "not installed",
        "install pgvector on the server (apt: postgresql-NN-pgvector)",
    )
    return version >= 15


def _tables() -> Iterator[Finding]:
    _set_up()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    words = "as this version needs them" if not missing else f"{len(missing)} steps behind this version"
    yield Finding("tables", not missing, words, "clearspan migrate (serve does it too)")


def _doors(values: dict[str, Any]) -> Iterator[Finding]:
    """Whether somebody who administers can still come in, as sign-in is set."""
    from django.db import connection

    from clearspan.core.models import Function, User
    from clearspan.core.second_factor import guarded

    if not {"core_user", "mfa_authenticator"} <= set(connection.introspection.table_names()):
        return
    function = values["oidc_function"]
    if function and not Function.objects.filter(name__iexact=function).exists():
        mend = f"name one of: {', '.join(map(str, Function.objects.all()))}"
        yield Finding("CLEARSPAN_OIDC_FUNCTION", False, f"there is no function “{function}”: nobody comes in", mend)
    admins = User.objects.filter(is_admin=True, is_active=True)
    if not admins:
        mend = 'clearspan invite "Your Name" you@example.com --admin'
        new = not User.objects.exists()
        words = f"nobody is in yet: {mend}" if new else "nobody may change settings or invite people"
        yield Finding("admins", new, words, mend)
        return
    unguarded = admins.exclude(pk__in=guarded()).count()
    words = f"{admins.count()}, {unguarded} of them without a second factor"
    yield Finding("admins", True, words if unguarded else f"{admins.count()}, each with a second factor")


def _work() -> Iterator[Finding]:
    from datetime import timedelta

    from django.db import connection
    from django.utils import timezone
    from procrastinate.contrib.django.models import ProcrastinateJob

    if "procrastinate_jobs" not in connection.introspection.table_names():
        return
    failed = ProcrastinateJob.objects.filter(status="failed").count()
    late = ProcrastinateJob.objects.filter(status="todo", scheduled_at=None).count()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > %s",
            [timezone.now() - timedelta(seconds=60)],
        )
        workers = cursor.fetchone()[0]
    yield Finding(
        "worker", bool(workers) or not late, f"{workers} at work, {late} jobs wait", "clearspan serve starts one"
    )
    yield Finding(
        "jobs",
        not failed,
        f"{failed} failed" if failed else "none failed",
        "the worker's log says why; run the study or import again",
    )


def _backup_folder(values: dict[str, Any]) -> Iterator[Finding]:
    place: Path | None = values["backup_folder"]
    if place is None:
        yield Finding("backups", True, "none are made: CLEARSPAN_BACKUP_FOLDER is not set")
    elif not (place.is_dir() and os.access(place, os.W_OK)):
        mend = f"make the folder and give it to who runs Clearspan: sudo install -d -o $(whoami) -m 700 {place}"
        yield Finding("backups", False, f"{place} is no folder that can be written", mend)


def _backups(values: dict[str, Any]) -> Iterator[Finding]:
    """When the last good backup was, and what became of the last one that was tried."""
    from datetime import UTC, datetime

    from django.db import connection

    place: Path | None = values["backup_folder"]
    if place is None or "archive_backup" not in connection.introspection.table_names():
        return
    from clearspan.interfaces.archive import backup_words, backups
    from clearspan.interfaces.archive.models import Backup

    now, good = datetime.now(UTC), backups.there(place)
    last = Backup.objects.filter(asked_by=None, finished_at__isnull=False).first()
    failed = f"; the last try did not work: {last.words}" if last and last.status == Backup.Status.FAILED else ""
    words = f"the last good one is {backup_words.age(now - good[0].at)} old: {good[0].path}" if good else "none yet"
    mend = "read why it does not work, mend that, and try it: clearspan backup; clearspan serve makes them by the clock"
    yield Finding("backups", not failed and not backup_words.is_late(good, now), words + failed, mend)
