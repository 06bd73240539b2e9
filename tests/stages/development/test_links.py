"""Why items are built: by hand for many at once, or by a suggestion that was taken; what was refused stays away."""

from __future__ import annotations

import pytest

from clearspan.core.actions import Invalid
from clearspan.core.models import Event
from clearspan.core.undo import undo
from clearspan.stages.development.actions import (
    accept_suggestion,
    link_items,
    refuse_suggestion,
    unlink_items,
)
from clearspan.stages.development.models import RefusedLink, WorkItem
from clearspan.stages.development.studies import suggestions
from clearspan.stages.options.models import Option
from tests.stages.development.building import Build, incoming
from tests.world import World


@pytest.fixture
def build(world: World) -> Build:
    return Build.of(world)


def test_many_items_are_linked_at_once_and_taken_back_at_once(build: Build) -> None:
    items = [build.item("One"), build.item("Two")]
    link_items(build.world.devi, items=items, requirement=build.shows_boats)
    assert {(one.option, one.requirement, one.linked) for one in WorkItem.objects.all()} == {
        (build.map, build.shows_boats, "hand")
    }
    undo(build.world.devi, event=Event.objects.get(action="link_items"))
    assert not WorkItem.objects.exclude(option=None).exists()


def test_what_they_are_for_must_be_said_and_be_of_their_product(build: Build) -> None:
    item, secret = build.item(), Option.objects.create(product=build.world.umbra, title="Secret")
    with pytest.raises(Invalid, match="say what they are for"):
        link_items(build.world.ines, items=[item])
    with pytest.raises(Invalid):
        link_items(build.world.ines, items=[], option=build.map)
    with pytest.raises(Invalid, match="another option"):
        link_items(build.world.ines, items=[item], option=build.alarm, requirement=build.shows_boats)
    with pytest.raises(Invalid, match="another product"):
        link_items(build.world.ines, items=[item], option=secret)


def test_an_unlinked_item_has_no_reason_and_its_words_no_longer_count(build: Build) -> None:
    item = build.item(f"For {build.map.ref}")
    unlink_items(build.world.devi, items=[item])
    item.refresh_from_db()
    assert (item.option, item.linked) == (None, "hand")
    assert RefusedLink.objects.filter(item=item, option=build.map).exists()


def test_parts_follow_their_whole_when_it_is_linked_by_hand(build: Build) -> None:
    build.take(incoming(1, kind="epic"), incoming(2, parent="jira:TIDE-1"))
    whole, part = WorkItem.objects.order_by("key")
    link_items(build.world.devi, items=[whole], option=build.map)
    part.refresh_from_db()
    assert (part.option, part.linked) == (build.map, "parent")
    unlink_items(build.world.devi, items=[whole])
    part.refresh_from_db()
    assert (part.option, part.linked) == (None, "")


def test_an_item_in_the_words_of_an_option_is_suggested_for_it(build: Build) -> None:
    item = build.item("Warn a skipper by SMS when the water is too low")
    suggestions.rebuild(build.world.tideline.pk)
    found = suggestions.suggest(build.world.devi, build.world.tideline, [item])
    assert found[item.pk].option == build.alarm


def test_a_requirement_is_suggested_where_its_words_are_nearest(build: Build) -> None:
    item = build.item("Show for every berth which boat lies there")
    suggestions.rebuild(build.world.tideline.pk)
    assert suggestions.suggest(build.world.devi, build.world.tideline, [item])[item.pk].requirement == build.shows_boats


def test_it_abstains_when_unsure(build: Build) -> None:
    items = [build.item("Update Postgres to 18"), build.item("Harbour berth tide water")]
    suggestions.rebuild(build.world.tideline.pk)
    assert items[0].pk not in suggestions.suggest(build.world.devi, build.world.tideline, items)


def test_nothing_is_suggested_for_what_has_a_reason_or_is_over(build: Build) -> None:
    linked = build.item(f"Warn skippers of low water {build.alarm.ref}")
    over = build.item("Warn skippers of low water", labels=["done"])
    WorkItem.objects.filter(pk=over.pk).update(state="done")
    over.refresh_from_db()
    suggestions.rebuild(build.world.tideline.pk)
    assert suggestions.suggest(build.world.devi, build.world.tideline, [linked, over]) == {}


def test_a_refused_suggestion_never_comes_back(build: Build) -> None:
    item = build.item("Warn a skipper when the water is too low")
    refuse_suggestion(build.world.devi, item=item, option=build.alarm)
    suggestions.rebuild(build.world.tideline.pk)
    found = suggestions.suggest(build.world.devi, build.world.tideline, [item]).get(item.pk)
    assert found is None or found.option != build.alarm


def test_an_accepted_suggestion_is_the_reason(build: Build) -> None:
    item = build.item("Show boats")
    accept_suggestion(build.world.devi, item=item, option=build.map, requirement=build.shows_boats)
    item.refresh_from_db()
    assert (item.requirement, item.linked) == (build.shows_boats, "suggestion")
    with pytest.raises(Invalid):
        accept_suggestion(build.world.devi, item=item, option=build.alarm, requirement=build.shows_boats)


def test_every_night_it_is_learnt_anew_where_work_has_no_reason(build: Build) -> None:
    item = build.item("Warn a skipper when the water is too low")
    suggestions.nightly()
    assert suggestions.suggest(build.world.devi, build.world.tideline, [item])[item.pk].option == build.alarm
