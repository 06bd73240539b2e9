"""A product manager's own craft: one's record, what to look back at, what to learn by stated rules, and the methods."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clearspan.audiences.practice import learning, methods, record
from clearspan.audiences.practice.learning import Lesson
from clearspan.stages.decisions.actions import record_outcome
from clearspan.stages.decisions.models import Decision
from clearspan.stages.evidence.models import Interview
from clearspan.stages.inlife.actions import add_kpi, record_kpi_reading
from clearspan.stages.opportunities.models import DemandStudy, Opportunity, Verdict
from clearspan.stages.options.models import BusinessCase, CaseStudy, Option
from tests.world import World

FIVE = {"mean": 0.0, "p05": -10.0, "p25": -4.0, "p50": 0.0, "p75": 4.0, "p95": 10.0}


def today() -> date:
    return timezone.localdate()


def decided(world: World, title: str, came: float | None = None, ago: int = 400, **given: object) -> Decision:
    option = Option.objects.create(product=world.tideline, title=title)
    values = {"expected": {"npv": FIVE}, "decided_by": world.ines.person, **given}
    made: Decision = Decision.objects.create(
        product=world.tideline, kind="choose", option=option, title=title, reasons="So.",
        decided_on=today() - timedelta(days=ago), **values,
    )  # fmt: skip
    if came is not None:
        record_outcome(world.ines, decision=made, outcome=came, is_final=True)
    return made


def lessons(world: World) -> dict[str, Lesson]:
    found = learning.lessons(world.ines, record.own(world.ines, today()), today())
    return {one.what: one for one in found}


def test_who_is_too_sure_is_told_how_much_wider_would_have_held(world: World) -> None:
    for number, came in enumerate([0, 3, -3, 20, 20, -20, 8, 2, 1, -15, 9]):
        decided(world, f"decision {number}", came)
    assert lessons(world)["Say wider intervals"].because == (
        "7 of your 11 nine-in-ten intervals held; 2 times as wide, nine in ten would have."
    )


def test_who_is_as_sure_as_they_say_is_told_nothing_of_it(world: World) -> None:
    for number in range(9):
        decided(world, f"decision {number}", 3.0 if number else 15.0)
    assert not [what for what in lessons(world) if "intervals" in what]


def test_deciding_although_knowing_more_was_worth_much_is_named(world: World) -> None:
    one = decided(world, "Tide alarm", ago=30)
    case = BusinessCase.objects.create(option=one.option, version=1, spec={})
    for evpi, told in ((50.0, False), (400.0, True)):
        study = CaseStudy.objects.create(case=case, status="done", npv=1_000.0, result={"cases": [{"evpi": evpi}]})
        Decision.objects.filter(pk=one.pk).update(case_study=study)
        assert ("Find out before you decide" in lessons(world)) is told


def test_a_decision_that_promised_no_number_is_named(world: World) -> None:
    decided(world, "Tide alarm", ago=30, expected={})
    assert "1 of 1\xa0decision of the last year promised none: Tide alarm." in (
        lessons(world)["Promise a number, so that you can learn from it"].because
    )


def test_segments_nobody_was_interviewed_of_are_named_until_somebody_is(world: World) -> None:
    assert "Interview Marinas, Sailing clubs" in lessons(world)
    Interview.objects.create(feedback=world.feedback(said_at=timezone.now() - timedelta(days=20)))
    assert "Interview Sailing clubs" in lessons(world)


def test_needs_nobody_knows_enough_of_are_to_be_asked_about(world: World) -> None:
    need = Opportunity.objects.create(product=world.tideline, title="Know the swell")
    study = DemandStudy.objects.create(product=world.tideline, status="done", result={})
    numbers = {f"{what}{level}": 0.1 for what in ("share", "value") for level in ("", "_p05", "_p25", "_p75", "_p95")}
    Verdict.objects.create(opportunity=need, study=study, kind="too_little_evidence", probability=0.5, rank=1, heard=2,
                           asking=1, **numbers)  # fmt: skip
    assert "Know the swell" in lessons(world)["Ask about what nobody knows enough of"].because


def test_a_kpi_nobody_read_lately_waits_for_its_owner(client: Client, world: World) -> None:
    kpi = add_kpi(world.ines, product=world.tideline, name="Renewals")
    assert "Look at Renewals again" in lessons(world)
    client.force_login(world.ines.person)
    assert "Say what “Renewals” stands at" in client.get("/").content.decode()
    record_kpi_reading(world.ines, kpi=kpi, value=80)
    assert "Look at Renewals again" not in lessons(world)


def test_what_is_due_and_what_is_a_year_old_is_to_be_looked_back_at(world: World) -> None:
    due = decided(world, "Due", ago=40, review_on=today() - timedelta(days=2))
    old = decided(world, "Old")
    decided(world, "Answered", came=3)
    decided(world, "Somebody else’s", decided_by=world.leda.person)
    found = record.to_look_back_at(world.ines, today())
    assert [one.decision for one in found] == [due, old]


def test_the_page_is_for_people_of_the_company_and_takes_as_many_queries_for_a_longer_record(
    client: Client, world: World
) -> None:
    client.force_login(world.cora.person)
    assert client.get(reverse("practice")).status_code == 404
    client.force_login(world.ines.person)

    def asked() -> int:
        with CaptureQueriesContext(connection) as made:
            assert client.get(reverse("practice")).status_code == 200
        return len(made)

    decided(world, "one", came=3)
    asked()
    before = asked()
    for number in range(9):
        decided(world, f"more {number}", came=20)
    assert asked() == before
    assert "Your 90 % intervals held 1 of 10: you are too sure." in client.get(reverse("practice")).content.decode()


def test_every_method_has_its_page_with_links_that_lead_somewhere(client: Client, world: World) -> None:
    client.force_login(world.ines.person)
    found = methods.methods()
    assert {"calibration", "demand", "lifetime"} <= set(found)
    for key, one in found.items():
        text = client.get(reverse("method", args=[key])).content.decode()
        assert one.name in text
        assert 'href="../' not in text
    assert client.get(reverse("method", args=["nothing"])).status_code == 404
