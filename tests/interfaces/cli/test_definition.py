"""`clearspan definition`: a definition as a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearspan.interfaces.cli.definition import main
from clearspan.stages.definition.actions import change_requirement, publish_version, start_definition
from clearspan.stages.definition.models import Definition
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.actions import create_option
from tests.interfaces.conftest import Token
from tests.world import World

Shown = pytest.CaptureFixture[str]
INES = ["--as", "ines@example.org"]


@pytest.fixture
def definition(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Definition:
    monkeypatch.chdir(tmp_path)
    need = Opportunity.objects.create(product=world.tideline, title="Know who lies where")
    option = create_option(world.ines, product=world.tideline, title="Berth map", opportunities=[need])
    made: Definition = start_definition(world.ines, option=option)
    return made


def test_a_definition_is_written_as_a_pdf_with_a_name_of_its_own(definition: Definition, capsys: Shown) -> None:
    assert main([definition.ref, *INES]) == 0
    assert Path(f"df-{definition.pk}-draft.pdf").read_bytes().startswith(b"%PDF-")
    assert "Berth map: 1\u00a0requirement, working copy, not published" in capsys.readouterr().out


def test_a_version_or_what_is_written_now_is_asked_for(world: World, definition: Definition) -> None:
    publish_version(world.ines, definition=definition)
    change_requirement(world.ines, requirement=definition.requirements.get(), title="Called otherwise")
    assert main([definition.ref, "--form", "markdown", *INES]) == 0
    assert "Called otherwise" not in Path(f"df-{definition.pk}-version-1.md").read_text(encoding="utf-8")
    assert main([definition.ref, "--form", "markdown", "--version", "now", "--out", "now.md", *INES]) == 0
    assert "Called otherwise" in Path("now.md").read_text(encoding="utf-8")


def test_it_can_be_given_to_another_command(definition: Definition, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main([definition.ref, "--form", "github", "--out", "-", *INES]) == 0
    assert b'"title"' in capfdbinary.readouterr().out


@pytest.mark.parametrize("more", [["--version", "9"], ["--version", "²"]])
def test_a_version_there_is_not_is_said(definition: Definition, capsys: Shown, more: list[str]) -> None:
    assert main([definition.ref, *INES, *more]) == 1
    assert "no version" in capsys.readouterr().err


def test_what_may_not_be_seen_is_not_there(world: World, definition: Definition, capsys: Shown) -> None:
    assert main([definition.ref, "--as", "cora@example.org"]) == 1
    assert f"there is no definition {definition.ref}. Nothing was written." in capsys.readouterr().err


def test_a_token_that_may_not_read_reads_nothing(
    world: World, definition: Definition, token: Token, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEARSPAN_TOKEN", token(world.ines, "write:record_feedback"))
    assert main([definition.ref]) == 1


def test_a_place_that_cannot_be_written_to_is_said(definition: Definition, capsys: Shown) -> None:
    assert main([definition.ref, "--out", "no/such/folder/x.pdf", *INES]) == 2
    assert "Give another place with --out" in capsys.readouterr().err
