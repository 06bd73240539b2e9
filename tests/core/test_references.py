"""What was typed and names nothing is told of; what is not there is not there."""

from __future__ import annotations

import pytest

from clearspan.core.actions import Invalid, NotThere
from clearspan.stages.evidence.actions import withdraw_ask
from tests.world import World


def test_words_that_are_no_reference_are_told_of_at_their_field(world: World) -> None:
    with pytest.raises(Invalid, match="“the export” names no ask: choose one that is offered") as fault:
        withdraw_ask(world.sol, ask="the export")
    assert list(fault.value.faults) == ["ask"]


def test_a_reference_of_nothing_is_not_there(world: World) -> None:
    with pytest.raises(NotThere):
        withdraw_ask(world.sol, ask="AS-999999")
