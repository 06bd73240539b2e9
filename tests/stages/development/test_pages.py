"""The pages of development, as who builds and who only looks see them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clearspan.catalogue.models import Account
from clearspan.core.models import Company
from clearspan.stages.decisions.models import Decision
from clearspan.stages.definition.models import Definition
from clearspan.stages.development.actions import finish_item
from clearspan.stages.development.models import Team, WorkItem
from clearspan.stages.development.studies import suggestions
from clearspan.stages.launch.models import Launch, LaunchOption
from clearspan.stages.opportunities.models import Mention
from tests.stages.development.building import Build, incoming
from tests.world import World


@pytest.fixture
def build(world: World) -> Build:
    return Build.of(world)


@pytest.fixture
def devi(client: Client, world: World) -> Client:
    client.force_login(world.devi.person)
    return client


def at(name: str, *parts: Any) -> str:
    return reverse(name, args=["tideline", *parts])


def text(response: Any) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_many_options_are_cut_to_those_in_hand(build: Build, devi: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clearspan.stages.development.queries.overview.MOST", 1)
    build.item(f"For {build.map.ref}")
    build.item(f"For {build.alarm.ref}")
    page = devi.get(at("development"))
    assert len(page.context["rows"]) == 1 and "1 more option, finished or resting" in text(page)


def test_an_empty_build_teaches_what_belongs_here(build: Build, devi: Client) -> None:
    assert "Nothing is being built here yet" in text(devi.get(at("development")))
    assert "Pieces of work belong here" in text(devi.get(at("items")))


def test_the_first_line_says_what_was_finished_for_what(build: Build, devi: Client) -> None:
    for words in (f"For {build.map.ref}", "A wish of somebody", f"More for {build.map.ref}"):
        finish_item(build.world.devi, item=build.item(words))
    finish_item(build.world.devi, item=build.item("Crash", kind="fix"))
    said = text(devi.get(at("development")))
    assert (
        "Of 4 items finished in 12 weeks, 2 served what was decided; 1 kept things going and 1 had no reason." in said
    )


def test_what_was_decided_and_has_no_item_is_named(build: Build, devi: Client) -> None:
    build.item("Something else")
    assert "Decided, and without a single item: “Berth map”" in text(devi.get(at("development")))


def test_an_item_says_why_it_is_built_back_to_the_customers_and_the_money(build: Build, devi: Client) -> None:
    Company.objects.update(currency="GBP")
    npv = {"p05": 1e5, "p25": 1e6, "mean": 1.9e6, "p75": 2e6, "p95": 4e6}
    Decision.objects.create(
        product=build.world.tideline, kind="choose", option=build.map, title="Chosen", reasons="It earns most.",
        decided_on=date(2026, 3, 1), expected={"npv": npv},
    )  # fmt: skip
    Mention.objects.create(opportunity=build.need, feedback=build.world.feedback(), quote="We book berths twice.")
    item = build.item(f"Draw {build.shows_boats.ref}")
    said = text(devi.get(at("item", item.pk)))
    assert "It is for “Every berth shows its boat” of “Berth map”, chosen on 1 Mar" in said
    assert "to earn £1.9 m; 1 account asked for “Know who lies where”." in said
    assert "We book berths twice." in said


def test_an_item_says_what_it_is_to_bring_how_that_is_measured_and_by_when(build: Build, devi: Client) -> None:
    item = build.item(f"Draw {build.shows_boats.ref}")
    assert "What it is to bring" not in text(devi.get(at("item", item.pk)))
    Definition.objects.filter(option=build.map).update(
        outcome="Nobody asks by radio.", measure="Berths found at once", baseline=12, target=60, unit="in 100",
        measured_by=date(2026, 12, 31),
    )  # fmt: skip
    launch = Launch.objects.create(product=build.world.tideline, title="Autumn", planned_on=date(2026, 9, 14))
    LaunchOption.objects.create(launch=launch, option=build.map)
    said = text(devi.get(at("item", item.pk)))
    assert "Nobody asks by radio." in said
    assert "Berths found at once: from 12 to 60 in 100, by 31 December 2026" in said
    assert "<dt>Needed by</dt> <dd> 14 September 2026, for" in said
    Launch.objects.update(launched_on=date(2026, 9, 15))
    assert "<dt>Launched</dt> <dd> 15 September 2026, with" in text(devi.get(at("item", item.pk)))
    Launch.objects.update(state=Launch.State.OFF)
    assert "15 September" not in text(devi.get(at("item", item.pk)))


def test_who_was_asked_and_does_not_have_the_need_did_not_ask_for_it(build: Build, devi: Client) -> None:
    Decision.objects.create(
        product=build.world.tideline, kind="choose", option=build.map, title="Chosen", reasons="It earns most.",
        decided_on=date(2026, 3, 1),
    )  # fmt: skip
    Mention.objects.create(opportunity=build.need, feedback=build.world.feedback(), quote="We book berths twice.")
    other = build.world.feedback(account=Account.objects.create(name="Saltings Boatyard"))
    Mention.objects.create(
        opportunity=build.need, feedback=other, quote="Never thought about it.", prompted=True, answer=False
    )
    said = text(devi.get(at("item", build.item(f"Draw {build.shows_boats.ref}").pk)))
    assert "1 account asked for “Know who lies where”." in said
    assert "We book berths twice." in said and "Never thought about it." not in said


def test_an_item_without_a_reason_says_so(build: Build, devi: Client) -> None:
    assert "Nothing says why" in text(devi.get(at("item", build.item().pk)))


def test_a_suggestion_is_taken_by_one_key_and_sorting_goes_on_to_the_next(build: Build, devi: Client) -> None:
    other = build.item("Something else entirely")
    item = build.item("Warn a skipper when the water is too low")
    suggestions.rebuild(build.world.tideline.pk)
    page = devi.get(at("item", item.pk) + "?sorting")
    assert "Its words are like those of Tide alarm" in text(page)
    onward = f"{at('item', other.pk)}?sorting"
    given = {"item": item.ref, "option": build.alarm.ref, "next": onward}
    assert devi.post(reverse("do", args=["accept_suggestion"]), given)["Location"] == onward
    item.refresh_from_db()
    assert (item.option, item.linked) == (build.alarm, "suggestion")


def test_many_are_linked_from_the_list(build: Build, devi: Client) -> None:
    items = [build.item("One"), build.item("Two")]
    devi.post(reverse("do", args=["link_items"]), {"items": [one.ref for one in items], "option": build.map.ref})
    assert WorkItem.objects.filter(option=build.map).count() == 2


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("?reason=none", {"None"}),
        ("?reason=upkeep", {"Crash"}),
        ("?reason=decided", {"Map"}),
        ("?reason=undecided", {"Alarm"}),
        ("?q=cras", {"Crash"}),
        ("?kind=fix", {"Crash"}),
        ("?state=done", {"Over"}),
        ("?state=all", {"None", "Crash", "Map", "Alarm", "Over"}),
        ("?state=nonsense&team=x&sort=y&after=z", {"None", "Crash", "Map", "Alarm"}),
    ],
)
def test_the_list_is_narrowed(build: Build, devi: Client, query: str, left: set[str]) -> None:
    build.item("None")
    build.item("Crash", kind="fix")
    build.item("Map", text=build.map.ref)
    build.item("Alarm", text=build.alarm.ref)
    finish_item(build.world.devi, item=build.item("Over"))
    assert {item.title for item in devi.get(at("items") + query).context["rows"]} == left


def test_who_only_looks_has_no_buttons(build: Build, client: Client) -> None:
    item = build.item()
    client.force_login(build.world.sol.person)
    for address in (at("items"), at("item", item.pk), at("teams")):
        assert "do/" not in text(client.get(address)).replace("do/comment", "").replace("do/undo", "")


def test_an_item_is_written_and_changed(build: Build, devi: Client) -> None:
    given = {"title": "Draw", "kind": "feature", "labels": "a, b", "text": build.map.ref, "estimate": "3"}
    devi.post(at("item_new"), given)
    item = WorkItem.objects.get()
    assert (item.labels, item.option, item.estimate) == (["a", "b"], build.map, 3)
    devi.post(at("item_change", item.pk), {**given, "title": "Draw them all", "team": build.slipway.pk})
    item.refresh_from_db()
    assert (item.title, item.team) == ("Draw them all", build.slipway)


def test_a_wrong_day_stands_at_its_field_and_nothing_is_lost(build: Build, devi: Client) -> None:
    page = devi.post(at("item_new"), {"title": "Draw", "kind": "task", "added_on": "2999-01-01"})
    assert "still to come" in text(page)
    assert 'value="Draw"' in text(page)


def test_teams_are_added_changed_and_removed(build: Build, devi: Client) -> None:
    devi.post(at("teams"), {"name": "Quay"})
    quay = Team.objects.get(name="Quay")
    devi.post(at("team_change", quay.pk), {"name": "Quayside"})
    assert "Quayside" in text(devi.get(at("teams")))
    assert "of this name already" in text(devi.post(at("teams"), {"name": "slipway"}))


def test_pages_ask_as_often_whatever_there_is(build: Build, devi: Client) -> None:
    def queries(name: str, *parts: Any) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert devi.get(at(name, *parts)).status_code == 200
        return len(caught)

    suggestions.rebuild(build.world.tideline.pk)
    build.take(*(incoming(n, title=f"Warn {build.map.ref if n % 2 else ''} skipper") for n in range(1, 4)))
    names = ("development", "items", "teams")
    for name in names:
        devi.get(at(name))
    few = [queries(name) for name in names]
    build.take(*(incoming(n, title=f"Warn {build.map.ref if n % 2 else ''} skipper") for n in range(10, 45)))
    assert [queries(name) for name in names] == few
