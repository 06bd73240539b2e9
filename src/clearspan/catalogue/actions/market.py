"""The market: its segments, and how large each is for each product."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from clearspan.catalogue.actions.changing import change, create
from clearspan.catalogue.models import MarketSize, Product, Segment
from clearspan.catalogue.rules import admins, either, product_people, works_on
from clearspan.core.actions import action
from clearspan.core.actor import Actor

Name = Annotated[str, Field(min_length=1, max_length=80, description="What it is called")]


@action(rule=either(product_people, admins), says="added the segment {result}")
def create_segment(
    actor: Actor, *, name: Name, description: Annotated[str, Field(description="What its accounts have in common")] = ""
) -> Segment:
    """Adds a segment of the market."""
    return create(Segment, name=name, description=description, position=Segment.objects.count())


@action(rule=either(product_people, admins), says="changed the segment {segment}")
def change_segment(
    actor: Actor,
    *,
    segment: Segment,
    name: Name | None = None,
    description: str | None = None,
    position: int | None = None,
) -> Segment:
    """Changes what is given and leaves the rest."""
    return change(segment, name=name, description=description, position=position)


@action(rule=works_on, says="sized {segment} for {product}")
def set_market_size(
    actor: Actor,
    *,
    product: Product,
    segment: Segment,
    accounts: Annotated[int, Field(ge=1, le=2_000_000_000, description="In the whole addressable market")],
    value_per_account: Annotated[
        Decimal, Field(ge=0, max_digits=14, decimal_places=2, description="A year's, on average")
    ],
    source: Annotated[str, Field(max_length=200, description="Who says so; “guess” is a source")] = "",
    as_of: Annotated[date | None, Field(description="When that was so")] = None,
) -> MarketSize:
    """Says how many accounts of a segment the whole market has, and what each is worth a year. Verdicts rest on it."""
    values = {"accounts": accounts, "value_per_account": value_per_account, "source": source, "as_of": as_of}
    return MarketSize.objects.update_or_create(product=product, segment=segment, defaults=values)[0]


@action(rule=works_on, says="took {size} out of the market")
def remove_market_size(actor: Actor, *, size: MarketSize) -> None:
    """Says that a segment is no part of a product's market."""
    size.delete()
