"""What is known of an option: effort, feasibility, impact, and its business case in versions."""

from __future__ import annotations

from copy import deepcopy
from typing import Annotated, Any

from pydantic import Field

from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.jobs import defer
from clearspan.core.models import Function
from clearspan.stages.options import jobs, studies
from clearspan.stages.options.models import BusinessCase, CaseStudy, Effort, Impact, Option
from clearspan.stages.options.rules import estimates, judges_feasibility, states_impact, works_on

Quarters = Annotated[float, Field(ge=0, le=10_000, description="People-quarters")]
Source = Annotated[str, Field(max_length=200, description="Who says so; “guess” is a source")]


@action(rule=estimates, says="estimated {function} for {option}")
def estimate_effort(
    actor: Actor,
    *,
    option: Option,
    function: Function,
    low: Annotated[Quarters, Field(description="One chance in ten that it is less")],
    likely: Quarters,
    high: Annotated[Quarters, Field(description="One chance in ten that it is more")],
    source: Source = "",
) -> Effort:
    """Says what an option takes of a function's people: low, likely and high, in people-quarters."""
    if not 0 < low <= likely <= high:
        raise Invalid({"likely": "low, likely and high must rise, from above 0; who needs nobody needs no estimate"})
    values = {"low": low, "likely": likely, "high": high, "source": source}
    effort = Effort.objects.update_or_create(option=option, function=function, defaults=values)[0]
    _refresh(option, actor)
    return effort


@action(rule=estimates, says="{function} is no longer needed for {option}")
def remove_effort(actor: Actor, *, option: Option, function: Function) -> None:
    """Takes the estimate of a function away: the option needs nobody of it."""
    if not Effort.objects.filter(option=option, function=function).delete()[0]:
        raise Invalid({"function": "there is no estimate of it"})
    _refresh(option, actor)


@action(rule=judges_feasibility, says="judged how feasible {option} is")
def judge_feasibility(
    actor: Actor,
    *,
    option: Option,
    feasibility: Annotated[
        Option.Feasibility, Field(description="1 done before, 2 likely, 3 open questions, 4 doubtful")
    ],
    note: Annotated[str, Field(description="What is known and what is open")] = "",
) -> Option:
    """Says whether an option can be built, and what is still open."""
    option.feasibility, option.feasibility_note = feasibility, note
    option.save(update_fields=["feasibility", "feasibility_note"])
    return option


@action(rule=states_impact, says="said what {option} means for {function}")
def state_impact(
    actor: Actor,
    *,
    option: Option,
    function: Function,
    weight: Annotated[
        Impact.Weight, Field(description="1 makes it easier, 2 no change, 3 some work, 4 heavy, 5 cannot")
    ],
    note: Annotated[str, Field(description="What changes for the function, and what it would need")] = "",
) -> Impact:
    """Says what an option means for a function, in its own words."""
    values = {"weight": weight, "note": note, "stated_by": actor.person}
    return Impact.objects.update_or_create(option=option, function=function, defaults=values)[0]


@action(rule=works_on, says="wrote the business case of {option}")
def write_case(
    actor: Actor,
    *,
    option: Option,
    spec: Annotated[dict[str, Any], Field(description="The tables of a case.toml; see the page on business cases")],
    note: Annotated[str, Field(max_length=200, description="What changed, and why")] = "",
) -> BusinessCase:
    """Saves a new version of an option's business case and asks for its study. Earlier versions stay."""
    studies.check(option, spec)
    newest = option.cases.order_by("-version").first()
    case = BusinessCase.objects.create(
        option=option, version=newest.version + 1 if newest else 1, spec=spec, note=note, written_by=actor.person
    )
    _ask(case, actor)
    return case


@action(rule=works_on, says="changed {driver} in the case of {option}")
def change_driver(
    actor: Actor,
    *,
    option: Option,
    driver: Annotated[str, Field(max_length=80, description="The driver's name in the case")],
    low: Annotated[float, Field(description="One chance in ten that it is less")],
    likely: float,
    high: Annotated[float, Field(description="One chance in ten that it is more")],
    source: Annotated[str | None, Field(max_length=300, description="Where the numbers are from")] = None,
) -> BusinessCase:
    """Changes one number of the newest business case, as a new version."""
    newest = option.cases.order_by("-version").first()
    if newest is None or driver not in newest.spec.get("drivers", {}):
        raise Invalid({"driver": "the business case has no such driver"})
    spec = deepcopy(newest.spec)
    spec["drivers"][driver] = studies.three_points(spec["drivers"][driver], low, likely, high, source)
    return write_case.function(actor, option=option, spec=spec, note=f"{driver} changed")  # type: ignore[no-any-return]


@action(rule=works_on, says="asked for the study of {option}")
def run_case_study(
    actor: Actor,
    *,
    option: Option,
    draws: Annotated[int, Field(ge=1024, le=262_144, description="Futures to draw")] = 16_384,
    seed: Annotated[int, Field(ge=0)] = 0,
) -> CaseStudy:
    """Studies the newest business case again, with the newest evidence."""
    case = option.cases.order_by("-version").first()
    if case is None:
        raise Invalid({"option": "it has no business case yet; write one first"})
    return _ask(case, actor, draws, seed)


def _refresh(option: Option, actor: Actor) -> None:
    """Effort is part of the case: when it changes, the case is studied again."""
    case = option.cases.order_by("-version").first()
    if case is not None:
        _ask(case, actor)


def _ask(case: BusinessCase, actor: Actor, draws: int = studies.DRAWS, seed: int = 0) -> CaseStudy:
    waiting = case.studies.filter(status=CaseStudy.Status.WAITING, options={"draws": draws}, seed=seed).first()
    if waiting is not None:
        return waiting
    study = CaseStudy.objects.create(case=case, seed=seed, options={"draws": draws}, asked_by=actor.person)
    defer(jobs.study_case, study)
    return study
