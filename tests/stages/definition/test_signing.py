"""Versions never change; functions sign them; what changes afterwards is a draft beside what was signed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from clearspan.core.actions import Invalid, Refused
from clearspan.core.models import Function
from clearspan.core.undo import undo
from clearspan.stages.definition import content, queries
from clearspan.stages.definition.actions import (
    ask_sign_off,
    ask_sign_off_no_more,
    change_definition,
    change_requirement,
    object_to_definition,
    publish_version,
    sign_off,
    take_ground_away,
    withdraw_sign_off,
)
from clearspan.stages.definition.models import Definition, DefinitionVersion, Requirement, SignOff
from clearspan.stages.opportunities.models import Opportunity
from tests.world import World


@pytest.fixture
def asked(world: World, definition: Definition) -> DefinitionVersion:
    """The first version, which support and sales are asked to sign."""
    made: DefinitionVersion = publish_version(
        world.ines, definition=definition, functions=[_function("Support"), _function("Sales")], due_on=_in_days(7)
    )
    return made


def test_a_version_is_all_there_was_and_does_not_change(
    world: World, definition: Definition, shown: Requirement
) -> None:
    version = publish_version(world.ines, definition=definition)
    before = content.of_version(version)
    change_requirement(world.ines, requirement=shown, title="Something else")
    version.refresh_from_db()
    assert content.of_version(version) == before
    assert before.requirements[0].title == "Know who lies where"


def test_a_new_version_says_what_changed(world: World, definition: Definition, shown: Requirement) -> None:
    publish_version(world.ines, definition=definition)
    change_requirement(world.ines, requirement=shown, text="At a glance, from the office.")
    take_ground_away(world.ines, ground=shown.grounds.get())
    second = publish_version(world.ines, definition=definition)
    assert second.number == 2
    assert second.note == "1\u00a0requirement changed; 1 lost its evidence"


def test_nothing_new_is_no_new_version(world: World, definition: Definition, need: Opportunity) -> None:
    publish_version(world.ines, definition=definition)
    with pytest.raises(Invalid, match="nothing has changed"):
        publish_version(world.ines, definition=definition)
    Opportunity.objects.filter(pk=need.pk).update(title="Called otherwise by now")  # not what is to be built
    with pytest.raises(Invalid, match="nothing has changed"):
        publish_version(world.ines, definition=definition)


def test_without_requirements_there_is_nothing_to_sign(world: World, definition: Definition) -> None:
    definition.requirements.all().delete()
    with pytest.raises(Invalid, match="no requirement"):
        publish_version(world.ines, definition=definition)


def test_who_works_on_it_writes_and_who_manages_it_publishes(world: World, definition: Definition) -> None:
    with pytest.raises(Refused):
        publish_version(world.devi, definition=definition)


def test_it_is_signed_when_all_who_were_asked_agree(
    world: World, definition: Definition, asked: DefinitionVersion
) -> None:
    assert _state(definition) == "asked"
    sign_off(world.otto, sign_off=_of(asked, "Support"))
    assert _state(definition) == "asked"
    sign_off(world.sol, sign_off=_of(asked, "Sales"), words="With a price list by June")
    assert _state(definition) == "signed"
    assert queries.signed_version(definition) == asked


def test_only_people_of_the_function_answer_for_it(world: World, asked: DefinitionVersion) -> None:
    for who in ("ines", "devi", "sol", "leda"):
        with pytest.raises(Refused):
            sign_off(getattr(world, who), sign_off=_of(asked, "Support"))


def test_an_objection_says_what_stands_against_it_and_can_be_taken_back(
    world: World, definition: Definition, asked: DefinitionVersion
) -> None:
    support = _of(asked, "Support")
    with pytest.raises(Invalid):
        object_to_definition(world.otto, sign_off=support, words=" ")
    object_to_definition(world.otto, sign_off=support, words="Nobody can answer for the tide.")
    sign_off(world.sol, sign_off=_of(asked, "Sales"))
    assert _state(definition) == "asked"
    withdraw_sign_off(world.otto, sign_off=support)
    support.refresh_from_db()
    assert (support.state, support.words, support.person) == ("asked", "", None)
    sign_off(world.otto, sign_off=support)
    assert _state(definition) == "signed"


def test_a_change_makes_it_a_draft_and_the_signed_version_stands(
    world: World, definition: Definition, asked: DefinitionVersion
) -> None:
    _all_agree(world, asked)
    done = change_definition.perform(world.ines, definition=definition, problem="More than we thought.")
    assert _state(definition) == "draft"
    assert queries.signed_version(definition) == asked
    undo(world.ines, event=done.event)
    assert _state(definition) == "signed"


def test_writing_it_back_as_it_was_signed_makes_it_signed_again(
    world: World, definition: Definition, asked: DefinitionVersion
) -> None:
    _all_agree(world, asked)
    before = definition.problem
    change_definition(world.ines, definition=definition, problem="Else")
    change_definition(world.ines, definition=definition, problem=before)
    assert _state(definition) == "signed"


def test_answers_count_while_the_next_version_is_written(
    world: World, definition: Definition, asked: DefinitionVersion
) -> None:
    change_definition(world.ines, definition=definition, problem="For the next version")
    _all_agree(world, asked)
    assert _state(definition) == "draft"
    assert queries.signed_version(definition) == asked


def test_an_older_version_is_signed_no_more(world: World, definition: Definition, asked: DefinitionVersion) -> None:
    change_definition(world.ines, definition=definition, problem="Else")
    publish_version(world.ines, definition=definition)
    with pytest.raises(Invalid, match="version 2 has come since"):
        sign_off(world.otto, sign_off=_of(asked, "Support"))
    assert queries.waiting_sign_offs(world.otto) == []


def test_who_was_asked_by_mistake_is_asked_no_more_until_they_answered(
    world: World, definition: Definition, asked: DefinitionVersion
) -> None:
    sign_off(world.sol, sign_off=_of(asked, "Sales"))
    ask_sign_off_no_more(world.ines, sign_off=_of(asked, "Support"))
    assert _state(definition) == "signed"
    with pytest.raises(Invalid, match="has answered"):
        ask_sign_off_no_more(world.ines, sign_off=_of(asked, "Sales"))


def test_asking_again_keeps_answers_and_moves_the_day_of_the_others(world: World, asked: DefinitionVersion) -> None:
    sign_off(world.sol, sign_off=_of(asked, "Sales"))
    functions = [_function("Support"), _function("Sales"), _function("Legal")]
    ask_sign_off(world.ines, version=asked, functions=functions, due_on=_in_days(20))
    said = {one.function.name: (one.state, one.due_on) for one in asked.sign_offs.select_related("function")}
    assert said == {
        "Sales": ("agreed", _in_days(7)), "Support": ("asked", _in_days(20)), "Legal": ("asked", _in_days(20)),
    }  # fmt: skip


def test_nobody_is_asked_by_a_day_that_has_passed(world: World, definition: Definition) -> None:
    with pytest.raises(Invalid, match="passed"):
        publish_version(world.ines, definition=definition, functions=[_function("Support")], due_on=date(2020, 1, 1))
    assert not definition.versions.exists()


def test_what_waits_is_what_ones_own_function_has_still_to_answer(world: World, asked: DefinitionVersion) -> None:
    (waiting,) = queries.waiting_sign_offs(world.otto)
    assert (waiting.version, waiting.due_on) == (asked, _in_days(7))
    assert queries.waiting_sign_offs(world.ines) == []
    assert queries.waiting_sign_offs(world.cora) == []
    sign_off(world.otto, sign_off=waiting)
    assert queries.waiting_sign_offs(world.otto) == []


def _function(name: str) -> Function:
    return Function.objects.get(name=name)


def _of(version: DefinitionVersion, function: str) -> SignOff:
    return SignOff.objects.get(version=version, function__name=function)


def _all_agree(world: World, version: DefinitionVersion) -> None:
    sign_off(world.otto, sign_off=_of(version, "Support"))
    sign_off(world.sol, sign_off=_of(version, "Sales"))


def _state(definition: Definition) -> str:
    definition.refresh_from_db()
    return str(definition.state)


def _in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def test_where_it_stands_is_found_anew_after_an_undo(
    world: World, definition: Definition, asked: DefinitionVersion, shown: Requirement
) -> None:
    for person, function in ((world.otto, "Support"), (world.sol, "Sales")):
        sign_off(person, sign_off=asked.sign_offs.get(function__name=function))
    definition.refresh_from_db()
    assert definition.state == Definition.State.SIGNED
    first = change_requirement.perform(world.ines, requirement=shown, title="See who lies where").event
    change_definition(world.ines, definition=definition, problem="Something else")
    undo(world.ines, event=first)
    definition.refresh_from_db()
    assert definition.state == Definition.State.DRAFT
