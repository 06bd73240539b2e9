"""The drift radar: where the work went, held against what was decided."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clearspan.core.models import Function
from clearspan.stages.decisions.models import Decision
from clearspan.stages.development import drift_words
from clearspan.stages.development.models import WorkItem
from clearspan.stages.development.queries.drift import Radar, radar
from clearspan.stages.opportunities.models import DemandStudy, Opportunity
from clearspan.stages.options.models import Effort, Meets, Option
from tests.one_of_each import _verdict
from tests.world import World

TODAY = date(2026, 6, 26)  # a Friday


@pytest.fixture
def berths(world: World) -> Option:
    return decided(world, "Berth map")


def decided(world: World, title: str, starts: date = date(2026, 4, 1), effort: float = 4) -> Option:
    option = Option.objects.create(product=world.tideline, title=title, state="chosen", duration=2)
    engineering = Function.objects.get(name="Engineering")
    Effort.objects.create(option=option, function=engineering, low=effort, likely=effort, high=effort)
    Decision.objects.create(
        product=world.tideline, kind="choose", option=option, title=f"Chosen: {title}", reasons="It earns most.",
        decided_on=date(2026, 3, 1), starts=starts, expected={"npv": {"mean": 400_000}},
    )  # fmt: skip
    return option


def item(world: World, started: int | None, finished: int | None = None, **fields: Any) -> WorkItem:
    """An item that was started, and finished, so many days ago."""
    ago = [None if days is None else TODAY - timedelta(days=days) for days in (started, finished)]
    state = "done" if finished is not None else "doing" if started is not None else "todo"
    fields = {"title": "Some work", "assignee": "Devi Rao", "state": state} | fields
    return WorkItem.objects.create(
        product=world.tideline, added_on=TODAY - timedelta(days=90), started_on=ago[0], finished_on=ago[1], **fields
    )  # fmt: skip


def changed(ago: int) -> dict[str, Any]:
    """A tracker saw a change so many days ago."""
    return {"changed_at": datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC) - timedelta(days=ago)}


def seen(world: World) -> Radar:
    return radar(world.ines, world.tideline, TODAY)


def test_work_is_what_was_decided_or_upkeep_or_has_no_reason(world: World, berths: Option) -> None:
    item(world, 4, 0, option=berths)
    item(world, 4, 0, is_upkeep=True, assignee="Ada")
    item(world, 4, 0, assignee="Bo")
    found = seen(world)
    assert (found.decided[-1], found.upkeep[-1], found.none[-1]) == (5, 5, 5)
    assert found.no_reason is not None and found.no_reason.now.seen == pytest.approx(1 / 3)


def test_work_on_an_option_that_was_parked_was_not_decided(world: World) -> None:
    parked = Option.objects.create(product=world.tideline, title="Tide alarm", state="parked")
    item(world, 4, 0, option=parked)
    found = seen(world)
    assert found.undecided[-1] == 5
    assert [(one.title, one.why) for one in found.loose] == [("Tide alarm", "It was parked.")]


def test_work_for_one_customer_s_need_is_named(world: World, berths: Option) -> None:
    need = Opportunity.objects.create(product=world.tideline, title="A pink map")
    Meets.objects.create(option=berths, opportunity=need)
    made = _verdict(need, DemandStudy.objects.create(product=world.tideline, status="done"))
    type(made).objects.update(kind="single_customer")
    item(world, 4, 0, option=berths)
    assert [one.why for one in seen(world).loose] == ["Decided, and the need is one customer’s."]


def test_a_decided_option_that_nothing_was_done_for_has_not_moved(world: World, berths: Option) -> None:
    item(world, 60, 50, option=berths)
    item(world, None, option=berths)
    item(world, 10, assignee="Bo")
    (one,) = seen(world).promised
    assert one.is_still and one.counts.moved == TODAY - timedelta(days=50)
    assert "has not moved since" in drift_words.of_decided(one)
    assert "Berth map was decided and has not moved" in drift_words.of_radar(seen(world))


def test_what_was_decided_lately_and_got_nothing_is_not_moving(world: World, berths: Option) -> None:
    Decision.objects.update(decided_on=TODAY - timedelta(days=10))
    item(world, 10, assignee="Bo")
    (one,) = seen(world).promised
    assert not one.is_still
    assert "Berth map was decided and got none of the work" in drift_words.of_radar(seen(world))


def test_what_starts_later_is_not_late(world: World) -> None:
    decided(world, "Tide alarm", starts=date(2026, 7, 1))
    item(world, 10)
    (one,) = seen(world).promised
    assert not one.is_still and drift_words.of_decided(one) == "starts July 2026"


def test_what_was_built_long_ago_is_no_news(world: World, berths: Option) -> None:
    item(world, 80, 70, option=berths)
    assert seen(world).promised == ()


def test_what_was_built_just_now_does_not_stand_still(world: World, berths: Option) -> None:
    item(world, 14, 7, option=berths)
    (one,) = seen(world).promised
    assert not one.is_still and drift_words.of_decided(one) == "built"


def test_what_an_option_gets_is_held_against_what_it_was_given(world: World, berths: Option) -> None:
    other = decided(world, "Tide alarm", effort=12)
    item(world, 11, 0, option=berths)
    item(world, 4, 2, option=other, assignee="Bo")
    item(world, None, option=other)
    rows = {one.option.title: one for one in seen(world).promised}
    assert rows["Tide alarm"].given == 0.75
    assert rows["Tide alarm"].got == pytest.approx(3 / 13)
    assert "where 75" in drift_words.of_decided(rows["Tide alarm"])


def test_an_epic_is_no_work_of_its_own(world: World) -> None:
    item(world, 30, kind="epic")
    assert seen(world).total == 0


def test_what_was_dropped_before_anybody_began_took_nobody_s_days(world: World) -> None:
    item(world, None, 3, state="dropped")
    assert seen(world).total == 0


def test_an_item_without_a_start_took_as_long_as_is_usual(world: World) -> None:
    item(world, 14, 7, assignee="Ada")
    item(world, None, 0, state="done", assignee="Bo")
    assert sum(seen(world).none) == 6 + 6


def test_the_note_names_what_waits_and_what_has_no_reason(world: World, berths: Option) -> None:
    item(world, 10, title="A darker blue", key="TIDE-7")
    title, text = drift_words.draft(seen(world), "GBP", {"Devi Rao"})
    assert title == "Berth map has not moved"
    text = text.replace("\xa0", " ")
    assert "expected to be worth £400 k" in text and "- TIDE-7 A darker blue, Devi Rao" in text


def test_a_product_without_work_says_so(world: World) -> None:
    assert drift_words.of_radar(seen(world)) == "Nothing has been worked on yet, or nobody has said so."


def test_other_products_work_is_not_counted(world: World) -> None:
    item(world, 4, 0)
    WorkItem.objects.update(product=world.umbra)
    assert seen(world).total == 0
    assert radar(world.devi, world.umbra, TODAY).total == 0  # Devi may not see Umbra


def test_the_radar_takes_as_many_queries_for_much_work_as_for_little(world: World, berths: Option) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            seen(world)
        return len(asked)

    item(world, 4, 0, option=berths)
    item(world, 4, 0)
    few = queries()
    for i in range(20):
        item(world, i + 2, i, option=decided(world, f"Option {i}"), assignee=f"P{i}")
        item(world, i + 2, i)
    assert queries() == few


def test_an_item_forgotten_in_progress_stops_taking_days(world: World, berths: Option) -> None:
    for i in range(20):
        item(world, 40, 36, option=berths, assignee=f"Person {i}")
    item(world, 60, assignee="Ada")
    item(world, 3, assignee="Bo")
    found = seen(world)
    assert found.forgotten == 1
    assert sum(found.none) == 5 + 4  # Monday to Friday, as all others took; and Bo's Tuesday to Friday
    assert "1\u00a0item has been in progress for longer" in drift_words.under_radar(found)


def test_without_enough_that_ended_what_no_tracker_sees_counts_for_half_a_year(world: World) -> None:
    item(world, 60, assignee="Ada")
    assert (seen(world).forgotten, seen(world).silent) == (0, 0)
    WorkItem.objects.update(started_on=TODAY - timedelta(days=190), added_on=TODAY - timedelta(days=190))
    found = seen(world)
    assert (found.forgotten, found.silent) == (0, 1)
    assert found.none[-1] == 0


def test_a_dead_tracker_s_items_are_none_of_the_work_of_today(world: World) -> None:
    for years in (2, 3):
        item(world, 20, title="Left there", assignee="", **changed(365 * years))
    WorkItem.objects.update(added_on=TODAY - timedelta(days=1500), started_on=TODAY - timedelta(days=1400))
    item(world, None, title="Begun, nobody noted when", state="doing", **changed(700))
    WorkItem.objects.update(added_on=TODAY - timedelta(days=1500))
    item(world, 4, title="Alive", assignee="Bo", **changed(1))
    found = seen(world)
    assert sum(found.none) == 5
    assert [one.title for one in found.loose] == ["Alive"]
    assert "3\u00a0items have been in progress for longer than anything" in drift_words.under_radar(found)


def test_what_was_touched_within_four_weeks_counts_however_long_it_lies(world: World) -> None:
    item(world, 60, **changed(20))
    assert (seen(world).silent, seen(world).none[-1]) == (0, 5)


def test_what_lies_no_longer_than_others_took_is_not_forgotten(world: World) -> None:
    item(world, 80, 10, assignee="Ada")
    item(world, 60, **changed(60))
    assert seen(world).silent == 0
    WorkItem.objects.filter(state="done").update(started_on=TODAY - timedelta(days=20))
    assert seen(world).silent == 1


@pytest.mark.parametrize(
    ("days", "words"),
    [(0.0027, "under half a day"), (0.5, "0.5 days"), (1.1, "1 day"), (3.6, "3.5 days"), (12.4, "12 days")],
)
def test_days_are_said_as_somebody_would_say_them(days: float, words: str) -> None:
    assert drift_words.spent(days).replace("\u00a0", " ") == words


def test_a_note_names_nobody_without_an_account(world: World) -> None:
    item(world, 4, title="Theirs", assignee="Stranger of the tracker")
    item(world, 4, title="Ours", assignee="Devi Rao")
    _, text = drift_words.draft(seen(world), "EUR", {"Devi Rao"})
    assert "- Ours, Devi Rao" in text
    assert "- Theirs" in text
    assert "Stranger" not in text
