"""A row that was read is as Django would have made it."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from clearspan.stages.evidence.models import Feedback
from tests.world import World


def test_a_row_that_was_read_is_changed_in_place(world: World) -> None:
    read = Feedback.objects.get(pk=world.feedback("First.").pk)
    assert not read._state.adding
    read.text = "Second."
    read.save()
    assert Feedback.objects.get().text == "Second."


def test_what_was_left_out_is_read_when_it_is_asked_for(world: World) -> None:
    world.feedback("First.")
    read = Feedback.objects.defer("text").get()
    assert read.get_deferred_fields() == {"text"}
    with CaptureQueriesContext(connection) as queries:
        assert read.text == "First."
    assert len(queries) == 1


def test_what_belongs_to_a_row_comes_with_it(world: World) -> None:
    world.feedback()
    read = Feedback.objects.select_related("account").only("text", "account__name").get()
    with CaptureQueriesContext(connection) as queries:
        assert read.account is not None
        assert read.account.name == "Northmole Marina"
    assert not queries
    read.account = None  # a change of whom it is of forgets the one that came with it
    assert read.account_id is None
