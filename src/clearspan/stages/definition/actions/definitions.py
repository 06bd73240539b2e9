"""Definitions themselves: begun from an option, and written."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.models import User
from clearspan.stages.definition.actions.given import Level, Markdown, Title
from clearspan.stages.definition.actions.requirements import propose_requirements
from clearspan.stages.definition.actions.settling import settle
from clearspan.stages.definition.models import Definition
from clearspan.stages.definition.proposing import first_draft
from clearspan.stages.definition.rules import works_on
from clearspan.stages.options.models import Option

Number = Literal["baseline", "target", "measured_by"]


@action(rule=works_on, says="began the definition of {option}")
def start_definition(
    actor: Actor,
    *,
    option: Option,
    propose: Annotated[bool, Field(description="Propose a requirement for each need that the option meets")] = True,
) -> Definition:
    """Begins a definition with what is known of its option: needs, segments, competitors, what the case counts on."""
    begun = Definition.objects.filter(option=option).first()
    if begun is not None:
        raise Invalid({"option": f"it is defined already, in {begun.ref}"})
    if option.state == Option.State.DECLINED:
        raise Invalid({"option": "it was declined; decide anew before it is defined"})
    draft = first_draft(actor, option)
    made: Definition = Definition.objects.create(
        product=option.product, option=option, keeper=option.keeper or actor.person, **draft
    )
    if propose:
        propose_requirements(actor, definition=made)
    return made


@action(rule=works_on, says="changed the definition {definition}")
def change_definition(
    actor: Actor,
    *,
    definition: Definition,
    title: Title | None = None,
    problem: Markdown | None = None,
    outcome: Markdown | None = None,
    left_out: Markdown | None = None,
    measure: Annotated[str | None, Field(max_length=200, description="The number that says whether it came")] = None,
    unit: Annotated[str | None, Field(max_length=40)] = None,
    baseline: Annotated[Level | None, Field(description="What it is today")] = None,
    target: Annotated[Level | None, Field(description="What it is to be")] = None,
    measured_by: Annotated[date | None, Field(description="By when")] = None,
    audience: Markdown | None = None,
    alternative: Markdown | None = None,
    difference: Markdown | None = None,
    proof: Markdown | None = None,
    keeper: User | None = None,
    without: Annotated[list[Number], Field(description="Numbers and dates to take away")] = [],  # noqa: B006 read only
) -> Definition:
    """Changes what is given and leaves the rest. A signed version stands; the text is a draft again."""
    given = {
        "title": title, "problem": problem, "outcome": outcome, "left_out": left_out, "measure": measure, "unit": unit,
        "baseline": baseline, "target": target, "measured_by": measured_by, "audience": audience,
        "alternative": alternative, "difference": difference, "proof": proof, "keeper": keeper,
    }  # fmt: skip
    if keeper is not None and keeper.function_id is None:
        raise Invalid({"keeper": "somebody of the company keeps it"})
    changed = {name: value for name, value in given.items() if value is not None} | dict.fromkeys(without)
    for name, value in changed.items():
        setattr(definition, name, value)
    definition.save()
    settle(definition)
    return definition
