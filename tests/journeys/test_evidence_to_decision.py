"""The line from evidence to a decision, walked through actions alone."""

from __future__ import annotations

from datetime import UTC, date, datetime

from clearspan.catalogue.models import Account
from clearspan.core import panels
from clearspan.core.models import Event, Function
from clearspan.core.undo import undo
from clearspan.stages.decisions import studies as plans
from clearspan.stages.decisions.actions import adopt_plan, set_capacity
from clearspan.stages.decisions.models import Decision
from clearspan.stages.evidence.actions import answer_ask, record_ask, record_feedback
from clearspan.stages.opportunities import studies as demand
from clearspan.stages.opportunities.actions import create_opportunity, link_evidence
from clearspan.stages.opportunities.models import Verdict
from clearspan.stages.options import studies as cases
from clearspan.stages.options.actions import create_option, estimate_effort, judge_feasibility, state_impact, write_case
from clearspan.stages.options.models import Option
from clearspan.stages.trace.queries import line_of
from tests.world import World


def test_what_was_heard_becomes_a_decision_and_the_decision_leads_back_to_who_said_it(world: World) -> None:
    need = _heard_from_many(world)
    demand.run_now(world.tideline)
    verdict = Verdict.objects.get(opportunity=need)
    assert verdict.kind == Verdict.Kind.MARKET, verdict.detail["reasons"]

    option = _worked_out(world, need)
    study = plans.run_now(world.tideline)
    assert [entry["option"] for entry in study.result["selected"]] == [option.ref]

    decision = adopt_plan(world.leda, study=study, reasons="It earns most with the people there are")[0]
    option.refresh_from_db()
    assert (option.state, decision.option) == (Option.State.CHOSEN, option)
    assert decision.expected["npv"]["mean"] > 0

    line = line_of(world.devi, decision)
    assert line.opportunities == [need] and line.mentions == 24
    strip = panels.first("trace", world.devi, decision)
    assert [station.state for station in strip[:4]] == ["done", "done", "done", "here"]


def test_a_salespersons_ask_is_answered_with_a_verdict_and_a_price(world: World) -> None:
    need = _heard_from_many(world)
    option = _worked_out(world, need)
    ask = record_ask(world.sol, deal=world.deal, wants="A map of free berths", text="They want to see free berths.")
    link_evidence(world.ines, opportunity=need, feedback=[ask.feedback], importance=4)
    demand.run_now(world.tideline)
    plans.run_now(world.tideline)
    said = panels.first("ask.verdict", world.sol, [ask])[ask.pk]
    assert (said.need, said.kind) == (need.title, "market")
    answer_ask(world.ines, ask=ask, answer=f"{option.title} is in the plan.")
    ask.refresh_from_db()
    assert ask.state == "answered"


def test_every_step_is_recorded_and_the_last_can_be_taken_back(world: World) -> None:
    need = _heard_from_many(world)
    _worked_out(world, need)
    done = adopt_plan.perform(world.leda, study=plans.run_now(world.tideline), reasons="It earns most")
    names = set(Event.objects.values_list("action", flat=True))
    assert {
        "record_feedback",
        "create_opportunity",
        "link_evidence",
        "create_option",
        "write_case",
        "adopt_plan",
    } <= names
    undo(world.leda, event=done.event)
    assert not Decision.objects.exists()


def _heard_from_many(world: World):  # type: ignore[no-untyped-def]
    """Half of forty marinas and clubs, heard once or twice, speak of the same need."""
    need = create_opportunity(world.ines, product=world.tideline, title="See which berths are free")
    for number in range(40):
        segment = world.marinas if number % 2 else world.clubs
        account = Account.objects.create(name=f"Harbour {number}", segment=segment)
        for occasion in range(2):
            said = record_feedback(
                world.otto, product=world.tideline, account=account, text=f"Where is a free berth? {number}.{occasion}",
                said_at=datetime(2026, 1 + occasion, 1 + number % 28, tzinfo=UTC),
            )  # fmt: skip
            if number < 24 and not occasion:
                link_evidence(world.ines, opportunity=need, feedback=[said])
    return need


def _worked_out(world: World, need):  # type: ignore[no-untyped-def]
    """An option for the need, with all that a decision asks for."""
    demand.run_now(world.tideline)
    engineering = Function.objects.get(name="Engineering")
    option = create_option(world.ines, product=world.tideline, title="Berth map", opportunities=[need])
    estimate_effort(world.devi, option=option, function=engineering, low=1, likely=2, high=4, source="two like it")
    judge_feasibility(world.devi, option=option, feasibility=1, note="Done before")
    state_impact(
        world.otto, option=option, function=world.otto.person.function, weight=3, note="One more thing to explain"
    )
    spec = cases.new_spec(option)
    spec["drivers"] |= {"take_up": {"p10": 0.2, "p50": 0.4, "p90": 0.6, "note": "survey"}, "upkeep": {"fixed": 1_000}}
    write_case(world.ines, option=option, spec=spec)
    cases.run_now(option.cases.get())
    set_capacity(world.ines, product=world.tideline, function=engineering, quarter=date.today(), people=3, count=4)  # noqa: DTZ011 plans start in the quarter that it is
    return option
