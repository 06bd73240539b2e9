"""Who does already what is required of us."""

from __future__ import annotations

from clearspan.core.actions import action
from clearspan.core.actor import Actor
from clearspan.stages.definition.models import Requirement, RequirementStanding
from clearspan.stages.opportunities.actions.market import (
    Link,
    Remark,
    Says,
    SaysWho,
    SeenOn,
    Who,
    as_said,
    knows_the_market,
    must_fit,
)


@action(rule=knows_the_market, says="said who does {requirement}: {result}")
def say_who_does(
    actor: Actor,
    *,
    requirement: Requirement,
    competitor: Who = None,
    says: Says,
    source: SaysWho,
    seen_on: SeenOn = None,
    note: Remark = "",
    url: Link = "",
) -> RequirementStanding:
    """Says how far a competitor, or our product, does today what is required. What was said before is replaced."""
    must_fit(requirement.definition.product_id, competitor, seen_on)
    given = as_said(actor, says=says, source=source, seen_on=seen_on, note=note, url=url)
    made: RequirementStanding = RequirementStanding.objects.update_or_create(
        requirement=requirement, competitor=competitor, defaults=given
    )[0]
    return made


@action(rule=knows_the_market, says="took back who does {standing.requirement}")
def forget_who_does(actor: Actor, *, standing: RequirementStanding) -> None:
    """Takes back what was said of somebody: it is not known any more."""
    standing.delete()
