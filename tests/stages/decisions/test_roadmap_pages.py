"""The roadmap's pages: shown as each may see it, worded, published, moved."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from clearspan.core.models import Function
from clearspan.stages.decisions import quarters
from clearspan.stages.decisions.actions import decide, set_capacity, word_for_roadmap
from clearspan.stages.decisions.models import Decision, RoadmapWording
from clearspan.stages.decisions.queries.moving import moved
from clearspan.stages.definition.models import Definition
from clearspan.stages.options.models import Effort, Needs, Option
from tests.world import PASSWORD, World


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def berths(world: World, today: date) -> Option:
    return _chosen(world, "Berth map", today, 1)


def _chosen(world: World, title: str, today: date, later: int) -> Option:
    option = Option.objects.create(product=world.tideline, title=title, state="chosen", duration=1)
    engineering = Function.objects.get(name="Engineering")
    Effort.objects.create(option=option, function=engineering, low=2, likely=2, high=2)
    decide(world.ines, kind="choose", reasons="It earns.", option=option, starts=quarters.after(today, later))
    return option


def _client(who: str = "ines") -> Client:
    client = Client()
    client.login(username=f"{who}@example.org", password=PASSWORD)
    return client


def _get(url: str, who: str = "ines") -> str:
    answer = _client(who).get(url)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode().replace("\xa0", " ")


def test_a_start_moved_onto_another_asks_for_more_people_than_there_are(
    world: World, berths: Option, today: date
) -> None:
    other = _chosen(world, "Tide alarm", today, 2)
    engineering = Function.objects.get(name="Engineering")
    set_capacity(world.ines, product=world.tideline, function=engineering, quarter=today, people=3, count=8)
    decision = Decision.objects.get(option=other)
    found = moved(world.ines, world.tideline, decision, quarters.after(today, 1), today)
    assert found is not None
    (over,) = found.over
    assert (over.function, over.quarter, over.before, over.after, over.there) == (
        "Engineering", quarters.after(today, 1), 2, 4, 3,
    )  # fmt: skip
    decision.refresh_from_db()
    assert decision.starts == quarters.after(today, 2)


def test_what_needs_a_start_that_moves_is_named_with_when_it_could_start(
    world: World, berths: Option, today: date
) -> None:
    other = _chosen(world, "Tide alarm", today, 2)
    Needs.objects.create(option=other, other=berths)
    decision = Decision.objects.get(option=berths)
    found = moved(world.ines, world.tideline, decision, quarters.after(today, 3), today)
    assert found is not None
    (slip,) = found.slips
    assert slip.waiting.option == other and slip.until == quarters.after(today, 4)


def test_a_move_is_seen_before_it_is_kept_and_can_be_undone(world: World, berths: Option, today: date) -> None:
    decision, to = Decision.objects.get(option=berths), quarters.after(today, 4)
    shown = _get(f"/tideline/roadmap/move/{decision.pk}?starts={to}")
    assert f"Started in {quarters.label(to)} instead of {quarters.label(decision.starts)}" in shown
    decision.refresh_from_db()
    assert decision.starts == quarters.after(today, 1)
    _client().post("/do/move_start", {"decision": decision.ref, "starts": to.isoformat()})
    decision.refresh_from_db()
    assert decision.starts == to


def test_words_are_drafted_from_the_definition_without_the_names_of_accounts(world: World, berths: Option) -> None:
    Definition.objects.create(
        product=world.tideline, option=berths, title="See every berth", outcome="Northmole Marina sees it all.",
        difference="Others show a list.",
    )  # fmt: skip
    shown = _get(f"/tideline/roadmap/{berths.pk}/customers")
    assert "See every berth" in shown and "a customer sees it all." in shown and "Others show a list." in shown
    assert "Northmole" in _get(f"/tideline/roadmap/{berths.pk}/sales")


def test_what_is_written_is_kept_and_published(world: World, berths: Option) -> None:
    url = f"/tideline/roadmap/{berths.pk}/customers"
    assert _client().post(url, {"title": "See every berth", "text": "One map", "publish": "on"}).status_code == 302
    assert RoadmapWording.objects.get().is_published
    shown = _get("/tideline/roadmap?for=customers", "sol")
    assert "See every berth" in shown and "Berth map" not in shown and "Take off" not in shown


def test_what_may_not_be_said_is_refused_at_its_field(world: World, berths: Option) -> None:
    url = f"/tideline/roadmap/{berths.pk}/customers"
    answer = _client().post(url, {"title": "See every berth", "text": "As Northmole Marina asked."})
    assert answer.status_code == 422 and "is not named to other customers" in answer.content.decode()
    assert not RoadmapWording.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("devi", 403), ("sol", 403), ("leda", 403), ("cora", 404)])
def test_others_do_not_write_for_customers(world: World, berths: Option, who: str, status: int) -> None:
    assert _client(who).get(f"/tideline/roadmap/{berths.pk}/customers").status_code == status


def test_an_audience_that_is_not_mine_is_not_shown_to_me(world: World, berths: Option) -> None:
    Decision.objects.update(expected={"npv": {"mean": 123456.0}})
    assert "£120 k" in _get("/tideline/roadmap?for=leadership", "leda")
    shown = _get("/tideline/roadmap?for=leadership", "sol")
    assert "as sales may see it" in shown and "£120 k" not in shown and "Berth map" not in shown


def test_a_manager_sees_what_customers_are_not_told_of(world: World, berths: Option) -> None:
    assert "They are not told of" in _get("/tideline/roadmap?for=customers")
    word_for_roadmap(world.ines, option=berths, audience="customers", title="See every berth", publish=True)
    assert "They are not told of" not in _get("/tideline/roadmap?for=customers")
