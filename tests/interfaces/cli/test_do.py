"""`clearspan do`: any action, from the command line."""

from __future__ import annotations

import io
import json

import pytest

from clearspan.core.actions import registry
from clearspan.core.sealing import unseal
from clearspan.interfaces.cli.do import main
from clearspan.stages.development.models import Tracker
from clearspan.stages.opportunities.models import Opportunity
from tests.interfaces.conftest import Token
from tests.world import World

Shown = pytest.CaptureFixture[str]


def test_an_action_is_done_for_the_person_named(world: World, capsys: Shown) -> None:
    code = main(
        ["create_opportunity", "--as", "ines@example.org", "--product", world.tideline.ref, "--title", "See berths"]
    )
    assert code == 0
    assert json.loads(capsys.readouterr().out)["result"]["title"] == "See berths"


def test_lists_are_given_as_several_words(world: World) -> None:
    first, second = world.feedback("one"), world.feedback("two")
    code = main(["put_away", "--as", "ines@example.org", "--feedback", first.ref, second.ref])
    assert code == 0
    first.refresh_from_db()
    assert first.state == "away"


def test_a_token_in_the_environment_decides_for_whom(
    world: World, token: Token, monkeypatch: pytest.MonkeyPatch, capsys: Shown
) -> None:
    monkeypatch.setenv("CLEARSPAN_TOKEN", token(world.sol))
    assert main(["create_opportunity", "--product", world.tideline.ref, "--title", "See berths"]) == 1
    assert "may not" in capsys.readouterr().err
    assert not Opportunity.objects.exists()


def test_faults_are_said_and_nothing_is_changed(world: World, capsys: Shown) -> None:
    assert main(["create_opportunity", "--as", "ines@example.org", "--product", world.tideline.ref]) == 2
    assert "title" in capsys.readouterr().err


def test_nobody_to_act_for_is_said(world: World, capsys: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLEARSPAN_TOKEN", raising=False)
    assert main(["comment", "--about", "OP-1", "--text", "x"]) == 1
    assert "CLEARSPAN_TOKEN" in capsys.readouterr().err


def test_every_action_is_listed(world: World, capsys: Shown) -> None:
    assert main([]) == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in registry)


def test_a_secret_is_asked_for_and_stands_in_no_answer(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: Shown
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("t0ken\n"))
    given = ["--product", world.tideline.ref, "--system", "github", "--project", "harbour/tideline", "--token", "-"]
    assert main(["connect_tracker", "--as", "ines@example.org", *given]) == 0
    assert unseal(Tracker.objects.get().secret) == "t0ken"
    assert "t0ken" not in capsys.readouterr().out


def test_a_tracker_is_pulled_by_command(world: World, capsys: Shown) -> None:
    tracker = Tracker.objects.create(
        product=world.tideline, system="github", address="https://api.github.com", project="harbour/tideline"
    )
    assert main(["pull_now", "--as", "ines@example.org", "--tracker", tracker.ref]) == 0
    assert json.loads(capsys.readouterr().out)["result"]["ref"] == tracker.pulls.get().ref
    assert main(["pull_now", "--as", "ines@example.org", "--tracker", tracker.ref]) == 2
    assert "under way" in capsys.readouterr().err
