"""Asks: what prospects and customers request in deals, and what sales was told."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from django.utils import timezone
from pydantic import Field, StringConstraints

from clearspan.catalogue.models import Contact, Deal
from clearspan.catalogue.rules import manages
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.models import User
from clearspan.stages.evidence.actions.feedback import record_feedback
from clearspan.stages.evidence.actions.parameters import Moment, Said
from clearspan.stages.evidence.models import Ask, Feedback
from clearspan.stages.evidence.rules import asks_for_deals

_STATE = Ask.State
Wants = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    Field(description="What is asked for, in one line."),
]
NeededBy = Annotated[dt.date, Field(description="The day by which the deal needs an answer.")]


@action(rule=asks_for_deals, says="asked for {deal}: {result}")
def record_ask(
    actor: Actor,
    *,
    deal: Deal,
    wants: Wants,
    text: Annotated[
        Said | None, Field(description="What was said, word for word; without it, what is asked for.")
    ] = None,
    contact: Contact | None = None,
    asked_by: Annotated[User | None, Field(description="The salesperson; without it, who records it.")] = None,
    needed_by: NeededBy | None = None,
    is_condition: Annotated[bool, Field(description="Without it the deal is lost, says the salesperson.")] = False,
    said_at: Moment | None = None,
) -> Ask:
    """Puts a deal's request to the product's manager. What was said waits in the inbox, as evidence like any other."""
    feedback = record_feedback(
        actor,
        product=deal.product,
        text=text or wants,
        title=wants,
        account=deal.account,
        contact=contact,
        channel=Feedback.Channel.DEAL,
        said_at=said_at,
    )
    made: Ask = Ask.objects.create(
        deal=deal,
        feedback=feedback,
        wants=wants,
        asked_by=asked_by or actor.person,
        needed_by=needed_by,
        is_condition=is_condition,
    )
    return made


@action(rule=asks_for_deals, says="changed the ask “{result}”")
def change_ask(
    actor: Actor,
    *,
    ask: Ask,
    wants: Wants | None = None,
    needed_by: NeededBy | None = None,
    without_date: Annotated[bool, Field(description="It is no longer needed by a certain day.")] = False,
    is_condition: bool | None = None,
    asked_by: User | None = None,
) -> Ask:
    """Puts right a request that is still to be answered. What is not given stays as it is."""
    _must_be(ask, _STATE.OPEN)
    given = {"wants": wants, "needed_by": needed_by, "is_condition": is_condition, "asked_by": asked_by}
    changes = {name: value for name, value in given.items() if value is not None}
    if without_date:
        changes["needed_by"] = None  # type: ignore[assignment]
    for name, value in changes.items():
        setattr(ask, name, value)
    ask.save(update_fields=list(changes))
    return ask


@action(rule=manages, says="answered the ask “{result}”")
def answer_ask(
    actor: Actor,
    *,
    ask: Ask,
    answer: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000),
        Field(description="What sales is told."),
    ],
) -> Ask:
    """Tells sales what to tell the customer, and keeps it. Answered again, the newest answer holds, and the customer is
    to be told that."""
    _must_be(ask, _STATE.OPEN, _STATE.ANSWERED)
    ask.state, ask.answer = _STATE.ANSWERED, answer.replace("\r\n", "\n")
    ask.answered_by, ask.answered_at, ask.told_at = actor.person, timezone.now(), None
    ask.save(update_fields=["state", "answer", "answered_by", "answered_at", "told_at"])
    return ask


@action(rule=asks_for_deals, says="told the customer: {result}")
def pass_on_answer(actor: Actor, *, ask: Ask) -> Ask:
    """Says that the customer was told the answer: it waits for nobody any more."""
    _must_be(ask, _STATE.ANSWERED)
    if ask.told_at is not None:
        raise Invalid({"ask": "the customer was told already"})
    ask.told_at = timezone.now()
    ask.save(update_fields=["told_at"])
    return ask


@action(rule=asks_for_deals, says="withdrew the ask “{result}”")
def withdraw_ask(actor: Actor, *, ask: Ask) -> Ask:
    """Says that an answer is no longer needed. What the customer said stays as evidence."""
    _must_be(ask, _STATE.OPEN, _STATE.ANSWERED)
    ask.state = _STATE.WITHDRAWN
    ask.save(update_fields=["state"])
    return ask


@action(rule=asks_for_deals, says="asked again: {result}")
def reopen_ask(actor: Actor, *, ask: Ask) -> Ask:
    """Puts a request that was answered or withdrawn to the manager again. The answer it had is kept."""
    _must_be(ask, _STATE.ANSWERED, _STATE.WITHDRAWN)
    ask.state, ask.told_at = _STATE.OPEN, None
    ask.save(update_fields=["state", "told_at"])
    return ask


def _must_be(ask: Ask, *states: str) -> None:
    if ask.state not in states:
        raise Invalid({"ask": f"it is {ask.get_state_display()}"})
