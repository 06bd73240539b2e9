"""What a tracker or a file says becomes items: once, as it is there now, and by hand stays by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from clearspan.core.models import Company
from clearspan.stages.development.actions import link_items, mark_upkeep, unlink_items, unmark_upkeep
from clearspan.stages.development.incoming import Taken
from clearspan.stages.development.models import WorkItem
from clearspan.stages.development.upkeep import SETTING
from tests.stages.development.building import Build, incoming
from tests.world import World


@pytest.fixture
def build(world: World) -> Build:
    return Build.of(world)


def test_what_comes_twice_is_there_once(build: Build) -> None:
    assert build.take(incoming(1), incoming(2)) == Taken(added=2)
    assert build.take(incoming(1), incoming(2), incoming(3)) == Taken(added=1, same=2)
    assert WorkItem.objects.count() == 3


def test_one_that_comes_twice_in_one_go_is_as_it_was_last(build: Build) -> None:
    assert build.take(incoming(1, title="Before"), incoming(1, title="After")).added == 1
    assert WorkItem.objects.get().title == "After"


def test_what_changed_there_changes_here(build: Build) -> None:
    build.take(incoming(1, assignee="devi"))
    taken = build.take(incoming(1, title="Draw the piers", assignee="", state="doing", started_on=date(2026, 3, 4)))
    item = WorkItem.objects.get()
    assert taken == Taken(changed=1)
    assert (item.title, item.assignee, item.state, item.started_on) == ("Draw the piers", "", "doing", date(2026, 3, 4))


def test_what_a_source_does_not_know_stays(build: Build) -> None:
    build.take(incoming(1, assignee="devi", estimate=3.0))
    build.take(incoming(1, title="Draw"), knows={"title"})
    item = WorkItem.objects.get()
    assert (item.title, item.assignee, item.estimate) == ("Draw", "devi", 3.0)


def test_one_seen_to_have_moved_began_and_ended_when_it_was_changed(build: Build) -> None:
    build.take(incoming(1))
    build.take(incoming(1, state="doing", changed_at=datetime(2026, 3, 9, 12, tzinfo=UTC)))
    build.take(incoming(1, state="done", changed_at=datetime(2026, 3, 20, 12, tzinfo=UTC)))
    item = WorkItem.objects.get()
    assert (item.started_on, item.finished_on) == (date(2026, 3, 9), date(2026, 3, 20))


def test_one_that_is_open_again_has_no_end(build: Build) -> None:
    build.take(incoming(1, state="done", finished_on=date(2026, 3, 9)))
    build.take(incoming(1, state="todo"))
    assert WorkItem.objects.get().finished_on is None


def test_days_that_cannot_be_are_mended(build: Build) -> None:
    build.take(
        incoming(1, state="done", started_on=date(2026, 3, 9), finished_on=date(2026, 3, 5)),
        incoming(2, state="done", finished_on=date(2026, 2, 1)),
        incoming(3, finished_on=date(2026, 3, 5)),
    )
    first, second, third = WorkItem.objects.order_by("external_id")
    assert (first.started_on, first.finished_on) == (None, date(2026, 3, 5))
    assert second.added_on == second.finished_on == date(2026, 2, 1)
    assert third.finished_on is None


def test_days_that_cannot_be_are_mended_when_they_come_later(build: Build) -> None:
    build.take(incoming(1, state="doing", started_on=date(2026, 3, 9)))
    build.take(incoming(1, state="done", finished_on=date(2026, 3, 5)))
    assert WorkItem.objects.get().started_on is None


@pytest.mark.parametrize("where", [{"title": "{0}: draw"}, {"text": "see [{0}]."}, {"labels": ("{0}",)}])
def test_a_reference_in_its_words_says_why_it_is_built(build: Build, where: dict[str, Any]) -> None:
    name, words = next(iter(where.items()))
    ref = build.shows_boats.ref.lower()
    filled = tuple(word.format(ref) for word in words) if isinstance(words, tuple) else words.format(ref)
    build.take(incoming(1, **{name: filled}))
    item = WorkItem.objects.get()
    assert (item.requirement, item.option, item.linked) == (build.shows_boats, build.map, "reference")


def test_a_reference_to_what_is_of_another_product_says_nothing(build: Build) -> None:
    other = type(build.map).objects.create(product=build.world.umbra, title="Secret")
    build.take(incoming(1, title=f"For {other.ref}"), incoming(2, title=f"For X{build.map.ref}-1"))
    assert not WorkItem.objects.exclude(option=None).exists()


def test_a_reference_that_went_takes_its_reason_with_it(build: Build) -> None:
    build.take(incoming(1, title=build.alarm.ref))
    build.take(incoming(1, title="No reason"))
    assert (WorkItem.objects.get().option, WorkItem.objects.get().linked) == (None, "")


def test_a_reason_given_by_hand_stays(build: Build) -> None:
    build.take(incoming(1))
    link_items(build.world.devi, items=[WorkItem.objects.get()], option=build.map)
    build.take(incoming(1, title=f"For {build.alarm.ref}"))
    assert (WorkItem.objects.get().option, WorkItem.objects.get().linked) == (build.map, "hand")


def test_a_reason_taken_away_by_hand_stays_away(build: Build) -> None:
    build.take(incoming(1, title=build.alarm.ref))
    unlink_items(build.world.devi, items=[WorkItem.objects.get()])
    build.take(incoming(1, title=f"{build.alarm.ref} again"))
    assert WorkItem.objects.get().option is None


def test_a_part_is_built_for_what_its_whole_is_built_for(build: Build) -> None:
    build.take(incoming(3, parent="jira:TIDE-2"), incoming(2, parent="jira:TIDE-1"))
    build.take(incoming(1, kind="epic", title=f"{build.map.ref} Berth map"))
    assert [(one.option, one.linked) for one in WorkItem.objects.order_by("key")] == [
        (build.map, "reference"), (build.map, "parent"), (build.map, "parent")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "upkeep"),
    [
        ({"kind": "fix"}, True),
        ({"labels": ("Tech-Debt",)}, True),
        ({"labels": ("type::security",)}, True),
        ({"labels": ("kind/bug",)}, True),
        ({"labels": ("design",)}, False),
        ({"kind": "feature"}, False),
    ],
)
def test_upkeep_is_told_by_kind_and_labels(build: Build, said: dict[str, Any], upkeep: bool) -> None:
    build.take(incoming(1, **said))
    assert WorkItem.objects.get().is_upkeep is upkeep


def test_the_company_says_which_words_mean_upkeep(build: Build) -> None:
    Company.objects.update(settings={SETTING: ["barnacles"]})
    build.take(incoming(1, labels=("Barnacles",)), incoming(2, labels=("security",)))
    assert [one.is_upkeep for one in WorkItem.objects.order_by("key")] == [True, False]


def test_upkeep_said_by_hand_stays(build: Build) -> None:
    build.take(incoming(1), incoming(2, kind="fix"))
    first, second = WorkItem.objects.order_by("key")
    mark_upkeep(build.world.devi, items=[first])
    unmark_upkeep(build.world.devi, items=[second])
    build.take(incoming(1, labels=("design",)), incoming(2, kind="fix", labels=("bug",)))
    assert [one.is_upkeep for one in WorkItem.objects.order_by("key")] == [True, False]


def test_taking_in_costs_the_same_number_of_statements_however_many_come(
    build: Build, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def statements(first: int, count: int) -> int:
        with CaptureQueriesContext(connection) as caught:
            build.take(*(incoming(n, title=build.map.ref) for n in range(first, first + count)))
        return len(caught)

    assert statements(1, 3) == statements(100, 60)
