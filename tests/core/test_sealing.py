"""Secrets that Clearspan has to use are kept sealed, and are said nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import SecretStr

from clearspan.core import actions
from clearspan.core.actions import action
from clearspan.core.actor import Actor
from clearspan.core.sealing import CannotOpen, seal, unseal
from clearspan.stages.evidence.models import Feedback
from tests.world import World


@pytest.fixture
def whisper() -> Iterator[actions.Action]:
    heard: list[str] = []

    @action(rule=lambda actor, given: True, says="whispered {secret} of {feedback}")
    def whisper_for_test(actor: Actor, *, feedback: Feedback, secret: SecretStr) -> str:
        """Takes a secret."""
        heard.append(secret.get_secret_value())
        return heard[-1]

    yield whisper_for_test
    del actions.registry["whisper_for_test"]


def test_what_is_sealed_opens_again_and_shows_nothing() -> None:
    sealed = seal("open sesame")
    assert "sesame" not in sealed
    assert unseal(sealed) == "open sesame"


def test_two_seals_of_one_secret_differ() -> None:
    assert seal("open sesame") != seal("open sesame")


def test_nothing_stays_nothing() -> None:
    assert unseal(seal("")) == ""


def test_another_secret_key_opens_nothing(settings: Any) -> None:
    sealed = seal("open sesame")
    settings.SECRET_KEY = "another"
    with pytest.raises(CannotOpen):
        unseal(sealed)


def test_a_secret_parameter_reaches_the_action_and_is_kept_nowhere(world: World, whisper: actions.Action) -> None:
    done = whisper.perform(world.ines, feedback=world.feedback(), secret="open sesame")
    assert done.result == "open sesame"
    assert "sesame" not in json.dumps(done.event.given) + done.event.summary
    assert done.event.given["secret"] == "**********"


def test_a_secret_that_cannot_be_used_is_not_repeated(world: World, whisper: actions.Action) -> None:
    with pytest.raises(actions.Invalid) as refused:
        whisper.perform(world.ines, feedback=world.feedback(), secret=["open sesame"])
    assert "sesame" not in str(refused.value)
