"""The market: its segments, and how large each is for each product."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from clearspan.catalogue.actions.changing import MarketName, Position, change, create, remove
from clearspan.catalogue.models import MarketSize, Product, Segment
from clearspan.catalogue.rules import admins, either, product_people, works_on
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor

Accounts = Annotated[int, Field(ge=1, le=2_000_000_000, description="In the whole addressable market")]
Worth = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2, description="A year's, on average")]
SaysWho = Annotated[str, Field(max_length=200, description="Who says so; “guess” is a source")]
AsOf = Annotated[date | None, Field(description="When that was so")]


@action(rule=either(product_people, admins), says="added the segment {result}")
def create_segment(
    actor: Actor,
    *,
    name: MarketName,
    description: Annotated[str, Field(description="What its accounts have in common")] = "",
    product: Annotated[Product | None, Field(description="Size it for this product in the same step")] = None,
    accounts: Accounts | None = None,
    value_per_account: Worth | None = None,
    source: SaysWho = "",
    as_of: AsOf = None,
) -> Segment:
    """Adds a segment of the market; with a product, also how large it is for that product."""
    segment = create(Segment, name=name, description=description, position=Segment.objects.count())
    if product is None:
        return segment
    wanted = {"accounts": accounts, "value_per_account": value_per_account}
    if missing := [given for given, value in wanted.items() if value is None]:
        raise Invalid(dict.fromkeys(missing, "a size takes how many accounts there are, and what one is worth"))
    set_market_size(actor, product=product, segment=segment, source=source, as_of=as_of, **wanted)
    return segment


@action(rule=either(product_people, admins), says="changed the segment {segment}")
def change_segment(
    actor: Actor,
    *,
    segment: Segment,
    name: MarketName | None = None,
    description: str | None = None,
    position: Position | None = None,
) -> Segment:
    """Changes what is given and leaves the rest."""
    return change(segment, name=name, description=description, position=position)


@action(rule=either(product_people, admins), says="removed the segment {segment}")
def remove_segment(actor: Actor, *, segment: Segment) -> None:
    """Removes a segment that has no accounts and is part of no product's market."""
    remove(segment, "segment", "accounts or a product's market are in it; move those first")


@action(rule=works_on, says="sized {segment} for {product}")
def set_market_size(
    actor: Actor,
    *,
    product: Product,
    segment: Segment,
    accounts: Accounts,
    value_per_account: Worth,
    source: SaysWho = "",
    as_of: AsOf = None,
) -> MarketSize:
    """Says how many accounts of a segment the whole market has, and what each is worth a year. Verdicts rest on it."""
    values = {"accounts": accounts, "value_per_account": value_per_account, "source": source, "as_of": as_of}
    return MarketSize.objects.update_or_create(product=product, segment=segment, defaults=values)[0]


@action(rule=works_on, says="took {size.segment} out of the market of {size.product}")
def remove_market_size(actor: Actor, *, size: MarketSize) -> None:
    """Says that a segment is no part of a product's market."""
    size.delete()
