"""Interviews: occasions on which somebody was asked."""

from __future__ import annotations

import pytest

from clearspan.core.actions import Invalid, Refused
from clearspan.stages.evidence.actions import change_interview, record_interview
from clearspan.stages.evidence.models import Feedback, Interview
from clearspan.stages.evidence.queries import interviews
from tests.world import World


def test_an_interview_is_heard_like_anything_else(world: World) -> None:
    made = record_interview(world.otto, product=world.tideline, notes="They book by telephone.", account=world.saltings)
    heard = Feedback.objects.get()
    assert (made.feedback, heard.channel, heard.state) == (heard, Feedback.Channel.INTERVIEW, Feedback.State.NEW)
    assert (heard.text, made.held_by) == ("They book by telephone.", world.otto.person)


def test_a_customer_cannot_have_held_it(world: World) -> None:
    with pytest.raises(Invalid, match="not one of the company's people"):
        record_interview(world.ines, product=world.tideline, notes="x", held_by=world.cora.person)


def test_notes_and_guide_are_put_right_together(world: World) -> None:
    made = record_interview(world.otto, product=world.tideline, notes="x", guide="How do you book?")
    change_interview(world.otto, interview=made, notes="By telephone.", guide="How do you book, and who?")
    made.refresh_from_db()
    assert (made.feedback.text, made.guide) == ("By telephone.", "How do you book, and who?")


def test_who_did_not_record_it_and_does_not_sort_may_not_change_it(world: World) -> None:
    made = record_interview(world.otto, product=world.tideline, notes="x")
    with pytest.raises(Refused):
        change_interview(world.sol, interview=made, notes="y")


def test_customers_do_not_see_interviews_with_them(world: World) -> None:
    record_interview(world.otto, product=world.tideline, notes="x", account=world.northmole)
    assert not Interview.objects.visible_to(world.cora)


def test_segments_that_were_never_asked_are_named(world: World) -> None:
    record_interview(world.otto, product=world.tideline, notes="x", account=world.northmole)
    asked = interviews.asked(world.ines, world.tideline)
    assert (asked.times, asked.lately, asked.never) == (1, 1, ["Sailing clubs"])
