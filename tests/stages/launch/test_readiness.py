"""Who is ready, who is not, who has not answered, and when it is built: in numbers and in words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clearspan.stages.decisions.models import Decision
from clearspan.stages.development.models import DeliveryStudy, WorkItem
from clearspan.stages.launch import answers, figures, queries
from clearspan.stages.launch.actions import (
    complete_commitment,
    decide_launch,
    decline_commitment,
    promise_commitment,
    vote_on_launch,
)
from clearspan.stages.launch.models import Commitment, GoVote, Launch
from clearspan.stages.launch.queries.dates import chance_by, of_ten
from clearspan.stages.options.models import Effort, Option
from tests.stages.launch.small import DAY, TODAY, ask, berth_map, function, launch
from tests.world import World

DAYS = [date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)]


def found(world: World, made: Launch) -> queries.Readiness:
    return queries.readiness(world.ines, Launch.objects.get(pk=made.pk), TODAY)


def said(world: World, made: Launch) -> str:
    return answers.of_launch(found(world, made))


def done(world: World, one: Commitment) -> None:
    complete_commitment(world.ines, commitment=one, evidence="Seen")


def test_one_that_has_not_answered_is_named_when_everyone_else_is_ready(world: World) -> None:
    made = launch(world)
    ask(world, made)
    for who in ("Sales", "Legal"):
        done(world, ask(world, made, who))
    assert said(world, made) == f"Support has not answered; everyone else is ready. Go or no-go is on {_day(made)}."


def test_declined_comes_before_unanswered_and_late(world: World) -> None:
    made = launch(world)
    decline_commitment(world.ines, commitment=ask(world, made, "Legal", title="Terms cover it"), words="No terms yet")
    ask(world, made)
    promise_commitment(world.ines, commitment=ask(world, made, "Sales", days=70))
    done(world, ask(world, made, "Marketing"))
    assert said(world, made).startswith(
        "Legal has declined “Terms cover it”; Support has not answered; Sales is late; everyone else is ready."
    )


def test_what_must_be_there_and_is_not_stands_in_the_way_the_worst_first(world: World) -> None:
    made = launch(world)
    silent = ask(world, made)
    ask(world, made, "Sales", must=False)
    declined = ask(world, made, "Legal")
    decline_commitment(world.ines, commitment=declined, words="No terms yet")
    late = ask(world, made, "Finance", days=70)
    promise_commitment(world.ines, commitment=late)
    assert found(world, made).blocks == [declined, late, silent]
    counted = Launch.objects.annotate(blocks=Count("commitments", filter=queries.stands_in_its_way(TODAY)))
    assert counted.get(pk=made.pk).blocks == 3, "the database counts the same"


def test_what_may_be_left_out_and_was_declined_keeps_nobody_from_being_ready(world: World) -> None:
    made = launch(world)
    done(world, ask(world, made))
    decline_commitment(world.ines, commitment=ask(world, made, must=False), words="No time")
    assert found(world, made).functions[0].state == "ready"
    assert said(world, made).startswith("Everyone is ready.")


def test_nobody_asked_and_nobody_answered_are_told_apart(world: World) -> None:
    made = launch(world)
    assert said(world, made).startswith("Nobody has been asked for anything yet.")
    ask(world, made)
    assert said(world, made).startswith("Nobody has answered yet.")
    promise_commitment(world.ines, commitment=ask(world, made, title="Trained"))
    assert said(world, made).startswith("No function has answered everything.")


def test_a_decision_that_is_overdue_is_said(world: World) -> None:
    made = launch(world, on=TODAY + timedelta(days=3))
    assert "Go or no-go was due on" in said(world, made)


def test_the_meeting_says_who_is_against_it_and_who_has_not_voted(world: World) -> None:
    made = launch(world)
    ask(world, made)
    ask(world, made, "Sales")
    vote_on_launch(world.otto, launch=made, function=function("Support"), says=GoVote.Says.NO_GO, words="Not trained")
    assert answers.of_meeting(found(world, made)).startswith("Support says no; Sales has not voted.")


def test_a_go_against_a_no_says_whose(world: World) -> None:
    made = launch(world)
    done(world, ask(world, made))
    vote_on_launch(world.otto, launch=made, function=function("Support"), says="no_go", words="Nobody has tried it")
    decide_launch(world.ines, launch=made, goes=True, reasons="A pilot is enough")
    assert said(world, made).endswith(", though Support said no.")
    assert "though Support said no" in answers.of_meeting(found(world, made))


def test_a_list_costs_the_same_for_one_launch_and_for_many(world: World) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as context:
            queries.rows(world.ines, queries.launches(world.ines, world.tideline), TODAY)
        return len(context)

    launch(world, "Feature", options=[berth_map(world)])
    one = cost()
    for i in range(4):
        launch(world, "New product", title=f"Map {i}", options=[berth_map(world)])
    assert cost() == one


def test_a_list_says_of_a_launch_what_its_own_page_says(world: World) -> None:
    made = launch(world, "Feature", options=[berth_map(world)])
    ask(world, made)
    (brief,) = queries.rows(world.ines, queries.launches(world.ines, world.tideline), TODAY)
    whole = found(world, made)
    assert [(one.function, one.state) for one in brief.functions] == [
        (one.function, one.state) for one in whole.functions
    ]
    assert answers.waits_for(brief) == answers.waits_for(whole)
    assert (brief.done, brief.wanted, brief.build.tenths) == (whole.done, whole.wanted, whole.build.tenths)


def test_of_more_than_a_page_all_launches_are_counted(world: World) -> None:
    for i in range(52):
        launch(world, title=f"Map {i}", on=TODAY + timedelta(days=i))
    first = queries.listing(world.ines, world.tideline, "", TODAY)
    assert (len(first.rows), first.page.paginator.num_pages) == (50, 2)
    assert answers.of_list(first).startswith("52\u00a0launches are coming; “Map 0”")
    second = queries.listing(world.ines, world.tideline, "", TODAY, page=2)
    assert [str(row.launch) for row in second.rows] == ["Map 50", "Map 51"]


@pytest.mark.parametrize(
    ("day", "chance"),
    [
        (DAYS[0], 0.1), (DAYS[1], 0.5), (DAYS[2], 0.85), (DAYS[3], 0.97),
        (date(2026, 7, 1), 0.05), (date(2026, 9, 16), 0.675),
    ],
)  # fmt: skip
def test_a_chance_lies_straight_between_the_dates_that_are_known(day: date, chance: float) -> None:
    assert chance_by(day, DAYS) == pytest.approx(chance)


def test_dates_that_fall_on_one_day_give_the_higher_chance() -> None:
    assert chance_by(DAYS[0], [DAYS[0], DAYS[0], DAYS[0], DAYS[3]]) == 0.85


def test_chances_are_said_in_tens_and_never_as_certain() -> None:
    assert [of_ten(chance) for chance in (0.05, 0.62, 0.97)] == [
        "fewer than 1 of 10", "6 of 10", "more than 9 of 10",
    ]  # fmt: skip


def study(world: World, option: Option, first: date, **fields: Any) -> DeliveryStudy:
    days = [first + timedelta(days=30 * i) for i in range(4)]
    fields.setdefault("result", {})
    made: DeliveryStudy = DeliveryStudy.objects.create(
        product=world.tideline, option=option, status="done", p10=days[0], p50=days[1], p85=days[2],
        p95=days[3], **fields,
    )  # fmt: skip
    return made


def test_the_newest_delivery_study_says_how_likely_it_is_built_in_time(world: World) -> None:
    option = berth_map(world)
    made = launch(world, options=[option])
    study(world, option, TODAY + timedelta(days=300))
    study(world, option, DAY - timedelta(days=30))
    assert (
        found(world, made).build.words(DAY) == f"It is built by {DAY:%-d %b} in 5 of 10 futures, by the delivery study."
    )


def test_what_is_built_after_the_launch_is_in_the_picture_of_its_days(world: World) -> None:
    option = berth_map(world)
    made = launch(world, options=[option])
    drawn = figures.days(found(world, made))
    assert drawn is not None and "band" not in drawn.unit
    study(world, option, DAY + timedelta(days=20))
    drawn = figures.days(found(world, made))
    assert drawn is not None and "a band is when it is built" in drawn.unit
    assert "band-2" in str(drawn.drawing)


def test_a_study_with_its_distribution_is_read_from_that(world: World) -> None:
    option = berth_map(world)
    steps = [(DAY - timedelta(days=8), 0.2), (DAY - timedelta(days=1), 0.71), (DAY + timedelta(days=6), 0.9)]
    told = {"distribution": [{"block": i, "date": day.isoformat(), "by": by} for i, (day, by) in enumerate(steps)]}
    study(world, option, DAY, result=told)
    build = found(world, launch(world, options=[option])).build
    assert build.chance == 0.71
    assert build.forecasts[0].chance(DAY - timedelta(days=9)) == 0.0


def test_a_study_that_is_old_is_said_to_be(world: World) -> None:
    option = berth_map(world)
    old = study(world, option, DAY)
    DeliveryStudy.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=50))
    assert "which is old" in found(world, launch(world, options=[option])).build.words(DAY)


def test_of_several_options_the_least_likely_is_the_most_it_can_be(world: World) -> None:
    soon, late = berth_map(world), berth_map(world)
    made = launch(world, options=[soon, late])
    study(world, soon, TODAY)
    study(world, late, DAY)
    build = found(world, made).build
    assert build.chance == pytest.approx(0.1)
    assert "at most 1 of 10 futures" in build.words(DAY)


def test_without_a_study_the_plan_says_it_and_is_named(world: World) -> None:
    option = berth_map(world)
    Effort.objects.create(option=option, function=function("Engineering"), low=1, likely=2, high=4)
    Decision.objects.create(
        product=world.tideline, option=option, kind="choose", title="Berth map", reasons="Most", decided_on=TODAY,
        starts=TODAY,
    )  # fmt: skip
    assert "by the plan alone; no delivery study yet" in found(world, launch(world, options=[option])).build.words(DAY)


def test_with_neither_it_says_that_nobody_knows(world: World) -> None:
    build = found(world, launch(world, options=[berth_map(world)])).build
    assert build.chance is None
    assert build.words(DAY).startswith("Nobody knows when Berth map is built")


def test_work_that_is_all_done_is_built(world: World) -> None:
    option = berth_map(world)
    WorkItem.objects.create(product=world.tideline, option=option, title="Draw it", state="done", added_on=TODAY)
    assert found(world, launch(world, options=[option])).build.is_done


def _day(made: Launch) -> str:
    from clearspan.ui.numbers import day

    assert made.decide_on is not None
    return day(made.decide_on, TODAY)
