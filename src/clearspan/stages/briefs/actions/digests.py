"""Whether, and how often, a person is told by mail what has changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from clearspan.catalogue.models import Product
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.stages.briefs.models import Digest
from clearspan.stages.briefs.rules import anybody_here


def is_own(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Whose digest it is."""
    return actor.person is not None and given["digest"].person_id == actor.person.pk


@action(rule=anybody_here, says="is told by mail: {result}")
def choose_digest(
    actor: Actor,
    *,
    product: Product,
    every: Annotated[Digest.Every, Field(description="off, day or week")],
) -> Digest:
    """Says how often you want to be told by mail what has changed about a product; nothing comes when nothing did."""
    if actor.person is None:
        raise Invalid({"product": "only a person is sent a digest"})
    return Digest.objects.update_or_create(person=actor.person, product=product, defaults={"every": every})[0]


@action(rule=is_own, says="is no longer told by mail: {digest}", open_to_guests=True)
def stop_digest(actor: Actor, *, digest: Digest) -> Digest:
    """Ends a digest, as the link in each of its letters does."""
    digest.every = Digest.Every.OFF
    digest.save(update_fields=["every"])
    return digest
