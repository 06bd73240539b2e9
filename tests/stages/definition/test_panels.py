"""What definitions say on the pages of options and needs, and what happens to grounds when needs become one."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from clearspan.core import panels
from clearspan.core.models import Function
from clearspan.core.undo import undo
from clearspan.stages.definition.actions import drop_requirement, ground_requirement, publish_version, sign_off
from clearspan.stages.definition.models import Definition, Requirement, SignOff
from clearspan.stages.definition.panels import reached
from clearspan.stages.opportunities.actions import merge_opportunities
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import Option
from tests.world import World


def test_an_options_page_offers_to_define_it_to_who_may(world: World, client: Client, option: Option) -> None:
    client.force_login(world.ines.person)
    assert "Define it already" in _page(client, "option", option.pk)
    Option.objects.filter(pk=option.pk).update(state="chosen")
    assert "Define it<" in _page(client, "option", option.pk)
    client.force_login(world.otto.person)
    assert "Define it" not in _page(client, "option", option.pk)


def test_an_options_page_says_what_is_defined_of_it(world: World, client: Client, definition: Definition) -> None:
    client.force_login(world.otto.person)
    page = _page(client, "option", definition.option_id)
    assert "Berth map: 1\u00a0requirement, on evidence. No version is published." in page
    assert reverse("definition", args=["tideline", definition.pk]) in page


def test_a_needs_page_lists_the_requirements_that_stand_on_it(
    world: World, client: Client, need: Opportunity, shown: Requirement
) -> None:
    client.force_login(world.ines.person)
    assert "What was defined of it" in _page(client, "opportunity", need.pk)
    drop_requirement(world.ines, requirement=shown)
    assert "What was defined of it" not in _page(client, "opportunity", need.pk)


def test_a_need_has_come_to_the_fifth_station_when_something_is_defined_of_it(
    world: World, need: Opportunity, definition: Definition, wish: Requirement
) -> None:
    other = Opportunity.objects.create(product=world.tideline, title="Know the tide")
    assert reached(world.ines, [need, other]) == {need.pk: 5}
    ground_requirement(world.ines, requirement=wish, opportunity=other)
    assert reached(world.ines, [need, other]) == {need.pk: 5, other.pk: 5}


def test_menus_count_what_is_not_signed(world: World, definition: Definition) -> None:
    assert _counts(world)["definitions"] == 1
    publish_version(world.ines, definition=definition, functions=[Function.objects.get(name="Support")])
    sign_off(world.otto, sign_off=SignOff.objects.get())
    assert _counts(world)["definitions"] == 0


def test_what_stands_on_a_need_that_is_merged_stands_on_the_one_that_stays(
    world: World, need: Opportunity, shown: Requirement, wish: Requirement
) -> None:
    other = Opportunity.objects.create(product=world.tideline, title="See free berths")
    ground_requirement(world.ines, requirement=shown, opportunity=other)
    ground_requirement(world.ines, requirement=wish, opportunity=other)
    done = merge_opportunities.perform(world.ines, opportunities=[other], into=need)
    assert [ground.opportunity for ground in shown.grounds.all()] == [need]
    assert [ground.opportunity for ground in wish.grounds.all()] == [need]
    undo(world.ines, event=done.event)
    assert shown.grounds.count() == 2
    assert [ground.opportunity for ground in wish.grounds.all()] == [other]


def _page(client: Client, name: str, pk: int) -> str:
    return client.get(reverse(name, args=["tideline", pk])).content.decode()


def _counts(world: World) -> dict[str, int]:
    said = panels.ask("counts", world.ines, world.tideline)
    return {name: rows.count() for one in said for name, rows in one.items()}
