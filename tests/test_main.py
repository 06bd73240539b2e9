"""The command itself: what it answers where there is nothing to work on, or nobody reads on."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.db import ProgrammingError
from psycopg.errors import UndefinedTable

from clearspan import __main__ as clearspan
from clearspan.interfaces.cli import invite


def test_a_database_without_its_tables_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def main(argv: list[str]) -> int:
        raise ProgrammingError("no such relation") from UndefinedTable()

    monkeypatch.setattr(invite, "main", main)
    monkeypatch.setattr(sys, "argv", ["clearspan", "invite", "Ines", "ines@example.org"])
    assert clearspan.main() == 2
    assert "run “clearspan migrate”" in capsys.readouterr().err


def test_who_reads_only_the_first_line_gets_no_traceback() -> None:
    command = [sys.executable, "-m", "clearspan", "do"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 1
