"""`clearspan import` says what it understood and what came, and ends with a code that scripts can use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clearspan.core.models import Event, Import
from clearspan.interfaces.cli.imports import main
from clearspan.stages.evidence.models import Feedback
from tests.world import World

HEARD = "id,who,date,text,Colour\n1,Quay West,2026-03-01,The map takes a minute.,red\n"


@pytest.fixture
def heard(world: World, settings: Any, tmp_path: Path) -> str:
    settings.MEDIA_ROOT = tmp_path / "files"
    path = tmp_path / "heard.csv"
    path.write_text(HEARD)
    return str(path)


def run(*argv: str) -> int:
    return main(list(argv))


def test_a_file_comes_in(heard: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = run("evidence", heard, "--product", "tideline", "--map", "who=account", "--set", "channel=call")
    said = capsys.readouterr().out
    assert code == 0
    assert "1 piece of evidence added" in said
    assert "1 account made" in said
    assert "(left out)" in said
    assert Feedback.objects.get().channel == "call"
    assert Feedback.objects.get().account.name == "Quay West"  # type: ignore[union-attr]


def test_an_answer_may_hold_the_mark_that_parts_it_from_its_name(
    heard: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(heard).with_name("ledger.csv")
    path.write_text("Line,Month,Amount\nSubscriptions,2026-03,100.10\nSubscriptions,2026-04,20\n")
    given = ("ledger", str(path), "--product", "tideline", "--set", "scenario=actual")
    assert run(*given, "--set", "totals=Subscriptions = 120.10; Mar 2026 = 100.11") == 2
    assert "0.01 missing" in capsys.readouterr().err
    assert run(*given, "--set", "totals=Subscriptions = 120.10; Mar 2026 = 100.10") == 0


def test_a_question_is_asked_with_its_answers(heard: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(heard).with_name("ledger.csv")
    path.write_text("Line,Month,Amount\nHosting,2026-03,100\nHosting,2026-04,-90\n")
    given = ("ledger", str(path), "--product", "tideline", "--set", "scenario=actual")
    assert run(*given) == 2
    assert "--set costs=positive  above nought, as 1,200" in capsys.readouterr().err
    assert run(*given, "--set", "costs=positive") == 0


def test_a_dry_run_leaves_no_trace(heard: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evidence", heard, "--product", "tideline", "--dry-run") == 0
    assert "Would come in: 1 piece of evidence added." in capsys.readouterr().out
    assert not Feedback.objects.exists()
    assert not Import.objects.exists()
    assert not Event.objects.exists()


def test_faulty_rows_end_with_code_one_and_their_places(heard: str, capsys: pytest.CaptureFixture[str]) -> None:
    with Path(heard).open("a") as file:
        file.write("2,Quay West,never,Twice.,red\n")
    assert run("evidence", heard, "--product", "tideline") == 1
    assert "row 3, column date: found “never”, expected a date such as 2026-03-31" in capsys.readouterr().err
    assert not Feedback.objects.exists()
    assert run("evidence", heard, "--product", "tideline", "--skip-faulty") == 0
    assert Feedback.objects.count() == 1


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--product", "nowhere"], "no product “nowhere”"),
        (["--product", "tideline", "--map", "Size=text"], "no column “Size”"),
        (["--product", "tideline", "--set", "colour=red"], "asks no such thing"),
        (["--product", "tideline", "--as", "nobody@example.org"], "nobody with the address"),
    ],
)
def test_what_cannot_be_used_ends_with_code_two(
    heard: str, capsys: pytest.CaptureFixture[str], argv: list[str], said: str
) -> None:
    assert run("evidence", heard, *argv) == 2
    assert said in capsys.readouterr().err
    assert not Import.objects.exists()


def test_a_file_that_is_not_there_is_said(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evidence", "/nowhere.csv", "--product", "tideline") == 2
    assert "No such file" in capsys.readouterr().err


def test_an_import_is_taken_back_and_listed(heard: str, capsys: pytest.CaptureFixture[str]) -> None:
    run("evidence", heard, "--product", "tideline", "--as", "sol@example.org")
    file = Import.objects.get()
    assert run("undo", file.ref) == 0
    assert run("list") == 0
    assert f"{file.ref} heard.csv: 1 row removed" in capsys.readouterr().out
    assert not Feedback.objects.exists()


def test_a_person_does_no_more_than_they_may(heard: str, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evidence", heard, "--product", "umbra", "--as", "sol@example.org") == 2
    assert "no product “umbra”" in capsys.readouterr().err
