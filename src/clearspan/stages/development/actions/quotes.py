"""Quotes: what we ask a supplier, what it would take, and what we say to that."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from django.utils import timezone
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from clearspan.catalogue.models import Product, Supplier
from clearspan.catalogue.rules import either, supplies
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.stages.development.models import Milestone, Quote
from clearspan.stages.development.rules import manages, works_on
from clearspan.stages.options.models import Option

Title = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    Field(description="What it is, in words the supplier may read", examples=["Forty berth sensors"]),
]
Amount = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2, description="In the company's currency")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000)]
Criterion = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Criteria = Annotated[
    list[Criterion], Field(max_length=40, description="When it is accepted: one each, so that each can be judged")
]


class MilestoneGiven(BaseModel):
    """One milestone that an accepted quote makes."""

    model_config = ConfigDict(extra="forbid")

    title: Title
    due_on: Annotated[date, Field(description="The day that is agreed")]
    criteria: Criteria = []
    amount: Amount | None = None


@action(rule=works_on, says="asked {supplier} for a quote: {result}")
def ask_quote(
    actor: Actor,
    *,
    product: Product,
    supplier: Supplier,
    title: Title,
    text: Annotated[Words, Field(description="What is asked for, in words the supplier may read")] = "",
    option: Annotated[Option | None, Field(description="The option it is for; the supplier does not see it")] = None,
    due_on: Annotated[date | None, Field(description="By when we need the quote")] = None,
) -> Quote:
    """Asks a supplier what something would take. Its people see the title and the text, nothing else of ours."""
    if option is not None and option.product_id != product.pk:
        raise Invalid({"option": "it is an option of another product"})
    made: Quote = Quote.objects.create(
        product=product, supplier=supplier, title=title, text=text, option=option, due_on=due_on, asked_by=actor.person
    )
    return made


@action(rule=supplies, says="{quote.supplier} quoted for {quote}", open_to_guests=True)
def give_quote(
    actor: Actor,
    *,
    quote: Quote,
    amount: Amount,
    delivers_on: Annotated[date, Field(description="When all of it would be there")],
    valid_until: Annotated[date | None, Field(description="The last day on which the quote can be accepted")] = None,
    words: Annotated[Words, Field(description="What is in it, what is not, what it rests on")] = "",
) -> Quote:
    """Says what it would take, and by when. Until it is answered, a newer quote replaces the one before."""
    _is_open(quote)
    today = timezone.localdate()
    faults = {
        name: "this day is over"
        for name, day in (("delivers_on", delivers_on), ("valid_until", valid_until))
        if day is not None and day < today
    }
    if faults:
        raise Invalid(faults)
    quote.amount, quote.delivers_on, quote.valid_until, quote.words = amount, delivers_on, valid_until, words
    quote.state = Quote.State.GIVEN
    quote.save(update_fields=["amount", "delivers_on", "valid_until", "words", "state"])
    return quote


@action(rule=manages, says="accepted the quote of {quote.supplier}: {quote}")
def accept_quote(
    actor: Actor,
    *,
    quote: Quote,
    milestones: Annotated[
        list[MilestoneGiven], Field(max_length=40, description="What is agreed, by when; none: agree them one by one")
    ] = [],  # noqa: B006 pydantic copies it
    answer: Annotated[Words, Field(description="What we say to it; the supplier reads it")] = "",
) -> Quote:
    """Takes a quote as it was given, and agrees on its milestones."""
    if quote.state != Quote.State.GIVEN:
        raise Invalid({"quote": "only a quote that was given can be accepted"})
    if quote.valid_until is not None and quote.valid_until < timezone.localdate():
        raise Invalid({"quote": f"it was valid until {quote.valid_until:%-d %B %Y}; ask for it again"})
    total = sum((one.amount or Decimal(0) for one in milestones), Decimal(0))
    if quote.amount is not None and total > quote.amount:
        raise Invalid({"milestones": f"they come to {total:,}, more than the quote's {quote.amount:,}"})
    for one in milestones:
        Milestone.objects.create(
            product=quote.product, supplier=quote.supplier, option=quote.option, quote=quote, **one.model_dump()
        )
    return _settle(quote, Quote.State.ACCEPTED, answer)


@action(rule=either(works_on, supplies), says="declined: {quote}", open_to_guests=True)
def decline_quote(
    actor: Actor,
    *,
    quote: Quote,
    words: Annotated[Words, Field(min_length=3, description="Why. Both sides read it")],
) -> Quote:
    """Says no: we to a quote, or the supplier to giving one."""
    _is_open(quote)
    if actor.is_employee:
        return _settle(quote, Quote.State.DECLINED, words)
    quote.words = words
    quote.save(update_fields=["words"])
    return _settle(quote, Quote.State.DECLINED, quote.answer)


def _is_open(quote: Quote) -> None:
    if quote.state not in (Quote.State.ASKED, Quote.State.GIVEN):
        raise Invalid({"quote": f"it was {quote.get_state_display()} already"})


def _settle(quote: Quote, state: str, answer: str) -> Quote:
    quote.state, quote.answer, quote.settled_on = state, answer, timezone.localdate()
    quote.save(update_fields=["state", "answer", "settled_on"])
    return quote
