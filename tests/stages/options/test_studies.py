"""A business case through the engine, and what it draws on."""

from __future__ import annotations

import pytest

from clearspan.core.actions import Invalid
from clearspan.core.models import Function
from clearspan.core.studies import unpacked
from clearspan.stages.options import studies
from clearspan.stages.options.actions import change_driver, create_option, estimate_effort, write_case
from clearspan.stages.options.models import CaseStudy, Option
from tests.world import World


@pytest.fixture
def option(world: World) -> Option:
    made: Option = create_option(world.ines, product=world.tideline, title="Berth map")
    return made


def test_the_first_case_of_an_option_can_be_studied_as_it_is(world: World, option: Option) -> None:
    case = write_case(world.ines, option=option, spec=studies.new_spec(option))
    study = studies.run_now(case)
    assert study.status == CaseStudy.Status.DONE
    assert study.npv_p05 < study.npv_p50 < study.npv_p95
    assert len(unpacked(study.inputs)["npv"]) == studies.DRAWS


def test_the_same_seed_gives_the_same_digits(world: World, option: Option) -> None:
    case = write_case(world.ines, option=option, spec=studies.new_spec(option))
    assert studies.run_now(case, seed=3).result == studies.run_now(case, seed=3).result


def test_effort_joins_the_case_from_its_own_rows(world: World, option: Option) -> None:
    spec = {**studies.new_spec(option), "rates": {"Engineering": "30000"}}
    case = write_case(world.ines, option=option, spec=spec)
    before = studies.run_now(case)
    engineering = Function.objects.get(name="Engineering")
    estimate_effort(world.devi, option=option, function=engineering, low=2, likely=3, high=6, source="two like it")
    after = studies.run_now(case)
    assert after.npv < before.npv - 60_000


def test_a_case_with_a_fault_is_refused_and_says_where(world: World, option: Option) -> None:
    spec = studies.new_spec(option)
    spec["lines"][0]["formula"] = "adopters * prize"
    with pytest.raises(Invalid, match="prize"):
        write_case(world.ines, option=option, spec=spec)
    assert not option.cases.exists()


def test_changing_a_driver_makes_a_version_and_leaves_the_one_before(world: World, option: Option) -> None:
    write_case(world.ines, option=option, spec=studies.new_spec(option))
    case = change_driver(world.ines, option=option, driver="price", low=200, likely=300, high=500, source="survey")
    assert case.version == 2
    assert case.spec["drivers"]["price"]["p50"] == 300
    assert option.cases.get(version=1).spec["drivers"]["price"]["p50"] == 250
