"""Whom we sell to: accounts, contacts, deals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from django.utils import timezone
from pydantic import Field

from clearspan.catalogue.actions.changing import Name, PersonName, change, clear, create, remove
from clearspan.catalogue.models import Account, Competitor, Contact, Deal, Product, Segment
from clearspan.catalogue.rules import anybody_here, either, product_people, sells, works_on
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor

Money = Annotated[
    Decimal, Field(ge=0, max_digits=14, decimal_places=2, description="A year's, in the company's currency")
]
Email = Annotated[str, Field(max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+\.[^@\s]+$")]
Reason = Annotated[str, Field(max_length=200, description="Why it was won or lost")]
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
    _one_of_this_name(name)
    return create(Account, name=name, segment=segment, value=value, is_customer=is_customer, note=note)


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
    without_segment: Annotated[bool, Field(description="True: its segment is not known")] = False,
) -> Account:
    """Changes what is given and leaves the rest."""
    if name is not None:
        _one_of_this_name(name, account)
    clear(account, segment=without_segment)
    return change(account, name=name, segment=segment, value=value, is_customer=is_customer, note=note)


@action(rule=keeps_customers, says="removed the account {account}")
def remove_account(actor: Actor, *, account: Account) -> None:
    """Removes an account that was never heard and has no deals; its contacts go with it."""
    if account.contacts.filter(person__isnull=False).exists():
        raise Invalid({"account": "one of its people signs in here as a customer"})
    remove(account, "account", "it has deals or was heard, and that stays")


@action(rule=anybody_here, says="added the contact {result}")
def record_contact(
    actor: Actor,
    *,
    account: Account,
    name: PersonName,
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
    name: PersonName | None = None,
    email: Email | None = None,
    title: Annotated[str, Field(max_length=120)] | None = None,
) -> Contact:
    """Changes what is given and leaves the rest."""
    return change(contact, name=name, email=email, title=title)


@action(rule=keeps_customers, says="removed the contact {contact}")
def remove_contact(actor: Actor, *, contact: Contact) -> None:
    """Removes a person at an account; what they said stays, without their name. Who signs in as a customer stays."""
    if contact.person is not None:
        raise Invalid({"contact": "this person signs in here as a customer"})
    contact.delete()


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
    competitor: Annotated[Competitor | None, Field(description="Whom the buyer looks at too")] = None,
) -> Deal:
    """Adds a sale that is under way."""
    return create(
        Deal, product=product, account=account, name=name, amount=amount, closes_on=closes_on, step=step,
        competitor=_of(product.pk, competitor),
        seller=seller or (actor.person.name if actor.person else ""), opened_on=timezone.localdate(),
    )  # fmt: skip


@action(rule=either(sells, works_on), says="changed the deal {deal}")
def change_deal(
    actor: Actor,
    *,
    deal: Deal,
    name: Name | None = None,
    account: Account | None = None,
    amount: Money | None = None,
    closes_on: date | None = None,
    step: Annotated[str, Field(max_length=60)] | None = None,
    seller: Annotated[str, Field(max_length=120)] | None = None,
    reason: Reason | None = None,
    competitor: Competitor | None = None,
    without_competitor: Annotated[bool, Field(description="True: nobody else, or nobody knows whom")] = False,
    without_amount: Annotated[bool, Field(description="True: nobody knows what it is worth")] = False,
    without_date: Annotated[bool, Field(description="True: nobody knows when it closes")] = False,
) -> Deal:
    """Changes what is given and leaves the rest."""
    clear(deal, amount=without_amount, closes_on=without_date, competitor=without_competitor)
    return change(
        deal, name=name, account=account, amount=amount, closes_on=closes_on, step=step, seller=seller, reason=reason,
        competitor=_of(deal.product_id, competitor),
    )  # fmt: skip


@action(rule=either(sells, works_on), says="closed the deal {deal}: {result.state}")
def close_deal(
    actor: Actor,
    *,
    deal: Deal,
    won: bool,
    reason: Reason = "",
    on: Annotated[date | None, Field(description="None is today")] = None,
    competitor: Annotated[Competitor | None, Field(description="Whom it was won against or lost to")] = None,
) -> Deal:
    """Says that a deal was won or lost, and why. Who bought is a customer from then on."""
    closed = on or timezone.localdate()
    if closed > timezone.localdate():
        raise Invalid({"on": "a deal is won or lost on a day that has come"})
    if won and deal.account is not None and not deal.account.is_customer:
        change(deal.account, is_customer=True)
    return change(
        deal, state=Deal.State.WON if won else Deal.State.LOST, reason=reason, closes_on=closed,
        competitor=_of(deal.product_id, competitor),
    )  # fmt: skip


@action(rule=either(sells, works_on), says="opened the deal {deal} again")
def reopen_deal(actor: Actor, *, deal: Deal) -> Deal:
    """Says that a deal is under way after all; when it closes is not known any more."""
    if deal.state == Deal.State.OPEN:
        raise Invalid({"deal": "it is open"})
    clear(deal, closes_on=True)
    return change(deal, state=Deal.State.OPEN, reason="")


def _one_of_this_name(name: str, own: Account | None = None) -> None:
    same = Account.objects.filter(name__iexact=name)
    if (same.exclude(pk=own.pk) if own else same).exists():
        raise Invalid({"name": "there is an account of this name already"})


def _of(product: int, competitor: Competitor | None) -> Competitor | None:
    if competitor is not None and competitor.product_id != product:
        raise Invalid({"competitor": f"{competitor} is a competitor of another product"})
    return competitor
