"""Webhooks: made, changed, given a new secret, tried, switched off, removed; deliveries sent again."""

from __future__ import annotations

import secrets
from typing import Annotated, Any

from django.utils import timezone
from pydantic import Field

from clearspan.catalogue.models import Product
from clearspan.catalogue.rules import admins
from clearspan.core.actions import Invalid, action, registry
from clearspan.core.actor import Actor
from clearspan.core.sealing import seal
from clearspan.interfaces.connectors.addresses import address_of
from clearspan.interfaces.webhooks.jobs import send_soon
from clearspan.interfaces.webhooks.models import Delivery, Webhook

EXAMPLE = "https://hooks.example.com/clearspan"
Name = Annotated[str, Field(min_length=1, max_length=80, description="What it is for")]
Address = Annotated[
    str,
    Field(min_length=1, max_length=300, description="Where it is told", examples=[EXAMPLE]),
]
Actions = Annotated[
    list[str] | None,
    Field(
        description="Names of actions, or of groups of them, such as opportunities; none: all", examples=[["options"]]
    ),
]
Products = Annotated[
    list[Product] | None, Field(description="Only what is about these; none: whatever its owner may see")
]


@action(rule=admins, says="made the webhook {result[webhook]}")
def create_webhook(
    actor: Actor,
    *,
    name: Name,
    address: Address,
    actions: Actions = None,
    products: Products = None,
) -> dict[str, Any]:
    """Tells an address what is done here, as far as you may see it. The answer has the secret, shown once."""
    if actor.person is None:
        raise Invalid("a webhook belongs to a person: what they may see is what it tells")
    secret = new_secret()
    webhook = Webhook.objects.create(
        owner=actor.person, name=name.strip(), address=_address(address), actions=_known(actions),
        products=[one.pk for one in products or ()], secret=seal(secret),
    )  # fmt: skip
    return {"webhook": webhook, "secret": secret}


@action(rule=admins, says="changed the webhook {webhook}")
def change_webhook(
    actor: Actor,
    *,
    webhook: Webhook,
    name: Name,
    address: Address,
    actions: Actions = None,
    products: Products = None,
) -> Webhook:
    """Changes where it goes and what it tells. It is yours from then on: what you may see is what it tells."""
    if actor.person is None:
        raise Invalid("a webhook belongs to a person: what they may see is what it tells")
    webhook.owner, webhook.name, webhook.address = actor.person, name.strip(), _address(address)
    webhook.actions, webhook.products = _known(actions), [one.pk for one in products or ()]
    webhook.save()
    return webhook


@action(rule=admins, says="gave the webhook {webhook} a new secret", irreversible=True)
def renew_webhook_secret(actor: Actor, *, webhook: Webhook) -> dict[str, Any]:
    """Signs with a new secret from now on. The answer has it, shown once; the old one is of no more use."""
    secret = new_secret()
    webhook.secret = seal(secret)
    webhook.save(update_fields=["secret"])
    return {"webhook": webhook, "secret": secret}


@action(rule=admins, says="switched the webhook {webhook} off")
def switch_off_webhook(
    actor: Actor, *, webhook: Webhook, why: Annotated[str, Field(max_length=300, description="Why")] = ""
) -> Webhook:
    """Tells it nothing more, until it is switched on again. What waits is given up."""
    webhook.is_on, webhook.words = False, why
    webhook.save(update_fields=["is_on", "words"])
    waiting = webhook.deliveries.filter(status=Delivery.Status.WAITING)
    waiting.update(status=Delivery.Status.FAILED, words="the webhook was switched off", finished_at=timezone.now())
    return webhook


@action(rule=admins, says="switched the webhook {webhook} on")
def switch_on_webhook(actor: Actor, *, webhook: Webhook) -> Webhook:
    """Tells it what is done from now on."""
    webhook.is_on, webhook.words, webhook.failures = True, "", 0
    webhook.failing_since = webhook.rests_until = None
    webhook.save(update_fields=["is_on", "words", "failures", "failing_since", "rests_until"])
    return webhook


@action(rule=admins, says="tried the webhook {webhook}", irreversible=True)
def ping_webhook(actor: Actor, *, webhook: Webhook) -> Delivery:
    """Sends a delivery that says nothing but that it works."""
    if not webhook.is_on:
        raise Invalid({"webhook": "it is switched off; switch it on first"})
    Webhook.objects.filter(pk=webhook.pk).update(rests_until=None)
    return _soon(Delivery.objects.create(webhook=webhook))


@action(rule=admins, says="sent {delivery} again", irreversible=True)
def resend_delivery(actor: Actor, *, delivery: Delivery) -> Delivery:
    """Sends a delivery again, with its old number, and with what may be seen of it now."""
    if not delivery.webhook.is_on:
        raise Invalid({"delivery": "its webhook is switched off; switch it on first"})
    delivery.status, delivery.finished_at, delivery.next_at = Delivery.Status.WAITING, None, timezone.now()
    delivery.created_at = timezone.now()  # its three days begin anew
    delivery.save()
    Webhook.objects.filter(pk=delivery.webhook_id).update(rests_until=None)
    return _soon(delivery)


@action(rule=admins, says="removed the webhook {webhook}")
def remove_webhook(actor: Actor, *, webhook: Webhook) -> None:
    """Takes a webhook away, and the log of its deliveries with it."""
    Webhook.objects.filter(pk=webhook.pk).delete()


def new_secret() -> str:
    return f"whs_{secrets.token_urlsafe(32)}"


def groups() -> list[str]:
    """The groups that actions belong to: opportunities, options, catalogue ..."""
    return sorted({one.stage for one in registry.values()})


def _address(given: str) -> str:
    try:
        return address_of(given, EXAMPLE, "what is sent is signed with its secret") + _rest(given)
    except ValueError as error:
        raise Invalid({"address": str(error.args[-1])}) from None


def _rest(given: str) -> str:
    """What follows the path: receivers often have a key there."""
    from urllib.parse import urlsplit

    parts = urlsplit(given.strip())
    return f"?{parts.query}" if parts.query else ""


def _known(actions: list[str] | None) -> list[str]:
    actions = actions or []
    known = registry.keys() | set(groups())
    strange = [one for one in actions if one not in known]
    if strange:
        raise Invalid({"actions": f"there is no action and no group {strange[0]}"})
    return sorted(set(actions))


def _soon(delivery: Delivery) -> Delivery:
    send_soon()
    return delivery
