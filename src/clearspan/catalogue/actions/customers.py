"""Whom we sell to and against whom: accounts, contacts, deals, competitors."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from clearspan.catalogue.actions.changing import change, create
from clearspan.catalogue.models import Account, Competitor, Contact, Deal, Product, Segment
from clearspan.catalogue.rules import anybody_here, either, product_people, sells, works_on
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor

Name = Annotated[str, Field(min_length=1, max_length=160)]
Money = Annotated[
    Decimal, Field(ge=0, max_digits=14, decimal_places=2, description="A year's, in the company's currency")
]
Email = Annotated[str, Field(max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+\.[^@\s]+$")]
keeps_customers = either(sells, product_people)


@action(rule=keeps_customers, says="added the account {result}")
def record_account(
    actor: Actor,
    *,
    name: Name,
    segment: Segment | None = None,
    value: Money = Decimal(0),
    is_customer: Annotated[bool, Field(description="False: a prospect")] = True,
    note: str = "",
) -> Account:
    """Adds an organisation that buys or may buy."""
    if Account.objects.filter(name__iexact=name.strip()).exists():
        raise Invalid({"name": "there is an account of this name already"})
    return create(Account, name=name.strip(), segment=segment, value=value, is_customer=is_customer, note=note)


@action(rule=keeps_customers, says="changed the account {account}")
def change_account(
    actor: Actor,
    *,
    account: Account,
    name: Name | None = None,
    segment: Segment | None = None,
    value: Money | None = None,
    is_customer: bool | None = None,
    note: str | None = None,
) -> Account:
    """Changes what is given and leaves the rest."""
    return change(account, name=name, segment=segment, value=value, is_customer=is_customer, note=note)


@action(rule=anybody_here, says="added the contact {result}")
def record_contact(
    actor: Actor,
    *,
    account: Account,
    name: Annotated[str, Field(min_length=1, max_length=120)],
    email: Email = "",
    title: Annotated[str, Field(max_length=120, description="What they do there")] = "",
) -> Contact:
    """Adds a person at an account."""
    return create(Contact, account=account, name=name, email=email, title=title)


@action(rule=anybody_here, says="changed the contact {contact}")
def change_contact(
    actor: Actor,
    *,
    contact: Contact,
    name: Annotated[str, Field(min_length=1, max_length=120)] | None = None,
    email: Email | None = None,
    title: Annotated[str, Field(max_length=120)] | None = None,
) -> Contact:
    """Changes what is given and leaves the rest."""
    return change(contact, name=name, email=email, title=title)


@action(rule=either(sells, works_on), says="added the deal {result}")
def record_deal(
    actor: Actor,
    *,
    product: Product,
    account: Account,
    name: Name,
    amount: Money | None = None,
    closes_on: Annotated[date | None, Field(description="When it should be signed")] = None,
    step: Annotated[str, Field(max_length=60, description="The CRM's word for where it stands")] = "",
    seller: Annotated[str, Field(max_length=120)] = "",
) -> Deal:
    """Adds a sale that is under way."""
    return create(
        Deal, product=product, account=account, name=name, amount=amount, closes_on=closes_on, step=step,
        seller=seller or (actor.person.name if actor.person else ""),
    )  # fmt: skip


@action(rule=either(sells, works_on), says="changed the deal {deal}")
def change_deal(
    actor: Actor,
    *,
    deal: Deal,
    name: Name | None = None,
    state: Annotated[Deal.State | None, Field(description="open, won or lost")] = None,
    amount: Money | None = None,
    closes_on: date | None = None,
    step: Annotated[str, Field(max_length=60)] | None = None,
    reason: Annotated[str | None, Field(max_length=200, description="Why it was won or lost")] = None,
) -> Deal:
    """Changes what is given and leaves the rest."""
    return change(deal, name=name, state=state, amount=amount, closes_on=closes_on, step=step, reason=reason)


@action(rule=either(sells, works_on), says="added the competitor {result}")
def record_competitor(
    actor: Actor,
    *,
    product: Product,
    name: Annotated[str, Field(min_length=1, max_length=120)],
    strengths: Annotated[str, Field(description="Where they are better, and who says so")] = "",
    weaknesses: Annotated[str, Field(description="Where we are better, and who says so")] = "",
    website: Annotated[str, Field(max_length=200, pattern=r"^$|^https?://")] = "",
) -> Competitor:
    """Adds somebody the market can choose instead."""
    return create(Competitor, product=product, name=name, strengths=strengths, weaknesses=weaknesses, website=website)


@action(rule=either(sells, works_on), says="changed the competitor {competitor}")
def change_competitor(
    actor: Actor,
    *,
    competitor: Competitor,
    name: Annotated[str, Field(min_length=1, max_length=120)] | None = None,
    strengths: str | None = None,
    weaknesses: str | None = None,
    website: Annotated[str, Field(max_length=200, pattern=r"^$|^https?://")] | None = None,
) -> Competitor:
    """Changes what is given and leaves the rest."""
    return change(competitor, name=name, strengths=strengths, weaknesses=weaknesses, website=website)


@action(rule=works_on, says="removed the competitor {competitor}")
def remove_competitor(actor: Actor, *, competitor: Competitor) -> None:
    """Takes a competitor out of the list; what was heard of it stays."""
    competitor.delete()
