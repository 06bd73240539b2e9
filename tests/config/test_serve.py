"""`clearspan serve` for real: killed without mercy in the middle of the work, and started again.

These tests start servers and databases of their own, and so run alone.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

pytestmark = pytest.mark.serial
PATIENCE = 120.0
ROWS = 60_000


class House:
    """A Clearspan of its own in a folder: started, killed, looked into."""

    def __init__(self, home: Path) -> None:
        self.port = _free_port()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CLEARSPAN_", "HOME_OF"))}
        self.environment = kept | {"CLEARSPAN_HOME": str(home), "CLEARSPAN_PORT": str(self.port)}
        self.home = home
        self.keeper: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.keeper = subprocess.Popen([sys.executable, "-m", "clearspan", "serve"], env=self.environment)
        _until(self.answers, "the server answers")

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/account/login/", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def stop(self) -> int:
        assert self.keeper is not None
        self.keeper.send_signal(signal.SIGTERM)
        return self.keeper.wait(60)

    def part(self, module: str) -> psutil.Process:
        """The process of a part: web, worker."""
        assert self.keeper is not None
        own = psutil.Process(self.keeper.pid).children(recursive=True)
        return next(p for p in own if f"clearspan.config.{module}" in p.cmdline())

    def database(self) -> psutil.Process:
        return psutil.Process(int((self.home / "postgres" / "postmaster.pid").read_text().splitlines()[0]))

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "clearspan", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def python(self, code: str, *arguments: str) -> None:
        """Runs a piece of Python with the house's Django set up."""
        command = [sys.executable, "-c", SET_UP + code, *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr

    def rows(self, statement: str) -> list[tuple[Any, ...]] | None:
        """What the database answers; None while it cannot."""
        try:
            folder = (self.home / "postgres" / "postmaster.pid").read_text().splitlines()[4]
            with psycopg.connect(host=folder, user="postgres", dbname="clearspan", connect_timeout=3) as connection:
                return connection.execute(statement).fetchall()  # type: ignore[arg-type]  # statements of this file
        except (psycopg.OperationalError, OSError, IndexError):
            return None


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose database is made and migrated already: each test starts from a copy."""
    home = tmp_path_factory.mktemp("prepared") / "home"
    House(home).run("migrate")
    return home


@pytest.fixture
def house(prepared: Path, tmp_path: Path) -> Iterator[House]:
    shutil.copytree(prepared, tmp_path / "home")
    _give(tmp_path / "home" / "postgres", prepared / "postgres")
    made = House(tmp_path / "home")
    yield made
    if made.keeper is not None and made.keeper.poll() is None:
        made.keeper.send_signal(signal.SIGTERM)
        made.keeper.wait(60)


SET_UP = """
import os, sys; os.environ["DJANGO_SETTINGS_MODULE"] = "clearspan.config.settings"
import django; django.setup()
"""
SEED = """
from decimal import Decimal
from clearspan.catalogue.models import *; from clearspan.core.models import *
product_management = Function.objects.get(kind="product")
person = User.objects.create_user("ines@example.org", "a-long-password", name="Ines", function=product_management)
product = Product.objects.create(name="Tideline", key="tideline", line=Line.objects.create(name="Harbour"))
segment = Segment.objects.create(name="Marinas")
MarketSize.objects.create(product=product, segment=segment, accounts=500, value_per_account=Decimal(900))
ProductRole.objects.create(product=product, person=person, role=Role.objects.get(name="Product manager"))
"""
IMPORT = """
from pathlib import Path
from clearspan.core.actor import Actor; from clearspan.core.models import User
from clearspan.core.imports.actions import run_import, start_import
ines = Actor(User.objects.select_related("function").get())
answers = {"product": "tideline", "segment": "Marinas"}
file = start_import(ines, name="heard.csv", kind="evidence", content=Path(sys.argv[1]).read_text(), options=answers)
run_import(ines, file=file)
"""
HEARD = "SELECT count(*) FROM evidence_feedback"
IMPORTS = "SELECT status FROM core_import"
STUDIES = "SELECT status, result IS NULL FROM opportunities_demandstudy"


def test_it_starts_answers_and_takes_everything_along_when_it_stops(house: House) -> None:
    house.start()
    parts = [house.part("web"), house.part("worker"), house.database()]
    assert house.stop() == 0
    _until(lambda: not any(part.is_running() for part in parts), "every part has ended")
    assert not house.answers()


def test_a_keeper_that_is_killed_leaves_nothing_behind_that_holds_the_port(house: House) -> None:
    house.start()
    web, worker = house.part("web"), house.part("worker")
    assert house.keeper is not None
    house.keeper.kill()
    _until(lambda: not web.is_running() and not worker.is_running(), "the parts follow their keeper")
    house.start()
    assert house.answers()


def test_the_web_server_and_the_database_come_back_when_they_are_killed(house: House) -> None:
    house.start()
    house.part("web").kill()
    _until(house.answers, "the web server is back")
    house.database().kill()
    _until(lambda: house.rows(HEARD) == [(0,)], "the database is back")
    _until(house.answers, "pages are answered again")


@pytest.mark.parametrize("victim", ["worker", "database"])
def test_an_import_that_is_killed_leaves_nothing_half_there_and_goes_on_or_says_that_it_failed(
    house: House, tmp_path: Path, victim: str
) -> None:
    house.start()
    house.python(SEED)
    file = tmp_path / "heard.csv"
    lines = (f"{i},Marina {i % 300},2026-03-0{i % 9 + 1},Berth {i} is booked twice.\n" for i in range(ROWS))
    file.write_text("id,account,date,text\n" + "".join(lines))
    house.python(IMPORT, str(file))
    _until(lambda: house.rows(IMPORTS) == [("running",)], "the import runs")
    (house.part("worker") if victim == "worker" else house.database()).kill()
    _until(lambda: house.rows(IMPORTS) in ([("done",)], [("failed",)]), "the import is over", 240)
    assert house.rows(HEARD) == [(ROWS if house.rows(IMPORTS) == [("done",)] else 0,)]


def test_a_study_whose_worker_is_killed_goes_on_or_says_that_it_failed(house: House) -> None:
    house.start()
    house.python(SEED)
    ines = ("--as", "ines@example.org")
    house.run("do", "create_opportunity", *ines, "--product", "PR-1", "--title", "See free berths")
    house.run("do", "record_feedback", *ines, "--product", "PR-1", "--text", "Booked twice")
    house.run("do", "link_evidence", *ines, "--opportunity", "OP-1", "--feedback", "FB-1")
    house.part("worker").kill()
    house.run("do", "run_demand_study", *ines, "--product", "PR-1")
    _until(
        lambda: {row[0] for row in house.rows(STUDIES) or [("?",)]} <= {"done", "failed"}, "every study is over", 240
    )
    assert all((state == "done") != empty for state, empty in house.rows(STUDIES) or [])


def _until(holds: Callable[[], Any], what: str, patience: float = PATIENCE) -> None:
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, f"waited {patience:.0f} s in vain: {what}"
        time.sleep(0.3)


def _give(copy: Path, original: Path) -> None:
    """As root the database belongs to a user of its own; a copy has to as well."""
    if os.geteuid() != 0:
        return
    owner = original.stat()
    for path in [copy, *copy.rglob("*")]:
        os.chown(path, owner.st_uid, owner.st_gid)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
