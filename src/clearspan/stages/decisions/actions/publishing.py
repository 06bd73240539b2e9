"""What an audience is told of what is coming: written for it, published by who manages the product."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils import timezone
from pydantic import Field, StringConstraints

from clearspan.catalogue.queries.naming import accounts_named
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.stages.decisions.audiences import CUSTOMERS
from clearspan.stages.decisions.audiences import audience as audience_called
from clearspan.stages.decisions.models import RoadmapWording
from clearspan.stages.decisions.precision import Precision
from clearspan.stages.decisions.rules import manages
from clearspan.stages.options.models import Option

Title = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=3, max_length=120),
    Field(description="What it is called for them"),
]


@action(rule=manages, says="worded {option} for {audience}")
def word_for_roadmap(
    actor: Actor,
    *,
    option: Option,
    audience: Annotated[Literal["sales", "customers"], Field(description="For whom: sales or customers")],
    title: Title,
    text: Annotated[str, Field(max_length=4000, description="What it will do for them, as Markdown")] = "",
    precision: Annotated[
        Precision | Literal[""], Field(description="How exactly they are told when; empty is the audience's rule")
    ] = "",
    publish: Annotated[bool, Field(description="Whether they see it from now on")] = False,
) -> RoadmapWording:
    """Says what an option is called for an audience, and what it will do for them; what is published changes at once.

    Dates are never said more exactly than the audience's rule and the delivery forecast allow, whatever is asked for.
    """
    row = RoadmapWording.objects.filter(option=option, audience=audience).first()
    row = row or RoadmapWording(option=option, audience=audience)
    row.title, row.text, row.precision = title, text.strip(), precision
    row.is_published = row.is_published or publish
    _check(row)
    if row.is_published and row.published_at is None:
        row.published_at = timezone.now()
    row.save()
    return row


@action(rule=manages, says="published {wording} on the roadmap for {wording.audience}")
def publish_on_roadmap(actor: Actor, *, wording: RoadmapWording) -> RoadmapWording:
    """Shows it on its audience's roadmap from now on."""
    wording.is_published, wording.published_at = True, timezone.now()
    _check(wording)
    wording.save(update_fields=["is_published", "published_at"])
    return wording


@action(rule=manages, says="took {wording} off the roadmap for {wording.audience}")
def withdraw_from_roadmap(actor: Actor, *, wording: RoadmapWording) -> RoadmapWording:
    """Its audience does not see it any more; the words are kept."""
    wording.is_published, wording.published_at = False, None
    wording.save(update_fields=["is_published", "published_at"])
    return wording


def _check(row: RoadmapWording) -> None:
    """Raises Invalid for what its audience must not be told."""
    to = audience_called(row.audience)
    if row.precision and to is not None and Precision(row.precision).rank < to.finest.rank:
        raise Invalid({"precision": f"{to.name} are told {to.finest.label} at the most"})
    if row.audience != CUSTOMERS.key:
        return
    if row.is_published and row.option.product.is_confidential:
        raise Invalid({"publish": f"{row.option.product} is confidential: customers are told nothing of it"})
    for field in ("title", "text"):
        named = accounts_named(getattr(row, field))
        if named:
            raise Invalid({field: f"it names {named[0]}: a customer is not named to other customers"})
