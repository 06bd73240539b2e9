"""`clearspan invite` lets a person in, and says what is missing where it cannot."""

from __future__ import annotations

import pytest

from clearspan.core.models import Function
from clearspan.interfaces.cli.invite import main
from tests.world import World


def test_a_person_is_let_in_by_a_link(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["Noa Lind", "noa@example.org", "--function", "engineering"]) == 0
    assert "/welcome/" in capsys.readouterr().out


def test_a_function_that_there_is_not_is_said_with_those_there_are(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["Noa Lind", "noa@example.org", "--function", "Rigging"]) == 2
    assert "There is no function “Rigging”. There are: " in capsys.readouterr().err


@pytest.mark.django_db
def test_where_nothing_is_set_up_yet_it_says_what_to_do_first(capsys: pytest.CaptureFixture[str]) -> None:
    Function.objects.all().delete()
    assert main(["Noa Lind", "noa@example.org"]) == 2
    said = capsys.readouterr().err
    assert "start it with “clearspan serve”, or run “clearspan migrate”" in said
    assert "no function" not in said
