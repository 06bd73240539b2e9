"""Where benchmarks keep companies of their own, and what a piece of work costs there. No benchmark itself."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "var" / "bench"


def enter(name: str, *, anew: bool = False) -> Path:
    """Sets Django up on a company of its own, with an embedded server of its own under var/bench, as it is set up in
    production. `anew`: whatever was there is thrown away first. The tables are as this version wants them."""
    home = FOLDER / name
    if anew:
        shutil.rmtree(home, ignore_errors=True)
    for variable in [one for one in os.environ if one.startswith("CLEARSPAN_")]:
        del os.environ[variable]  # what a developer has set for themselves must not change what is measured
    os.environ |= {"CLEARSPAN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "clearspan.config.settings"}
    import django

    django.setup()
    from clearspan.config.prepare import prepare

    prepare()
    return home


@dataclass
class Cost:
    """Seconds by the wall, and of the processor: of this process and of every process of the database's server."""

    wall: float = 0.0
    own: float = 0.0
    database: float = 0.0

    @property
    def processor(self) -> float:
        return self.own + self.database


@contextmanager
def measured() -> Iterator[Cost]:
    """What the block costs. Needs a database server on this machine that may be looked at."""
    cost = Cost()
    database, own, wall = _database_seconds(), time.process_time(), time.perf_counter()
    yield cost
    cost.wall, cost.own = time.perf_counter() - wall, time.process_time() - own
    cost.database = _database_seconds() - database


def _database_seconds() -> float:
    """Processor's seconds of the embedded server so far: of its processes, and of those that have ended."""
    import psutil
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = psutil.Process(cursor.fetchone()[0]).parent()
    assert server is not None
    total = 0.0
    for process in [server, *server.children()]:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue  # it has ended; its parent counts it
        total += times.user + times.system
    ended = server.cpu_times()
    return total + ended.children_user + ended.children_system


def quiet() -> str:
    """How busy the machine was, in words that belong under a table."""
    load, cores = os.getloadavg()[1], os.cpu_count() or 1
    words = f"Load of the machine while this ran: {load:.1f} on {cores} cores."
    if load <= cores * 0.75 + 0.5:
        return words
    return f"{words} Others worked on it too: seconds by the wall are longer than those of an idle machine."
