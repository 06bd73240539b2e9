"""Needs against the market: who meets them already, what is known of them, which quotes may be told."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils import timezone
from pydantic import Field, StringConstraints

from clearspan.catalogue.models import Competitor, Standing
from clearspan.catalogue.rules import either, sells, works_on
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.stages.evidence.models import Intelligence
from clearspan.stages.opportunities.models import Mention, NeedIntelligence, NeedStanding, Opportunity
from clearspan.stages.opportunities.rules import sorts

knows_the_market = either(sells, works_on)
Who = Annotated[Competitor | None, Field(description="Whom it is said of; None: our own product")]
Says = Annotated[Standing.Says, Field(description="yes, partly or no")]
SaysWho = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), Field(description="Who says so")
]
SeenOn = Annotated[date | None, Field(description="None is today")]
Link = Annotated[str, Field(max_length=500, pattern=r"^$|^https?://")]
Remark = Annotated[str, Field(max_length=300)]


@action(rule=knows_the_market, says="said who meets {opportunity}: {result}")
def say_who_meets(
    actor: Actor,
    *,
    opportunity: Opportunity,
    competitor: Who = None,
    says: Says,
    source: SaysWho,
    seen_on: SeenOn = None,
    note: Remark = "",
    url: Link = "",
) -> NeedStanding:
    """Says how far a competitor, or our product, meets a need today. What was said before is replaced."""
    must_fit(opportunity.product_id, competitor, seen_on)
    given = as_said(actor, says=says, source=source, seen_on=seen_on, note=note, url=url)
    made: NeedStanding = NeedStanding.objects.update_or_create(
        opportunity=opportunity, competitor=competitor, defaults=given
    )[0]
    return made


@action(rule=knows_the_market, says="took back who meets {standing.opportunity}")
def forget_who_meets(actor: Actor, *, standing: NeedStanding) -> None:
    """Takes back what was said of somebody: it is not known any more."""
    standing.delete()


@action(rule=sorts, says="linked what is known to {opportunity}: {intelligence}")
def link_intelligence(
    actor: Actor, *, opportunity: Opportunity, intelligence: Intelligence, note: Remark = ""
) -> NeedIntelligence:
    """Says that something known of the market speaks of a need. It counts in no study: no account has said it."""
    if intelligence.product_id != opportunity.product_id:
        raise Invalid({"intelligence": "it is known of another product's market"})
    if opportunity.known.filter(intelligence=intelligence).exists():
        raise Invalid({"intelligence": f"it is linked to {opportunity} already"})
    made: NeedIntelligence = NeedIntelligence.objects.create(
        opportunity=opportunity, intelligence=intelligence, note=note, linked_by=actor.person
    )
    return made


@action(rule=sorts, says="unlinked {link.intelligence} from {link.opportunity}")
def unlink_intelligence(actor: Actor, *, link: NeedIntelligence) -> None:
    """Takes something known of the market off a need; it stays known."""
    link.delete()


@action(rule=knows_the_market, says="said who may read a quote about {mention.opportunity}")
def allow_quote(
    actor: Actor,
    *,
    mention: Mention,
    agreed: Annotated[
        str,
        StringConstraints(strip_whitespace=True, max_length=200),
        Field(description="Who agreed, and when; empty: nobody, it is for us alone"),
    ],
) -> Mention:
    """Says that a customer agreed to be quoted: only such a quote stands on battlecards and what is handed out."""
    if agreed and not mention.quote:
        raise Invalid({"mention": "it has no quote; cut one first"})
    mention.agreed = agreed
    mention.save(update_fields=["agreed"])
    return mention


def must_fit(product: int, competitor: Competitor | None, seen_on: date | None) -> None:
    """Raises Invalid for a competitor of another product, or a day that has not come."""
    if competitor is not None and competitor.product_id != product:
        raise Invalid({"competitor": f"{competitor} is a competitor of another product"})
    if seen_on is not None and seen_on > timezone.localdate():
        raise Invalid({"seen_on": "this lies in the future"})


def as_said(actor: Actor, *, seen_on: date | None, **given: object) -> dict[str, object]:
    """What somebody says of a competitor or of us, as the row keeps it: seen today where no day is given."""
    return {**given, "seen_on": seen_on or timezone.localdate(), "recorded_by": actor.person}
