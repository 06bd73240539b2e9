"""The plan that earns most with the people there are, and what is decided by it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from clearspan.core.actions import Refused
from clearspan.core.models import Function
from clearspan.core.undo import undo
from clearspan.stages.decisions import quarters, studies
from clearspan.stages.decisions.actions import adopt_plan, decide, run_portfolio_study, set_capacity
from clearspan.stages.decisions.models import Decision, Displacement, PortfolioStudy
from clearspan.stages.evidence.actions import record_ask
from clearspan.stages.opportunities.models import Mention, Opportunity
from clearspan.stages.options import studies as cases
from clearspan.stages.options.actions import create_option, estimate_effort, write_case
from clearspan.stages.options.models import Option
from tests.world import World

THIS_QUARTER = quarters.first_day(date.today())  # noqa: DTZ011 plans start in the quarter that it is


@pytest.fixture
def options(world: World) -> list[Option]:
    """Three options of two engineers' work each, worth less and less, and two engineers for two quarters."""
    engineering = Function.objects.get(name="Engineering")
    set_capacity(world.ines, product=world.tideline, function=engineering, quarter=THIS_QUARTER, people=2, count=2)
    need = Opportunity.objects.create(product=world.tideline, title="See free berths")
    made = []
    for title, price in (("Berth map", 400), ("Waiting list", 300), ("Tide alarm", 100)):
        option = create_option(world.ines, product=world.tideline, title=title, opportunities=[need])
        estimate_effort(world.devi, option=option, function=engineering, low=2, likely=2, high=2)
        cases.run_now(write_case(world.ines, option=option, spec=_spec(option, price)))
        made.append(option)
    return made


def test_the_two_that_earn_most_are_chosen_when_two_fit(world: World, options: list[Option]) -> None:
    study = studies.run_now(world.tideline)
    assert study.status == PortfolioStudy.Status.DONE, study.words
    assert {entry["option"] for entry in study.result["selected"]} == {options[0].ref, options[1].ref}
    assert [entry["option"] for entry in study.result["rejected"]] == [options[2].ref]


def test_an_ask_for_what_the_plan_has_not_is_given_its_price(world: World, options: list[Option]) -> None:
    ask = record_ask(world.sol, deal=world.deal, wants="An alarm before low tide", text="They need a tide alarm.")
    need = Opportunity.objects.create(product=world.tideline, title="Know the tide")
    options[2].meets.create(opportunity=need)
    Mention.objects.create(opportunity=need, feedback=ask.feedback)
    studies.run_now(world.tideline)
    price = Displacement.objects.get(option=options[2])
    assert price.fits and price.loss > 0
    assert price.leaves == [options[1].ref]


def test_without_people_the_plan_says_what_to_do(world: World) -> None:
    study = studies.run_now(world.tideline)
    assert study.status == PortfolioStudy.Status.FAILED
    assert "how many people" in study.words


def test_what_has_started_stays_in_the_plan(world: World, options: list[Option]) -> None:
    decide(world.ines, option=options[2], kind=Decision.Kind.CHOOSE, reasons="The harbour law", starts=THIS_QUARTER)
    Option.objects.filter(pk=options[2].pk).update(duration=2)
    Decision.objects.update(starts=quarters.after(THIS_QUARTER, -1))
    study = studies.run_now(world.tideline)
    assert {"option": options[2].ref, "start": THIS_QUARTER.isoformat()} in study.result["selected"]


def test_adopting_a_plan_decides_each_option_and_is_undone_as_one(world: World, options: list[Option]) -> None:
    study = studies.run_now(world.tideline)
    done = adopt_plan.perform(world.leda, study=study, reasons="It earns most with two engineers")
    assert Decision.objects.filter(kind="choose").count() == 2
    assert Option.objects.filter(state=Option.State.CHOSEN).count() == 2
    undo(world.leda, event=done.event)
    assert not Decision.objects.exists()
    assert not Option.objects.filter(state=Option.State.CHOSEN).exists()


def test_a_decision_keeps_what_was_expected_when_the_case_changes_later(world: World, options: list[Option]) -> None:
    decision = decide(world.ines, option=options[0], kind=Decision.Kind.CHOOSE, reasons="It earns most")
    promised = decision.expected["npv"]["mean"]
    cases.run_now(write_case(world.ines, option=options[0], spec=_spec(options[0], 1)))
    decision.refresh_from_db()
    assert decision.expected["npv"]["mean"] == promised


def test_sales_may_not_decide_nor_ask_for_a_plan(world: World, options: list[Option]) -> None:
    with pytest.raises(Refused):
        decide(world.sol, option=options[0], kind=Decision.Kind.CHOOSE, reasons="They ask for it")
    with pytest.raises(Refused):
        run_portfolio_study(world.sol, product=world.tideline)


def _spec(option: Option, price: float) -> dict[str, Any]:
    """A case that earns in proportion to its price, in every future."""
    spec = cases.new_spec(option)
    spec["drivers"] |= {"in_need": {"fixed": 0.3}, "take_up": {"fixed": 0.5}, "upkeep": {"fixed": 500}}
    spec["drivers"]["price"] = {"p10": price * 0.8, "p50": price, "p90": price * 1.3}
    return spec
