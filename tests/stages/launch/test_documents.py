"""Documents are drafted from what was defined, name their gaps, and are ready when people have closed them."""

from __future__ import annotations

from typing import Any

import pytest

from clearspan.catalogue.models import Competitor
from clearspan.core.actions import Invalid, Refused
from clearspan.core.undo import undo
from clearspan.stages.launch import drafts
from clearspan.stages.launch.actions import (
    change_collateral,
    draft_collateral,
    draft_collateral_anew,
    mark_collateral,
)
from clearspan.stages.launch.models import Collateral, Kind, Launch
from clearspan.stages.options.models import BusinessCase
from tests.stages.launch.small import berth_map, defined, function, launch, version
from tests.world import World

TEXTS = {
    "problem": "They book berths twice. It costs them a guest a week.",
    "outcome": "The harbour master sees who lies where. No berth is booked twice.",
    "audience": "Marinas with 50 berths and more.",
    "alternative": "A spreadsheet on the harbour office’s wall.",
    "difference": "It knows the tide.",
    "proof": "Northmole booked no berth twice in May.",
    "left_out": "It takes no payments.",
}


@pytest.fixture
def made(world: World) -> Launch:
    """The launch of a berth map that is well defined."""
    option = berth_map(world)
    defined(option, measure="Berths booked twice", unit="a month", baseline=12.0, target=1.0, **TEXTS)
    return launch(world, options=[option])


def draft(world: World, made: Launch, kind: Kind, **given: Any) -> Collateral:
    found: Collateral = draft_collateral(world.ines, launch=made, kind=kind, **given)
    return found


@pytest.mark.parametrize("kind", list(Kind))
def test_each_document_says_what_was_defined(world: World, made: Launch, kind: Kind) -> None:
    text = draft(world, made, kind).text
    used = {
        Kind.SALES_SHEET: ("audience", "problem", "outcome", "difference", "proof"),
        Kind.PRICE_LIST: (),
        Kind.BATTLECARD: ("alternative", "difference", "proof", "left_out"),
        Kind.TRAINING: ("audience", "problem", "outcome", "left_out"),
        Kind.RUNBOOK: ("outcome",),
        Kind.SUPPORT: ("outcome", "audience", "left_out"),
        Kind.RELEASE_NOTES: ("outcome", "audience", "left_out"),
    }[kind]
    assert all(TEXTS[name] in text for name in used)
    assert not any("Nobody has written" in gap for gap in drafts.gaps_of(text))
    assert text.startswith("# ")


@pytest.mark.parametrize("kind", list(Kind))
def test_each_document_of_something_nobody_defined_names_its_gaps(world: World, kind: Kind) -> None:
    bare = launch(world, options=[berth_map(world)])
    assert drafts.gaps_of(draft(world, bare, kind).text)
    nothing = launch(world, title="Nothing yet")
    assert drafts.gaps_of(draft(world, nothing, kind).text)


def test_a_gap_says_what_nobody_has_written(world: World) -> None:
    option = berth_map(world)
    defined(option, **{**TEXTS, "difference": ""})
    text = draft(world, launch(world, options=[option]), Kind.BATTLECARD).text
    assert "Nobody has written why it is different and better." in drafts.gaps_of(text)


def test_the_cases_price_is_said_to_be_an_assumption(world: World, made: Launch) -> None:
    drivers = {
        "price": {"p10": 150, "p50": 250, "p90": 400, "unit": "a quarter", "note": "guess"},
        "accounts": {"fixed": 320},
    }
    BusinessCase.objects.create(option=made.options.get(), version=3, spec={"drivers": drivers})
    text = draft(world, made, Kind.PRICE_LIST).text
    assert "| Berth map | £250 | a quarter |" in text
    gap = drafts.gaps_of(text)[0]
    assert "business case’s “price” (version 3)" in gap
    assert "between £150 and £400" in gap and "guess" in gap


def test_a_price_names_its_currency_once(world: World, made: Launch) -> None:
    drivers = {"price": {"p10": 150, "p50": 250, "p90": 400, "unit": "£ a year, an account"}}
    BusinessCase.objects.create(option=made.options.get(), version=3, spec={"drivers": drivers})
    assert "£250 a year, an account" in draft(world, made, Kind.SALES_SHEET).text


def test_the_battlecard_has_what_is_known_of_each_competitor(world: World, made: Launch) -> None:
    Competitor.objects.create(product=world.tideline, name="Quaybook", strengths="Takes payments.", weaknesses="")
    text = draft(world, made, Kind.BATTLECARD).text
    assert "**Where they are better.** Takes payments." in text
    assert "Nobody has written where we are better than Quaybook." in drafts.gaps_of(text)


def test_each_option_has_its_part_when_a_launch_brings_several(world: World) -> None:
    one, other = berth_map(world), berth_map(world)
    other.title = "Tide alarm"
    other.save()
    defined(one, **TEXTS)
    text = draft(world, launch(world, options=[one, other]), Kind.RELEASE_NOTES).text
    assert "### Berth map" in text and "### Tide alarm" in text


def test_the_signed_version_is_drafted_from_and_what_stands_later_is_said(world: World, made: Launch) -> None:
    definition = made.options.get().definition
    version(definition, 1, signed=True)
    definition.difference = "It knows the tide and the wind."
    definition.save()
    second = version(definition, 2)
    one = draft(world, made, Kind.SALES_SHEET)
    assert "and the wind" not in one.text
    assert drafts.source_words(one, drafts.newest_of(made)) == "drafted from version 1"
    second.sign_offs.update(state="agreed")
    words = drafts.source_words(one, drafts.newest_of(made))
    assert words == "drafted from version 1; version 2 stands now"
    draft_collateral_anew(world.ines, collateral=one)
    one.refresh_from_db()
    assert "and the wind" in one.text


def test_a_new_draft_is_undone_with_what_people_had_written(world: World, made: Launch) -> None:
    one = draft(world, made, Kind.RUNBOOK)
    change_collateral(world.ines, collateral=one, text="# Ours\n\nWake Devi.")
    done = draft_collateral_anew.perform(world.ines, collateral=one)
    undo(world.ines, event=done.event)
    one.refresh_from_db()
    assert one.text == "# Ours\n\nWake Devi."


def test_a_document_with_gaps_is_not_ready(world: World, made: Launch) -> None:
    one = draft(world, made, Kind.SUPPORT)
    with pytest.raises(Invalid, match="gaps are still named"):
        mark_collateral(world.ines, collateral=one)
    change_collateral(world.ines, collateral=one, text="# How to\n\nClick.")
    assert mark_collateral(world.ines, collateral=one).state == "ready"
    assert mark_collateral(world.ines, collateral=one, ready=False).state == "draft"


def test_who_finishes_a_document_writes_it(world: World, made: Launch) -> None:
    one = draft(world, made, Kind.SUPPORT, function=function("Support"))
    assert change_collateral(world.otto, collateral=one, text="# How to").text == "# How to"
    with pytest.raises(Refused):
        change_collateral(world.sol, collateral=one, text="Mine")


def test_a_document_is_read_in_parts_and_code_is_no_heading(world: World, made: Launch) -> None:
    one = draft(world, made, Kind.RUNBOOK)
    one.text = "# Wake Devi\n\nAt night.\n\n## First\n\n```\n## no heading\n```\n\n## Then\n\nSleep."
    found = drafts.read(one)
    assert (found.title, found.lead) == ("Wake Devi", "At night.")
    assert found.parts == (("First", "```\n## no heading\n```"), ("Then", "Sleep."))
    one.text = "Only words"
    assert drafts.read(one) == drafts.Read(one.title, "Only words", ())
