"""Telling those who asked what became of it: each once, and it stands where they asked."""

from __future__ import annotations

from typing import Annotated

from django.utils import timezone
from pydantic import Field, StringConstraints

from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.portal import letters
from clearspan.stages.portal.models import Telling, Told
from clearspan.stages.portal.queries.asking import who_asked
from clearspan.stages.portal.rules import manages

Subject = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
Letter = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]


@action(rule=manages, says="told {result.count} who asked: {subject}", irreversible=True)
def tell_those_who_asked(
    actor: Actor,
    *,
    opportunity: Opportunity,
    occasion: Annotated[Telling.Occasion, Field(description="What there is to tell")],
    subject: Subject,
    text: Letter,
) -> Sent:
    """Sends a letter to everybody who asked for a need and can be reached: who voted for or commented on one of its
    ideas, and whose feedback speaks of it. Nobody is told twice of one occasion, however often this is done."""
    if opportunity.product.is_confidential:
        raise Invalid({"opportunity": f"{opportunity.product} is confidential: nobody outside is told of it"})
    if "[" in text and "]" in text.partition("[")[2]:
        raise Invalid({"text": "something in it is not written yet: look for what stands in brackets"})
    telling, _ = Telling.objects.update_or_create(
        opportunity=opportunity, occasion=occasion,
        defaults={"subject": subject, "text": text, "sent_at": timezone.now(), "sent_by": actor.person},
    )  # fmt: skip
    people = who_asked(opportunity, occasion)
    if not people:
        raise Invalid("there is nobody to tell: all who can be reached were told, or nobody can be reached")
    Told.objects.bulk_create(
        Told(telling=telling, key=one.key, name=one.name[:120], visitor=one.visitor, contact=one.contact, idea=one.idea,
             feedback=one.feedback, sent_at=telling.sent_at)
        for one in people
    )  # fmt: skip
    for one in people:
        letters.told(telling, one.address, one.name, one.public_idea)
    return Sent(telling, len(people))


class Sent:
    """A letter, and to how many it went."""

    def __init__(self, telling: Telling, count: int) -> None:
        self.telling, self.count = telling, count

    def __str__(self) -> str:
        return f"{self.telling} to {self.count}"
