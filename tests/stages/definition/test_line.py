"""A definition on the line: its strip, those of what came before it, and what machines read of it."""

from __future__ import annotations

from typing import Any

from clearspan.core import panels
from clearspan.core.models import Function
from clearspan.interfaces import reads
from clearspan.stages.decisions.actions import decide
from clearspan.stages.definition.actions import ground_requirement, publish_version, sign_off
from clearspan.stages.definition.models import Definition, Requirement, SignOff
from clearspan.stages.opportunities.models import Mention, Opportunity
from clearspan.stages.options.models import Option
from tests.world import World

DEFINED = 4  # the fifth station


def test_a_definitions_strip_leads_back_to_who_said_it(
    world: World, need: Opportunity, option: Option, definition: Definition
) -> None:
    Mention.objects.create(opportunity=need, feedback=world.feedback())
    decide(world.ines, option=option, kind="choose", reasons="It earns most")
    strip = panels.first("trace", world.devi, definition)
    assert [station.state for station in strip[:5]] == ["done", "done", "done", "done", "here"]
    assert (strip[0].fact, strip[1].fact) == ("1\u00a0mention", "Know who lies where")


def test_needs_that_only_its_requirements_stand_on_are_on_its_line(
    world: World, definition: Definition, wish: Requirement
) -> None:
    other = Opportunity.objects.create(product=world.tideline, title="Know the tide")
    ground_requirement(world.ines, requirement=wish, opportunity=other)
    assert panels.first("trace", world.devi, definition)[1].fact == "2\u00a0needs"


def test_a_needs_strip_says_how_far_its_definition_is(world: World, need: Opportunity, definition: Definition) -> None:
    strip = panels.first("trace", world.devi, need)
    assert (strip[DEFINED].fact, strip[DEFINED].state) == ("being written", "next")
    publish_version(world.ines, definition=definition, functions=[Function.objects.get(name="Support")])
    sign_off(world.otto, sign_off=SignOff.objects.get())
    strip = panels.first("trace", world.devi, need)
    assert (strip[DEFINED].fact, strip[DEFINED].state) == ("signed", "done")
    assert panels.first("trace", world.devi, world.tideline)[DEFINED].fact == "1 of 1 signed"


def test_machines_read_a_definition_with_its_requirements_versions_and_who_signed(
    world: World, definition: Definition, wish: Requirement
) -> None:
    publish_version(world.ines, definition=definition, functions=[Function.objects.get(name="Support")])
    found = reads.row(world.devi, _read("definitions"), definition.ref)
    assert [one["title"] for one in found["requirements"]] == ["Know who lies where", "It knows the tide"]
    assert found["on_no_evidence"] == [wish.ref]
    assert found["versions"][0]["sign_offs"][0]["ref"] == SignOff.objects.get().ref
    assert "content" not in found["versions"][0]
    assert found["markdown"].startswith("# Berth map")


def test_machines_read_why_a_requirement_is_wanted(world: World, definition: Definition, shown: Requirement) -> None:
    found = reads.row(world.devi, _read("requirements"), shown.ref)
    assert found["why"].startswith("It stands on “Know who lies where”")
    (row,) = reads.rows(world.devi, _read("requirements"), product="tideline")["rows"]
    assert row["ref"] == shown.ref


def _read(name: str) -> Any:
    return next(read for read in reads.READS if read.name == name)
