"""Undo puts back whatever an action changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from clearspan.core import actions
from clearspan.core.actions import Invalid, Refused, action
from clearspan.core.actor import Actor
from clearspan.core.models import Change, Event
from clearspan.core.undo import undo
from clearspan.stages.evidence.models import Feedback
from tests.world import World


@pytest.fixture
def rename() -> Iterator[actions.Action]:
    @action(rule=lambda actor, given: actor.is_employee, says="renamed {feedback}")
    def rename_for_test(actor: Actor, *, feedback: Feedback, title: str) -> Feedback:
        """Changes a title."""
        feedback.title = title
        feedback.save(update_fields=["title"])
        return feedback

    yield rename_for_test
    del actions.registry["rename_for_test"]


@pytest.fixture
def clear() -> Iterator[actions.Action]:
    @action(rule=lambda actor, given: actor.is_employee, says="removed everything")
    def clear_for_test(actor: Actor) -> int:
        """Deletes all feedback, in one statement."""
        return Feedback.objects.all().delete()[0]

    yield clear_for_test
    del actions.registry["clear_for_test"]


def test_a_changed_row_is_as_before_after_undo(world: World, rename: actions.Action) -> None:
    feedback = world.feedback(title="Twice booked")
    done = rename.perform(world.sol, feedback=feedback, title="Booked twice")
    undo(world.sol, event=done.event)
    feedback.refresh_from_db()
    assert feedback.title == "Twice booked"


def test_deleted_rows_come_back_with_their_numbers(world: World, clear: actions.Action) -> None:
    kept = {world.feedback(text=text).pk for text in ("one", "two", "three")}
    done = clear.perform(world.sol)
    assert not Feedback.objects.exists()
    undo(world.sol, event=done.event)
    assert set(Feedback.objects.values_list("pk", flat=True)) == kept


def test_undoing_an_undo_does_it_again(world: World, rename: actions.Action) -> None:
    feedback = world.feedback(title="Twice booked")
    done = rename.perform(world.sol, feedback=feedback, title="Booked twice")
    undone = undo.perform(world.sol, event=done.event)
    undo(world.sol, event=undone.event)
    feedback.refresh_from_db()
    assert feedback.title == "Booked twice"
    done.event.refresh_from_db()
    assert done.event.undone_by is None


def test_an_event_is_undone_once(world: World, rename: actions.Action) -> None:
    done = rename.perform(world.sol, feedback=world.feedback(title="a"), title="b")
    undo(world.sol, event=done.event)
    with pytest.raises(Invalid, match="undone already"):
        undo(world.sol, event=done.event)


def test_undo_is_refused_when_somebody_changed_the_row_since(world: World, rename: actions.Action) -> None:
    feedback = world.feedback(title="a")
    done = rename.perform(world.sol, feedback=feedback, title="b")
    rename(world.otto, feedback=feedback, title="c")
    with pytest.raises(Invalid, match="changed by somebody since"):
        undo(world.sol, event=done.event)
    feedback.refresh_from_db()
    assert feedback.title == "c"


def test_one_may_not_undo_what_another_did(world: World, rename: actions.Action) -> None:
    done = rename.perform(world.sol, feedback=world.feedback(title="a"), title="b")
    with pytest.raises(Refused):
        undo(world.otto, event=done.event)


def test_the_event_keeps_the_row_before_and_after(world: World, rename: actions.Action) -> None:
    feedback = world.feedback(title="a")
    event = rename.perform(world.sol, feedback=feedback, title="b").event
    change = Change.objects.get(event=event)
    assert (change.before["title"], change.after["title"]) == ("a", "b")
    assert event.summary == "renamed b"
    assert event.given == {"feedback": feedback.ref, "title": "b"}


def test_an_action_that_fails_leaves_nothing_behind(world: World) -> None:
    @action(rule=lambda actor, given: True, says="never")
    def fail_for_test(actor: Actor) -> None:
        """Writes, then fails."""
        world.feedback(text="half done")
        raise Invalid("no")

    try:
        with pytest.raises(Invalid):
            fail_for_test(world.sol)
        assert not Feedback.objects.exists()
        assert not Event.objects.exists()
    finally:
        del actions.registry["fail_for_test"]
