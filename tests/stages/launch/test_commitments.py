"""Functions are asked, promise or decline, and show that it is done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clearspan.core.actions import Invalid, Refused
from clearspan.core.undo import undo
from clearspan.stages.launch import queries
from clearspan.stages.launch.actions import (
    ask_again,
    complete_commitment,
    decline_commitment,
    draft_collateral,
    hand_over_commitment,
    mark_collateral,
    promise_commitment,
    vote_on_launch,
)
from clearspan.stages.launch.models import GoVote, Kind, Launch
from tests.stages.launch.small import DAY, TODAY, ask, function, launch
from tests.world import World


def test_people_of_the_function_its_owner_and_who_manages_answer(world: World) -> None:
    one = ask(world, launch(world))
    for stranger in (world.sol, world.devi, world.leda):
        with pytest.raises(Refused):
            promise_commitment(stranger, commitment=one)
    promise_commitment(world.otto, commitment=one)
    hand_over_commitment(world.otto, commitment=one, owner=world.sol.person)
    assert complete_commitment(world.sol, commitment=one, evidence="Everyone has tried it").state == "done"


def test_what_is_done_has_something_that_shows_it(world: World) -> None:
    one = ask(world, launch(world))
    with pytest.raises(Invalid, match="what shows that it is done"):
        complete_commitment(world.otto, commitment=one, evidence="  ")


def test_a_document_shows_it_when_it_is_ready(world: World) -> None:
    made = launch(world)
    one = ask(world, made)
    document = draft_collateral(world.ines, launch=made, kind=Kind.SUPPORT)
    with pytest.raises(Invalid, match="still a draft"):
        complete_commitment(world.otto, commitment=one, document=document)
    document.text = "# How to\n\nClick."
    document.save()
    mark_collateral(world.ines, collateral=document)
    assert document.ref in complete_commitment(world.otto, commitment=one, document=document).evidence
    assert list(one.documents.all()) == [document]


def test_a_document_of_another_launch_shows_nothing(world: World) -> None:
    one, other = ask(world, launch(world)), launch(world, title="Tide alarm")
    document = draft_collateral(world.ines, launch=other, kind=Kind.SUPPORT)
    with pytest.raises(Invalid, match="another launch"):
        complete_commitment(world.otto, commitment=one, document=document)


def test_another_day_that_was_promised_stays_when_the_launch_moves(world: World) -> None:
    one = ask(world, launch(world, "Small change"))
    assert promise_commitment(world.otto, commitment=one, due_on=DAY - timedelta(days=2)).is_fixed


def test_declining_says_why(world: World) -> None:
    one = ask(world, launch(world))
    with pytest.raises(Invalid, match="words"):
        decline_commitment(world.otto, commitment=one, words="")
    assert decline_commitment(world.otto, commitment=one, words="Two people are missing").state == "declined"


def test_asking_again_is_answered_anew(world: World) -> None:
    one = ask(world, launch(world))
    decline_commitment(world.otto, commitment=one, words="Two people are missing")
    done = ask_again.perform(world.ines, commitments=[one])
    one.refresh_from_db()
    assert (one.state, one.asked_on) == ("asked", TODAY)
    undo(world.ines, event=done.event)
    one.refresh_from_db()
    assert one.state == "declined"


def test_only_who_sees_the_launch_can_own_a_part_of_it(world: World) -> None:
    one = ask(world, launch(world))
    for nobody in (world.cora, world.kit):
        with pytest.raises(Invalid, match="does not see"):
            hand_over_commitment(world.ines, commitment=one, owner=nobody.person)


def test_what_waits_is_what_was_asked_of_my_function_and_what_i_own_and_is_due(world: World) -> None:
    made = launch(world)
    asked, mine, later = ask(world, made), ask(world, made, days=58), ask(world, made)
    ask(world, made, "Sales")
    for one in (mine, later):
        promise_commitment(world.otto, commitment=one)
    assert set(queries.waiting_commitments(world.otto)) == {asked, mine}
    assert queries.waiting_commitments(world.cora) == []


def test_another_functions_list_has_nothing_of_mine(world: World) -> None:
    made = launch(world)
    ask(world, made, owner=world.ines.person)
    theirs = ask(world, made, "Sales")
    assert list(queries.commitments_of(world.ines, function("Sales"))) == [theirs]


def test_an_ask_that_somebody_else_owns_does_not_wait_for_me(world: World) -> None:
    one = ask(world, launch(world), owner=world.sol.person)
    assert queries.waiting_commitments(world.otto) == []
    assert queries.waiting_commitments(world.sol) == [one]


def test_a_vote_waits_for_functions_that_were_asked_when_the_decision_is_near(world: World) -> None:
    made = launch(world, on=TODAY + timedelta(days=20))
    ask(world, made)
    assert queries.waiting_votes(world.otto) == [made]
    assert queries.waiting_votes(world.sol) == []
    assert queries.waiting_decisions(world.ines) == [made]
    assert queries.waiting_decisions(world.devi) == []
    vote_on_launch(world.otto, launch=made, function=function("Support"), says=GoVote.Says.GO)
    assert queries.waiting_votes(world.otto) == []
    Launch.objects.update(state="launched")
    assert queries.waiting_decisions(world.ines) == []
    assert queries.waiting_commitments(world.otto) == []
