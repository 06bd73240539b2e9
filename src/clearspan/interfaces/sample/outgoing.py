"""A webhook that the sample company had, and the log of what it was told. It is switched off: what is there to be tried
sends nothing out."""

from __future__ import annotations

from datetime import date, timedelta

from clearspan.core.actor import Actor
from clearspan.core.models import Event
from clearspan.interfaces.sample.content import load
from clearspan.interfaces.sample.defining import told_on
from clearspan.interfaces.sample.rows import Rows, at_noon
from clearspan.interfaces.webhooks.actions import create_webhook, switch_off_webhook
from clearspan.interfaces.webhooks.models import Delivery, Webhook
from clearspan.interfaces.webhooks.sending import GONE, KEPT

_Status = Delivery.Status


def webhook(rows: Rows, today: date) -> None:
    """Made by its owner, told what was done meanwhile, and switched off on the day its receiver was gone."""
    given = load("telling")["webhook"]
    owner = Actor(rows.people[given["by"]])
    made_on, gone_on = (today - timedelta(days=given[name]) for name in ("made", "gone"))
    with told_on(made_on):
        made: Webhook = create_webhook(
            owner, name=given["name"], address=given["address"], actions=given["actions"]
        )["webhook"]  # fmt: skip
    kept_from = max(at_noon(made_on), at_noon(today) - KEPT)
    told = Event.objects.filter(action__in=made.actions, at__gte=kept_from, at__lte=at_noon(gone_on)).order_by(
        "at", "pk"
    )
    Delivery.objects.bulk_create(_delivery(made, event, place) for place, event in enumerate(told))
    last = made.deliveries.first()
    if last is not None:
        last.status, last.answered, last.tries = _Status.FAILED, GONE, 1
        last.words, last.answer = f"it answered {GONE}", given["answer"]
        last.save()
    with told_on(gone_on):
        switch_off_webhook(Actor.system(), webhook=made, why=f"it answered that it is gone ({GONE})")


def _delivery(webhook: Webhook, event: Event, place: int) -> Delivery:
    """Received, in the time that a chat across town takes; one in seven at the second try."""
    took = 64 + (place * 37) % 90
    return Delivery(
        webhook=webhook, event=event, status=_Status.SENT, created_at=event.at, next_at=event.at, answered=204,
        tries=2 if place % 7 == 3 else 1, milliseconds=took, finished_at=event.at + timedelta(milliseconds=took),
    )  # fmt: skip
