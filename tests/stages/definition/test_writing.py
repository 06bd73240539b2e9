"""A definition is begun from what is known, and written by those who work on the product."""

from __future__ import annotations

from datetime import date

import pytest

from clearspan.catalogue.models import Competitor, Product
from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.undo import undo
from clearspan.stages.decisions.actions import decide
from clearspan.stages.definition import content
from clearspan.stages.definition.actions import (
    add_requirement,
    change_definition,
    change_requirement,
    drop_requirement,
    ground_requirement,
    move_requirement,
    propose_requirements,
    restore_requirement,
    start_definition,
    take_ground_away,
)
from clearspan.stages.definition.models import Definition, Ground, Requirement
from clearspan.stages.evidence.models import Intelligence
from clearspan.stages.opportunities import studies as demand
from clearspan.stages.opportunities.models import Mention, Opportunity
from clearspan.stages.options import studies as cases
from clearspan.stages.options.actions import create_option, write_case
from clearspan.stages.options.models import Option
from tests.world import World


def test_a_definition_begins_with_what_is_known_of_its_option(world: World, need: Opportunity, option: Option) -> None:
    Competitor.objects.create(
        product=world.tideline, name="Paper and pencil", strengths="costs nothing", weaknesses="nobody else sees it"
    )
    Mention.objects.create(opportunity=need, feedback=world.feedback())
    demand.run_now(world.tideline)
    made = start_definition(world.ines, option=option)
    assert made.title == "Berth map"
    assert "Harbour staff walk the pontoons" in made.problem
    assert "1 of 1\u00a0account heard asks for it" in made.problem
    assert made.outcome == "No berth is booked twice"
    assert "Paper and pencil" in made.alternative
    assert "nobody else sees it" in made.difference
    assert "Marinas" in made.audience


def test_its_measure_is_what_the_business_case_counts_on(world: World, option: Option) -> None:
    spec = cases.new_spec(option)
    spec["drivers"] |= {"in_need": {"fixed": 0.3}, "take_up": {"fixed": 0.5}}
    cases.run_now(write_case(world.ines, option=option, spec=spec))
    decide(world.ines, option=option, kind="choose", reasons="It earns most", starts=date(2026, 4, 1))
    made = start_definition(world.ines, option=option)
    assert (made.measure, made.unit, made.baseline) == ("Who uses it", "accounts", 0)
    assert made.target == pytest.approx(210)  # 1,420 accounts, three in ten in need, half of them take it up
    assert made.measured_by == date(2029, 3, 31)  # twelve quarters of the case, from the quarter it starts in


def test_a_case_without_adoption_is_measured_by_its_revenue(world: World, option: Option) -> None:
    spec = cases.new_spec(option)
    del spec["adoption"]
    spec["lines"] = [{"name": "licences", "kind": "revenue", "formula": "price"}]
    spec["drivers"] = {"price": {"fixed": 400}}
    cases.run_now(write_case(world.ines, option=option, spec=spec))
    made = start_definition(world.ines, option=option)
    assert (made.measure, made.unit, made.target) == ("Licences, a quarter", "GBP", 400)


def test_a_requirement_is_proposed_from_each_need_and_stands_on_it(definition: Definition, need: Opportunity) -> None:
    (clause,) = content.read(definition).requirements
    assert (clause.title, [one.ref for one in clause.grounds]) == (need.title, [need.ref])


def test_needs_that_have_a_requirement_are_not_proposed_again(
    world: World, definition: Definition, option: Option
) -> None:
    assert propose_requirements(world.ines, definition=definition) == []
    other = Opportunity.objects.create(product=world.tideline, title="See free berths")
    option.meets.create(opportunity=other)
    assert [one.title for one in propose_requirements(world.ines, definition=definition)] == ["See free berths"]


def test_beginning_it_is_undone_as_one(world: World, option: Option) -> None:
    done = start_definition.perform(world.ines, option=option)
    undo(world.ines, event=done.event)
    assert not Definition.objects.exists()
    assert not Requirement.objects.exists()


def test_an_option_has_one_definition(world: World, definition: Definition, option: Option) -> None:
    with pytest.raises(Invalid, match=definition.ref):
        start_definition(world.ines, option=option)


def test_what_was_declined_is_not_defined(world: World, option: Option) -> None:
    decide(world.ines, option=option, kind="decline", reasons="Nobody asks")
    with pytest.raises(Invalid, match="declined"):
        start_definition(world.ines, option=option)


def test_only_what_is_given_changes_and_numbers_can_be_taken_away(world: World, definition: Definition) -> None:
    change_definition(world.devi, definition=definition, target=40, measured_by=date(2026, 12, 31), proof="A trial")
    change_definition(world.devi, definition=definition, outcome="Calm evenings", without=["measured_by"])
    definition.refresh_from_db()
    assert (definition.target, definition.measured_by) == (40, None)
    assert (definition.outcome, definition.proof) == ("Calm evenings", "A trial")


