"""What must be true of what is built, one requirement at a time."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.stages.definition.actions.given import Criteria, Markdown, Wanted
from clearspan.stages.definition.actions.grounds import ground_requirement
from clearspan.stages.definition.actions.settling import settle
from clearspan.stages.definition.models import Definition, Ground, Requirement
from clearspan.stages.definition.proposing import needs_of
from clearspan.stages.definition.rules import works_on
from clearspan.stages.evidence.models import Feedback, Intelligence
from clearspan.stages.opportunities.models import Opportunity

Weight = Annotated[Requirement.Weight, Field(description="must, should or could")]


@action(rule=works_on, says="added the requirement {result}")
def add_requirement(
    actor: Actor,
    *,
    definition: Definition,
    title: Wanted,
    text: Markdown = "",
    weight: Weight = Requirement.Weight.MUST,
    criteria: Criteria = [],  # noqa: B006 read only
    opportunity: Annotated[Opportunity | None, Field(description="The need it stands on")] = None,
    feedback: Annotated[Feedback | None, Field(description="Or what was said")] = None,
    intelligence: Annotated[Intelligence | None, Field(description="Or what is known of the market")] = None,
) -> Requirement:
    """Adds a requirement at the end, with what it stands on where that is given."""
    last = definition.requirements.order_by("-position").first()
    made: Requirement = Requirement.objects.create(
        definition=definition, title=title, text=text, weight=weight, criteria=criteria,
        position=last.position + 1 if last else 0,
    )  # fmt: skip
    named = {"opportunity": opportunity, "feedback": feedback, "intelligence": intelligence}
    for kind, row in named.items():
        if row is not None:
            ground_requirement(actor, requirement=made, **{kind: row})
    settle(definition)
    return made


@action(rule=works_on, says="proposed {result} for {definition}")
def propose_requirements(actor: Actor, *, definition: Definition) -> list[Requirement]:
    """Adds a requirement for each need that the option meets and none stands on yet, each standing on its need."""
    has = set(Ground.objects.filter(requirement__definition=definition).values_list("opportunity", flat=True))
    needs = [need for need in needs_of(actor, definition.option) if need.pk not in has]
    return [
        add_requirement(actor, definition=definition, title=need.title, text=need.outcome, opportunity=need)
        for need in needs
    ]


@action(rule=works_on, says="changed the requirement {requirement}")
def change_requirement(
    actor: Actor,
    *,
    requirement: Requirement,
    title: Wanted | None = None,
    text: Markdown | None = None,
    weight: Weight | None = None,
    criteria: Criteria | None = None,
) -> Requirement:
    """Changes what is given and leaves the rest."""
    given = {"title": title, "text": text, "weight": weight, "criteria": criteria}
    for name, value in given.items():
        if value is not None:
            setattr(requirement, name, value)
    requirement.save()
    settle(requirement.definition)
    return requirement


@action(rule=works_on, says="dropped the requirement {requirement}")
def drop_requirement(actor: Actor, *, requirement: Requirement) -> Requirement:
    """It is not to be built any more. It is kept, for what refers to it."""
    return _dropped(requirement, True)


@action(rule=works_on, says="brought back the requirement {requirement}")
def restore_requirement(actor: Actor, *, requirement: Requirement) -> Requirement:
    """A requirement that was dropped is to be built after all."""
    return _dropped(requirement, False)


@action(rule=works_on, says="moved the requirement {requirement}")
def move_requirement(
    actor: Actor,
    *,
    requirement: Requirement,
    to: Annotated[int, Field(ge=1, description="Its place among those to be built, from 1")],
) -> Requirement:
    """Puts a requirement in another place; the others close up."""
    definition = requirement.definition
    rows = list(definition.requirements.filter(is_dropped=False).order_by("position", "pk").select_for_update())
    if requirement.is_dropped:
        raise Invalid({"requirement": "it was dropped; bring it back first"})
    rest = [row for row in rows if row.pk != requirement.pk]
    ordered = [*rest[: to - 1], requirement, *rest[to - 1 :]]
    for place, row in enumerate(ordered):
        if row.position != place:
            row.position = place
            row.save(update_fields=["position"])
    settle(definition)
    return requirement


def _dropped(requirement: Requirement, is_dropped: bool) -> Requirement:
    if requirement.is_dropped == is_dropped:
        raise Invalid({"requirement": "it was dropped already" if is_dropped else "it is to be built already"})
    requirement.is_dropped = is_dropped
    requirement.save(update_fields=["is_dropped"])
    settle(requirement.definition)
    return requirement
