"""What actions of this stage are given, with the words and limits that every interface shows."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from django.utils import timezone
from pydantic import AfterValidator, Field, StringConstraints

from clearspan.catalogue.models import Account, Contact
from clearspan.core.actions import Invalid

_SLACK = dt.timedelta(minutes=5)  # clocks differ


def _known_to_the_web(url: str) -> str:
    if url and not url.startswith(("http://", "https://")):
        raise ValueError("an address starts with http:// or https://")
    return url


def _in_our_time(moment: dt.datetime) -> dt.datetime:
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


Said = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=100_000),
    Field(description="What was said, word for word where possible."),
]
Title = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=300),
    Field(description="A line that names it; may be empty."),
]
Author = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=120),
    Field(description="Who said it, where no contact is known."),
]
Link = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=500),
    AfterValidator(_known_to_the_web),
    Field(description="Where it can be read at its source."),
]
Moment = Annotated[
    dt.datetime, AfterValidator(_in_our_time), Field(description="When it was said; without a zone, in the company's.")
]


def heard_at(moment: dt.datetime | None) -> dt.datetime:
    """When something was said: now, unless told. Nothing was said tomorrow."""
    now = timezone.now()
    if moment is not None and moment > now + _SLACK:
        raise Invalid({"said_at": "this lies in the future"})
    return moment or now


def account_of(account: Account | None, contact: Contact | None) -> Account | None:
    """The account heard: the contact's own, when there is a contact."""
    if contact is None:
        return account
    if account is not None and contact.account_id != account.pk:
        raise Invalid({"contact": f"{contact} is at {contact.account}, not at {account}"})
    return contact.account
