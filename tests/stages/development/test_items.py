"""Items by hand: entered, moved along with dates that can be, said to be upkeep."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from clearspan.core.actions import Invalid, Refused
from clearspan.core.models import Company, Event
from clearspan.core.undo import undo
from clearspan.stages.development.actions import (
    add_item,
    change_item,
    change_team,
    create_team,
    drop_item,
    finish_item,
    mark_upkeep,
    remove_team,
    reopen_item,
    set_upkeep_words,
    start_item,
)
from clearspan.stages.development.models import Team, WorkItem
from clearspan.stages.development.upkeep import words
from tests.stages.development.building import Build
from tests.world import World


@pytest.fixture
def build(world: World) -> Build:
    return Build.of(world)


def test_an_item_that_names_a_requirement_is_built_for_it(build: Build) -> None:
    item = build.item(f"Draw the berths, {build.shows_boats.ref}")
    assert (item.option, item.requirement, item.linked) == (build.map, build.shows_boats, "reference")


def test_work_goes_from_to_do_to_done_and_keeps_its_days(build: Build) -> None:
    item = build.item()
    start_item(build.world.devi, item=item, on=date(2026, 3, 4))
    finish_item(build.world.devi, item=item, on=date(2026, 3, 9))
    item.refresh_from_db()
    assert (item.state, item.started_on, item.finished_on) == ("done", date(2026, 3, 4), date(2026, 3, 9))


def test_what_is_finished_without_a_start_took_a_day(build: Build) -> None:
    item = finish_item(build.world.devi, item=build.item(), on=date(2026, 3, 9))
    assert item.started_on == item.finished_on == date(2026, 3, 9)


def test_taken_up_again_it_is_being_done_since_it_began(build: Build) -> None:
    item = build.item()
    start_item(build.world.devi, item=item, on=date(2026, 3, 4))
    finish_item(build.world.devi, item=item, on=date(2026, 3, 9))
    item = reopen_item(build.world.devi, item=item)
    assert (item.state, item.started_on, item.finished_on) == ("doing", date(2026, 3, 4), None)


def test_what_was_dropped_before_it_began_is_to_do_again(build: Build) -> None:
    item = drop_item(build.world.devi, item=build.item(), on=date(2026, 3, 9))
    assert reopen_item(build.world.devi, item=item).state == "todo"


@pytest.mark.parametrize(
    ("action", "day"),
    [(start_item, date(2026, 3, 1)), (finish_item, date(2026, 3, 1)), (drop_item, date(2026, 3, 1))],
)
def test_nothing_happens_before_it_came_up(build: Build, action: Any, day: date) -> None:
    with pytest.raises(Invalid) as caught:
        action(build.world.devi, item=build.item(), on=day)
    assert set(caught.value.faults) == {"on"}
    assert WorkItem.objects.get().state == "todo"


def test_nothing_ends_before_it_began(build: Build) -> None:
    item = start_item(build.world.devi, item=build.item(), on=date(2026, 3, 9))
    with pytest.raises(Invalid, match="it began on 9 Mar 2026"):
        finish_item(build.world.devi, item=item, on=date(2026, 3, 4))


def test_nothing_has_happened_tomorrow(build: Build) -> None:
    with pytest.raises(Invalid, match="still to come"):
        start_item(build.world.devi, item=build.item(), on=timezone.localdate() + timedelta(days=1))


def test_an_item_cannot_come_up_tomorrow(build: Build) -> None:
    with pytest.raises(Invalid, match="still to come"):
        build.item(added_on=timezone.localdate() + timedelta(days=2))


@pytest.mark.parametrize("action", [start_item, finish_item, drop_item])
def test_what_is_over_is_taken_up_first(build: Build, action: Any) -> None:
    item = finish_item(build.world.devi, item=build.item())
    with pytest.raises(Invalid, match="take it up again first"):
        action(build.world.devi, item=item)


def test_a_change_keeps_what_is_not_given_and_reads_the_words_anew(build: Build) -> None:
    item = build.item(f"For {build.alarm.ref}", assignee="Devi", labels=["design"])
    item = change_item(build.world.devi, item=item, title=f"For {build.map.ref}", team=build.slipway)
    assert (item.option, item.assignee, item.labels, item.team) == (build.map, "Devi", ["design"], build.slipway)


def test_what_a_change_does_not_speak_of_stays_until_it_is_taken_away(build: Build) -> None:
    item = build.item(team=build.slipway, estimate=3)
    item = change_item(build.world.devi, item=item, title="Draw it anew")
    assert (item.team, item.estimate) == (build.slipway, 3)
    item = change_item(build.world.devi, item=item, without=["team", "estimate"])
    assert (item.team, item.estimate, item.title) == (None, None, "Draw it anew")


def test_a_team_of_another_product_cannot_do_it(build: Build) -> None:
    other = Team.objects.create(product=build.world.umbra, name="Other")
    with pytest.raises(Invalid, match="another product"):
        build.item(actor=build.world.ines, team=other)


def test_a_bug_is_upkeep_until_somebody_says_that_it_is_not(build: Build) -> None:
    assert build.item(kind="fix").is_upkeep
    assert not build.item(kind="feature").is_upkeep


def test_undo_puts_upkeep_back(build: Build) -> None:
    item = build.item()
    mark_upkeep(build.world.devi, items=[item])
    undo(build.world.devi, event=Event.objects.get(action="mark_upkeep"))
    item.refresh_from_db()
    assert (item.is_upkeep, item.upkeep_by_hand) == (False, False)


def test_who_does_not_build_changes_nothing(build: Build) -> None:
    for actor in (build.world.sol, build.world.otto, build.world.leda):
        with pytest.raises(Refused):
            add_item(actor, product=build.world.tideline, title="A wish")


def test_an_admin_says_which_words_mean_upkeep_and_may_take_it_back(build: Build) -> None:
    set_upkeep_words(build.world.ines, words=["Barnacles", "Tech-Debt", " "])
    assert words() == ("barnacles", "tech debt")
    set_upkeep_words(build.world.ines, words=[])
    assert "bug" in words()
    assert Company.ours().settings == {}


def test_a_team_has_a_name_of_its_own(build: Build) -> None:
    quay = create_team(build.world.devi, product=build.world.tideline, name="Quay", supplier=build.world.buoyline)
    with pytest.raises(Invalid):
        create_team(build.world.devi, product=build.world.tideline, name="quay")
    with pytest.raises(Invalid):
        change_team(build.world.devi, team=quay, name="Slipway")
    assert change_team(build.world.devi, team=quay, name="Quayside").supplier is None


def test_when_a_team_goes_its_items_stay(build: Build) -> None:
    item = build.item(team=build.slipway)
    remove_team(build.world.devi, team=build.slipway)
    item.refresh_from_db()
    assert item.team is None
