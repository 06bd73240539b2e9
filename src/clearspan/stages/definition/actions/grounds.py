"""What a requirement stands on."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.stages.definition.actions.given import Note
from clearspan.stages.definition.actions.settling import settle
from clearspan.stages.definition.models import Ground, Requirement
from clearspan.stages.definition.rules import works_on
from clearspan.stages.evidence.models import Feedback, Intelligence
from clearspan.stages.opportunities.models import Opportunity


@action(rule=works_on, says="said what “{requirement}” stands on: {result.on}")
def ground_requirement(
    actor: Actor,
    *,
    requirement: Requirement,
    opportunity: Annotated[Opportunity | None, Field(description="A need")] = None,
    feedback: Annotated[Feedback | None, Field(description="Or something that was said")] = None,
    intelligence: Annotated[Intelligence | None, Field(description="Or something known of the market")] = None,
    note: Annotated[Note, Field(description="What in it asks for this")] = "",
) -> Ground:
    """Says that a requirement stands on a need, on feedback, or on intelligence: exactly one of them."""
    named = {"opportunity": opportunity, "feedback": feedback, "intelligence": intelligence}
    given = {kind: row for kind, row in named.items() if row is not None}
    if len(given) != 1:
        raise Invalid({"opportunity": "name one thing: a need, a piece of feedback, or a piece of intelligence"})
    ((kind, row),) = given.items()
    if row.product_id != requirement.definition.product_id:
        raise Invalid({kind: "it is of another product"})
    made: Ground = Ground.objects.update_or_create(requirement=requirement, **given, defaults={"note": note})[0]
    settle(requirement.definition)
    return made


@action(rule=works_on, says="took away what {result} stood on: {ground.on}")
def take_ground_away(actor: Actor, *, ground: Ground) -> Requirement:
    """A requirement no longer stands on this."""
    requirement = ground.requirement
    ground.delete()
    settle(requirement.definition)
    return requirement
