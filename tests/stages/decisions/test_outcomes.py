"""What was promised, and what came of it by a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.undo import undo
from clearspan.stages.decisions import queries
from clearspan.stages.decisions.actions import decide, record_outcome, remove_outcome
from clearspan.stages.decisions.models import Decision, Outcome
from clearspan.stages.options import studies as cases
from clearspan.stages.options.actions import create_option, write_case
from tests.world import World

NPV = {"mean": 100.0, "p05": 20.0, "p25": 70.0, "p50": 95.0, "p75": 130.0, "p95": 190.0}
TO_DATE = {
    "period": "year", "discount_rate": 0.1, "values": [[-10.0] * 5, [0, 20, 30, 40, 60], [20, 70, 100, 130, 190]],
}  # fmt: skip
YEAR = timedelta(days=365)


def today() -> date:
    return timezone.localdate()


@pytest.fixture
def decision(world: World) -> Decision:
    option = create_option(world.ines, product=world.tideline, title="Berth map")
    made: Decision = Decision.objects.create(
        product=world.tideline, kind="choose", option=option, title="Chosen: Berth map", reasons="It earns most.",
        decided_on=today() - 3 * YEAR, decided_by=world.ines.person, expected={"npv": NPV, "to_date": TO_DATE},
    )  # fmt: skip
    return made


def promise(world: World, decision: Decision) -> queries.Promise:
    return queries.promises(world.ines, [Decision.objects.get(pk=decision.pk)])[0]


def came(world: World, decision: Decision, amount: float | None, **given: Any) -> Outcome:
    made: Outcome = record_outcome(world.ines, decision=decision, outcome=amount, **given)
    return made


def test_what_came_is_held_against_what_was_promised_by_the_same_day(world: World, decision: Decision) -> None:
    came(world, decision, 25.0, day=decision.decided_on + YEAR)
    found = promise(world, decision)
    assert found.by_then == pytest.approx((0, 20, 30, 40, 60), abs=0.1)
    assert (found.whole, found.is_to_date, found.verdict) == ((20, 70, 100, 130, 190), True, "as promised")


def test_between_two_periods_the_promise_runs_straight(world: World, decision: Decision) -> None:
    assert queries.promised_by(decision, decision.decided_on + YEAR / 2)[2] == pytest.approx(10, abs=0.2)  # type: ignore[index]


@pytest.mark.parametrize(
    ("amount", "verdict"),
    [(-3.0, "outside, below"), (10.0, "low, but inside"), (20.1, "as promised"), (90.0, "outside, above")],
)
def test_a_promise_is_called_what_it_is(world: World, decision: Decision, amount: float, verdict: str) -> None:
    came(world, decision, amount, day=decision.decided_on + YEAR)
    assert promise(world, decision).verdict == verdict


def test_when_nothing_more_is_to_come_the_whole_promise_counts(world: World, decision: Decision) -> None:
    came(world, decision, 25.0, day=decision.decided_on + YEAR, is_final=True)
    assert promise(world, decision).verdict == "low, but inside"
    assert not promise(world, decision).is_to_date


def test_without_a_case_by_period_the_whole_promise_counts(world: World, decision: Decision) -> None:
    decision.expected = {"npv": NPV}
    decision.save()
    came(world, decision, 25.0)
    assert promise(world, decision).five == (20, 70, 100, 130, 190)


def test_the_newest_outcome_stands_and_the_others_are_kept(world: World, decision: Decision) -> None:
    came(world, decision, 40.0, day=today())
    came(world, decision, 25.0, day=today() - YEAR)
    assert promise(world, decision).came == 40
    assert decision.outcomes.count() == 2


def test_an_outcome_can_be_taken_back_and_the_taking_back_undone(world: World, decision: Decision) -> None:
    row = came(world, decision, 40.0)
    done = remove_outcome.perform(world.ines, outcome=row)
    assert promise(world, decision).verdict == ""
    undo(world.ines, event=done.event)
    assert promise(world, decision).came == 40


def test_outcomes_before_the_decision_or_still_to_come_are_refused(world: World, decision: Decision) -> None:
    for day in (decision.decided_on - timedelta(days=1), today() + timedelta(days=1)):
        with pytest.raises(Invalid, match="day"):
            came(world, decision, 1.0, day=day)


def test_nothing_said_is_refused_and_nobody_else_may_say_it(world: World, decision: Decision) -> None:
    with pytest.raises(Invalid, match="as a number or in words"):
        came(world, decision, None)
    with pytest.raises(Refused):
        record_outcome(world.devi, decision=decision, outcome=3.0)
    with pytest.raises((NotThere, Refused)):
        record_outcome(world.cora, decision=decision, outcome=3.0)


def test_a_decision_keeps_what_its_case_promised_by_each_period(world: World) -> None:
    option = create_option(world.ines, product=world.tideline, title="Tide alarm")
    spec = {
        "period": "quarter", "periods": 4, "drivers": {"price": {"p10": 80, "p50": 100, "p90": 130}},
        "lines": [{"name": "sales", "kind": "revenue", "formula": "price"}],
    }  # fmt: skip
    study = cases.run_now(write_case(world.ines, option=option, spec=spec))
    made = decide(world.ines, kind="choose", option=option, reasons="It pays for itself.")
    values = made.expected["to_date"]["values"]
    assert len(values) == 5
    assert values[-1][2] == pytest.approx(study.npv, abs=0.01)
    assert values[0] == [0, 0, 0, 0, 0]


def test_the_log_reads_as_often_for_many_decisions(world: World, decision: Decision) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries_made:
            queries.promises(world.ines, queries.decisions(world.ines, world.tideline))
        return len(queries_made)

    came(world, decision, 1.0)
    before = asked()
    for number in range(4):
        Decision.objects.create(
            product=world.tideline, kind="choose", option=decision.option, title=f"Again {number}", reasons="So.",
            decided_on=today(), expected={"npv": NPV},
        )  # fmt: skip
    assert asked() == before


def test_the_page_says_what_came_and_takes_more(client: Client, world: World, decision: Decision) -> None:
    client.force_login(world.ines.person)
    page = reverse("decision", args=["tideline", decision.pk])
    day = decision.decided_on + YEAR
    sent = client.post(page, {"outcome": "25", "day": day.isoformat(), "known": "ledger", "source": "Subscriptions"})
    assert sent.status_code == 302
    text = client.get(page).content.decode()
    assert "as promised" in text
    assert "the ledger: Subscriptions" in text
    refused = client.post(page, {"outcome": "25", "day": (today() + YEAR).isoformat()})
    assert "still to come" in refused.content.decode()
