"""The list of decisions: a page of it, and what its first line says of all."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clearspan.stages.decisions.actions import record_outcome
from clearspan.stages.decisions.models import Decision
from clearspan.stages.options.models import Option
from tests.world import World

NPV = {"mean": 100.0, "p05": 20.0, "p25": 70.0, "p50": 95.0, "p75": 130.0, "p95": 190.0}


def decided(world: World, number: int, kind: str = "choose") -> Decision:
    option = Option.objects.create(product=world.tideline, title=f"Way {number}")
    made: Decision = Decision.objects.create(
        product=world.tideline, kind=kind, option=option, title=f"Way {number}", reasons="It earns most.",
        decided_on=date(2024, 1, 1) + timedelta(days=number), decided_by=world.ines.person, expected={"npv": NPV},
    )  # fmt: skip
    return made


def listed(world: World, query: str = "") -> str:
    client = Client()
    client.force_login(world.ines.person)
    return client.get(reverse("decisions", args=["tideline"]) + query).content.decode()


def test_of_more_than_a_page_all_are_counted_and_reached(world: World) -> None:
    made = [decided(world, number, "choose" if number % 2 else "park") for number in range(52)]
    record_outcome(world.ines, decision=made[51], outcome=60.0)
    record_outcome(world.ines, decision=made[50], outcome=600.0)
    record_outcome(world.ines, decision=made[0], outcome=60.0)
    first, second = listed(world), listed(world, "?page=2")
    assert "52\u00a0decisions: 26 yes, 26 no. Of those on this page 1 of 2 outcomes lay where we said" in first
    assert "Of those on this page 1 of 1 outcomes lay where we said" in second
    assert (first.count("/tideline/decisions/"), ">Way 51</a>" in first, ">Way 1</a>" in first) == (50, True, False)
    assert all(f">Way {number}</a>" in second for number in (0, 1))
    assert "what came of those on this page is not known yet" not in second
    assert "51 to 52 of 52" in " ".join(second.split())


def test_of_a_page_all_is_said_of_all(world: World) -> None:
    for number in range(3):
        decided(world, number)
    assert "3\u00a0decisions: 3 yes, 0 no; what came of them is not known yet" in listed(world)
    assert "Nothing was decided yet" in listed(world, "?kind=park")
    assert "No decision fits" in listed(world, "?q=zymurgy")


def test_a_page_takes_as_many_queries_for_many_as_for_few(world: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            listed(world)
        return len(asked)

    decided(world, 0)
    few = queries()
    for number in range(1, 9):
        record_outcome(world.ines, decision=decided(world, number), outcome=60.0)
    assert queries() <= few
