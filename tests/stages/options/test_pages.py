"""The list of options, and the forms that choose needs."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from clearspan.core.lists import PAGE
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import BusinessCase, CaseStudy, Effort, Meets, Option
from tests.world import World


@pytest.fixture
def ines(world: World, client: Client) -> Client:
    client.force_login(world.ines.person)
    return client


def option(world: World, title: str, npv: float | None = None) -> Option:
    made: Option = Option.objects.create(product=world.tideline, title=title)
    if npv is not None:
        studied(BusinessCase.objects.create(option=made, version=1, spec={}), npv)
    return made


def studied(case: BusinessCase, npv: float) -> None:
    five = {f"npv_p{part}": npv for part in ("05", "25", "50", "75", "95")}
    CaseStudy.objects.create(case=case, status="done", npv=npv, probability_of_loss=0.3, **five)


def titles(client: Client, query: str = "") -> list[str]:
    page = client.get(f"/tideline/options{query}").content.decode()
    return re.findall(r'class="name">\s*<a href="[^"]*">([^<]*)</a>', page)


def test_the_list_begins_with_what_earns_most_and_ends_with_what_nobody_worked_out(world: World, ines: Client) -> None:
    for title, npv in (("Berth map", 100), ("Paper plan", None), ("Tide alarm", 900)):
        option(world, title, npv)
    assert titles(ines) == ["Tide alarm", "Berth map", "Paper plan"]
    assert titles(ines, "?sort=title") == ["Berth map", "Paper plan", "Tide alarm"]
    assert "Tide alarm earns most" in ines.get("/tideline/options?page=1").content.decode()


def test_only_the_newest_study_of_an_option_counts(world: World, ines: Client) -> None:
    first = option(world, "Berth map", 100)
    option(world, "Tide alarm", 500)
    studied(first.cases.get(), 900)
    assert titles(ines) == ["Berth map", "Tide alarm"]


def test_a_long_list_is_cut_into_pages_and_each_option_stands_on_one(world: World, ines: Client) -> None:
    made = Option.objects.bulk_create(
        Option(product=world.tideline, title=f"Way {number}") for number in range(PAGE + 5)
    )
    engineering = world.devi.person.function
    Effort.objects.create(option=made[3], function=engineering, low=1, likely=2, high=3)
    first, second = titles(ines, "?sort=effort"), titles(ines, "?sort=effort&page=2")
    assert (len(first), len(second), first[0]) == (PAGE, 5, "Way 3")
    assert set(first) | set(second) == {one.title for one in made}


def test_a_form_has_the_needs_an_option_meets_and_finds_others_as_one_writes(world: World, ines: Client) -> None:
    needs = [Opportunity.objects.create(product=world.tideline, title=f"Need {n}") for n in range(4)]
    shown = option(world, "Berth map")
    Meets.objects.create(option=shown, opportunity=needs[0])
    page = ines.get(f"/tideline/options/{shown.pk}/change").content.decode()
    assert re.findall(r'name="opportunities" value="(OP-\d+)" checked> (Need \d)', page) == [(needs[0].ref, "Need 0")]
    assert ines.get("/tideline/like/need?q=need 3").json() == [f"Need 3 ({needs[3].ref})"]
    ines.post(
        f"/tideline/options/{shown.pk}/change",
        {"title": "Berth map", "duration": 1, "opportunities": [needs[0].ref, f"Need 3 ({needs[3].ref})"]},
    )
    assert set(shown.opportunities.all()) == {needs[0], needs[3]}


def test_what_fits_several_needs_is_offered_and_what_was_written_stays(world: World, ines: Client) -> None:
    needs = [Opportunity.objects.create(product=world.tideline, title=f"Need {n}") for n in range(2)]
    given = {"title": "Berth map", "duration": 1, "opportunities": ["Need"]}
    page = ines.post("/tideline/options/new", given).content.decode()
    assert "There is no opportunity “Need”; choose one of those that have these words." in page
    assert 'value="Need"' in page
    assert all(f'<option value="{need} ({need.ref})">' in page for need in needs)
    assert not Option.objects.exists()


def test_a_wider_need_is_found_as_one_writes(world: World, ines: Client) -> None:
    wide = Opportunity.objects.create(product=world.tideline, title="Know who lies where")
    assert ines.get("/tideline/like/parent?q=lies").json() == [f"Know who lies where ({wide.ref})"]
    given = {"title": "See who booked", "parent": f"Know who lies where ({wide.ref})", "outcome": "", "description": ""}
    ines.post("/tideline/opportunities/new", given)
    assert Opportunity.objects.get(title="See who booked").parent == wide
