"""Launches are planned from a template, moved with what hangs on their day, decided, launched or called off."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clearspan.core.actions import Invalid, Refused
from clearspan.core.undo import undo
from clearspan.stages.launch import answers, queries
from clearspan.stages.launch.actions import (
    add_commitment,
    ask_by_template,
    call_off_launch,
    change_commitment,
    change_launch,
    complete_commitment,
    decide_launch,
    mark_launched,
    move_launch,
    plan_launch,
    promise_commitment,
    vote_on_launch,
)
from clearspan.stages.launch.models import Collateral, Commitment, GoVote, Launch, LaunchTemplate
from tests.stages.launch.small import DAY, TODAY, ask, berth_map, function, launch
from tests.world import World


def test_each_line_of_the_template_is_asked_for_its_days_before_the_launch(world: World) -> None:
    made = launch(world, "Feature")
    lines = LaunchTemplate.objects.get(name="Feature").lines.all()
    due = {(line.function_id, line.title): DAY - timedelta(days=line.days_before) for line in lines}
    assert {(one.function_id, one.title): one.due_on for one in made.commitments.all()} == due
    assert set(made.commitments.values_list("state", flat=True)) == {"asked"}
    assert made.decide_on == DAY - timedelta(days=7)


def test_documents_that_the_template_names_are_drafted_for_their_commitments(world: World) -> None:
    made = launch(world, "Feature", options=[berth_map(world)])
    kinds = set(Collateral.objects.filter(launch=made).values_list("kind", flat=True))
    wanted = set(
        LaunchTemplate.objects.get(name="Feature").lines.exclude(collateral="").values_list("collateral", flat=True)
    )
    assert kinds == wanted
    assert all(one.commitment.function == one.function for one in made.collateral.all())


def test_planning_is_undone_as_one(world: World) -> None:
    feature = LaunchTemplate.objects.get(name="Feature")
    done = plan_launch.perform(world.ines, product=world.tideline, title="Map", planned_on=DAY, template=feature)
    undo(world.ines, event=done.event)
    assert not Launch.objects.exists()
    assert not Commitment.objects.exists()


def test_a_launch_without_a_name_is_called_after_what_it_brings(world: World) -> None:
    assert launch(world, title="", options=[berth_map(world)]).title == "Berth map"
    with pytest.raises(Invalid, match="say what is launched"):
        launch(world, title="  ")


def test_an_option_of_another_product_is_not_brought(world: World) -> None:
    strange = berth_map(world)
    strange.product = world.umbra
    strange.save()
    with pytest.raises(Invalid, match="another product"):
        launch(world, options=[strange])


def test_a_template_is_asked_for_later_without_asking_twice(world: World) -> None:
    made, small = launch(world), LaunchTemplate.objects.get(name="Small change")
    first = small.lines.first()
    assert first is not None
    ask(world, made, first.function.name, title=first.title)
    ask_by_template(world.ines, launch=made, template=small)
    assert made.commitments.count() == small.lines.count()
    with pytest.raises(Invalid, match="asked for already"):
        ask_by_template(world.ines, launch=made, template=small)


def test_days_move_with_the_launch_but_those_set_by_hand_and_those_done(world: World) -> None:
    made = launch(world, "Feature")
    by_hand, done, other = made.commitments.all()[:3]
    change_commitment(world.ines, commitment=by_hand, due_on=TODAY)
    complete_commitment(world.ines, commitment=done, evidence="Seen by three customers")
    move_launch(world.ines, launch=made, planned_on=DAY + timedelta(days=30))
    now = dict(made.commitments.values_list("pk", "due_on"))
    assert now[by_hand.pk] == TODAY
    assert now[done.pk] == done.due_on
    assert now[other.pk] == other.due_on + timedelta(days=30)
    made.refresh_from_db()
    assert made.decide_on == DAY + timedelta(days=23)


def test_a_launch_knows_how_often_it_was_moved_and_from_which_day(world: World) -> None:
    made = launch(world)
    assert answers.moved(made) == ""
    move_launch(world.ines, launch=made, planned_on=DAY + timedelta(days=30))
    move_launch(world.ines, launch=made, planned_on=DAY + timedelta(days=20))
    made.refresh_from_db()
    assert (made.moves, made.first_planned_on) == (2, DAY)
    assert answers.moved(made) == f"moved twice, first planned for {DAY:%-d %b %Y}"


def test_a_move_that_is_undone_was_none(world: World) -> None:
    made = launch(world)
    done = move_launch.perform(world.ines, launch=made, planned_on=DAY + timedelta(days=30))
    undo(world.ines, event=done.event)
    made.refresh_from_db()
    assert (made.planned_on, made.moves, made.first_planned_on) == (DAY, 0, None)


def test_of_what_was_launched_it_is_told_how_many_came_by_their_first_day(world: World) -> None:
    kept, late = launch(world), launch(world)
    Launch.objects.filter(pk=kept.pk).update(state="launched", launched_on=DAY)
    then = DAY + timedelta(days=9)
    Launch.objects.filter(pk=late.pk).update(state="launched", launched_on=then, planned_on=then, first_planned_on=DAY)
    found = queries.listing(world.ines, world.tideline, "launched", TODAY)
    assert answers.of_list(found, "launched").endswith("were launched; 1 by the day first planned for.")


def test_those_set_by_hand_move_when_asked(world: World) -> None:
    made = launch(world)
    one = ask(world, made)
    move_launch(world.ines, launch=made, planned_on=DAY + timedelta(days=5), fixed_too=True)
    before = one.due_on
    one.refresh_from_db()
    assert one.due_on == before + timedelta(days=5)


def test_a_go_was_for_its_day(world: World) -> None:
    made = launch(world)
    decide_launch(world.leda, launch=made, goes=True, reasons="Everyone is ready")
    move_launch(world.ines, launch=made, planned_on=DAY + timedelta(days=5))
    made.refresh_from_db()
    assert made.state == Launch.State.PLANNED


def test_go_or_no_go_comes_before_the_launch(world: World) -> None:
    with pytest.raises(Invalid, match="comes before"):
        change_launch(world.ines, launch=launch(world), decide_on=DAY + timedelta(days=1))


def test_what_a_launch_brings_is_chosen_anew(world: World) -> None:
    one, other = berth_map(world), berth_map(world)
    made = launch(world, options=[one])
    change_launch(world.ines, launch=made, options=[other])
    assert list(made.options.all()) == [other]


def test_it_is_launched_after_a_go_only(world: World) -> None:
    made = launch(world)
    with pytest.raises(Invalid, match="decide that it goes"):
        mark_launched(world.ines, launch=made)
    decide_launch(world.ines, launch=made, goes=True, reasons="Everyone is ready")
    with pytest.raises(Invalid, match="still to come"):
        mark_launched(world.ines, launch=made, on=TODAY + timedelta(days=1))
    assert mark_launched(world.ines, launch=made).launched_on == TODAY


def test_who_manages_or_leads_decides_and_nobody_else(world: World) -> None:
    made = launch(world)
    for somebody in (world.devi, world.sol, world.otto):
        with pytest.raises(Refused):
            decide_launch(somebody, launch=made, goes=True, reasons="Because")
    assert decide_launch(world.leda, launch=made, goes=False, reasons="Support is not ready").goes is False


def test_a_decision_keeps_how_ready_everything_was(world: World) -> None:
    made = launch(world)
    one = ask(world, made)
    vote_on_launch(
        world.otto, launch=made, function=function("Support"), says=GoVote.Says.GO_IF, words="Two more people"
    )
    decision = decide_launch(world.ines, launch=made, goes=True, reasons="It is worth the risk")
    complete_commitment(world.otto, commitment=one, evidence="Trained")
    decision.refresh_from_db()
    kept = decision.readiness["functions"][0]
    assert (kept["function"], kept["done"], kept["wanted"], kept["words"]) == ("Support", 0, 1, "Two more people")
    assert decision.readiness["blocks"][0]["title"] == one.title


def test_one_votes_for_ones_own_function_and_says_what_stands_against_it(world: World) -> None:
    made = launch(world)
    with pytest.raises(Refused):
        vote_on_launch(world.sol, launch=made, function=function("Support"), says=GoVote.Says.GO)
    with pytest.raises(Invalid, match="what stands against it"):
        vote_on_launch(world.otto, launch=made, function=function("Support"), says=GoVote.Says.NO_GO)
    for says in (GoVote.Says.GO_IF, GoVote.Says.GO):
        vote_on_launch(world.otto, launch=made, function=function("Support"), says=says, words="Two more people")
    assert [vote.says for vote in made.votes.all()] == ["go"]


def test_a_launch_called_off_asks_for_nothing_more(world: World) -> None:
    made = launch(world)
    call_off_launch(world.leda, launch=made, reasons="The market went elsewhere")
    assert made.go_decisions.get().reasons == "The market went elsewhere"
    with pytest.raises(Invalid, match="called off"):
        add_commitment(world.ines, launch=made, function=function("Support"), title="Late", due_on=DAY)
    with pytest.raises(Invalid, match="called off"):
        move_launch(world.ines, launch=made, planned_on=DAY + timedelta(days=5))


def test_a_launch_of_a_product_one_may_not_see_does_not_exist(world: World) -> None:
    hidden = plan_launch(world.ines, product=world.umbra, title="Umbra", planned_on=DAY)
    seen = {name for name in ("ines", "devi", "sol", "leda", "otto", "cora", "kit", "xan")
            if Launch.objects.visible_to(getattr(world, name)).filter(pk=hidden.pk).exists()}  # fmt: skip
    assert seen == {"ines", "leda"}


def test_who_promises_owns_it(world: World) -> None:
    one = ask(world, launch(world))
    assert promise_commitment(world.otto, commitment=one).owner == world.otto.person