@pytest.mark.parametrize("bad", [{"title": " "}, {"target": float("inf")}, {"problem": "x" * 20_001}, {"proof": "\0"}])
def test_what_cannot_be_kept_is_refused_at_its_field(
    world: World, definition: Definition, bad: dict[str, object]
) -> None:
    with pytest.raises(Invalid) as refused:
        change_definition(world.devi, definition=definition, **bad)
    assert set(refused.value.faults) == set(bad)


def test_a_customer_does_not_keep_a_definition(world: World, definition: Definition) -> None:
    with pytest.raises(Invalid, match="keeper"):
        change_definition(world.ines, definition=definition, keeper=world.cora.person)


def test_sales_may_read_it_and_not_write_it(world: World, definition: Definition) -> None:
    assert Definition.objects.visible_to(world.sol).filter(pk=definition.pk).exists()
    with pytest.raises(Refused):
        add_requirement(world.sol, definition=definition, title="A discount button")


def test_a_customer_sees_no_definition(world: World, definition: Definition) -> None:
    with pytest.raises(NotThere):
        add_requirement(world.cora, definition=definition, title="Mine first")


def test_a_requirement_that_is_dropped_is_kept_and_can_come_back(
    world: World, definition: Definition, wish: Requirement
) -> None:
    drop_requirement(world.ines, requirement=wish)
    assert wish.ref not in {clause.ref for clause in content.read(definition).requirements}
    restore_requirement(world.ines, requirement=wish)
    assert wish.ref in {clause.ref for clause in content.read(definition).requirements}


def test_a_requirement_moves_and_the_others_close_up(
    world: World, definition: Definition, shown: Requirement, wish: Requirement
) -> None:
    third = add_requirement(world.ines, definition=definition, title="It prints")
    move_requirement(world.ines, requirement=third, to=1)
    assert [one.ref for one in content.read(definition).requirements] == [third.ref, shown.ref, wish.ref]
    move_requirement(world.ines, requirement=third, to=99)
    assert [one.ref for one in content.read(definition).requirements] == [shown.ref, wish.ref, third.ref]


def test_a_requirement_stands_on_needs_on_what_was_said_and_on_what_is_known(
    world: World, definition: Definition, wish: Requirement, need: Opportunity
) -> None:
    law = Intelligence.objects.create(
        product=world.tideline, title="Harbour law", source="Gazette", seen_on=date(2026, 2, 1)
    )
    ground_requirement(world.devi, requirement=wish, opportunity=need)
    ground_requirement(world.devi, requirement=wish, feedback=world.feedback("My keel hit the sill."), note="the sill")
    ground_requirement(world.devi, requirement=wish, intelligence=law)
    clause = content.read(definition).requirements[-1]
    assert "“Know who lies where”" in clause.why
    assert "What Northmole Marina said" in clause.why
    assert "the sill" in clause.why
    assert "Gazette, 1 Feb 2026" in clause.why
    assert "keel" not in clause.why  # a version is kept for ever: nobody's own words are in it


def test_the_same_ground_twice_is_one_with_its_newer_note(world: World, shown: Requirement, need: Opportunity) -> None:
    ground_requirement(world.devi, requirement=shown, opportunity=need, note="at night")
    assert Ground.objects.get().note == "at night"


def test_a_ground_is_one_thing_of_the_same_product(world: World, wish: Requirement, need: Opportunity) -> None:
    with pytest.raises(Invalid, match="one thing"):
        ground_requirement(world.ines, requirement=wish)
    with pytest.raises(Invalid, match="one thing"):
        ground_requirement(world.ines, requirement=wish, opportunity=need, feedback=world.feedback())
    elsewhere = Opportunity.objects.create(product=world.umbra, title="See in the dark")
    with pytest.raises(Invalid, match="another product"):
        ground_requirement(world.ines, requirement=wish, opportunity=elsewhere)


@pytest.mark.parametrize("kind", ["opportunity", "feedback", "intelligence"])
def test_every_kind_of_ground_can_be_taken_away_by_who_works_on_it(
    world: World, wish: Requirement, need: Opportunity, kind: str
) -> None:
    rows = {
        "opportunity": need,
        "feedback": world.feedback(),
        "intelligence": Intelligence.objects.create(
            product=world.tideline, title="Law", source="Gazette", seen_on=date(2026, 2, 1)
        ),
    }
    ground = ground_requirement(world.ines, requirement=wish, **{kind: rows[kind]})
    with pytest.raises(Refused):
        take_ground_away(world.otto, ground=ground)
    take_ground_away(world.devi, ground=ground)
    assert not wish.grounds.exists()


def test_a_definition_of_a_product_one_may_not_see_is_not_there(world: World) -> None:
    need = Opportunity.objects.create(product=world.umbra, title="See in the dark")
    option = create_option(world.ines, product=world.umbra, title="Lamp", opportunities=[need])
    made = start_definition(world.ines, option=option)
    assert not Definition.objects.visible_to(world.devi).exists()
    assert Product.objects.visible_to(world.leda).filter(pk=made.product_id).exists()
    with pytest.raises(NotThere):
        change_requirement(world.devi, requirement=made.requirements.get(), title="Brighter")
