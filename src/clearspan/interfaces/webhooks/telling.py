"""What a delivery says: the event, and of the rows it is about those that the webhook's owner may see now."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

from django.apps import apps
from django.conf import settings

from clearspan.catalogue.models import Product
from clearspan.catalogue.rules import products_of
from clearspan.core.actions import registry, row_type
from clearspan.core.actor import Actor
from clearspan.core.models import Change, Event
from clearspan.core.records import Record
from clearspan.interfaces.shapes import shape
from clearspan.interfaces.webhooks.models import Delivery, Webhook

MOST_ROWS = 20  # told of one event; an import touches many, and says how many in its own row
LARGEST = 256 * 1024  # bytes of a body; beyond it, rows are told by their references alone


def body(delivery: Delivery) -> bytes | None:
    """The delivery as JSON. None: its owner may see nothing of it, or it is about other products."""
    hook, event = delivery.webhook, delivery.event
    start = {"id": delivery.ref, "webhook": hook.ref}
    if event is None:
        return _json({**start, "action": "ping", "at": delivery.created_at.isoformat(), "rows": []})
    actor = Actor(hook.owner, interface="job")
    rows, all_seen = seen_of(actor, event)
    products = products_of({"rows": rows})
    if hook.products and not products & set(hook.products):
        return None
    if not rows and not all_seen:
        return None
    told = {
        **start, "event": event.pk, "at": event.at.isoformat(), "action": event.action,
        "group": registry[event.action].stage if event.action in registry else "",
        "by": str(event.person) if event.person else "Clearspan", "through": event.interface,
        "summary": event.summary if all_seen else "",
        "products": [{"ref": one.ref, "key": one.key, "name": one.name} for one in
                     Product.objects.visible_to(actor).filter(pk__in=products)],
        "rows": [{"kind": row._meta.verbose_name, **shape(actor, row)} for row in rows[:MOST_ROWS]],
        "more_rows": max(0, len(rows) - MOST_ROWS), "from": settings.BASE_URL,
    }  # fmt: skip
    made = _json(told)
    if len(made) > LARGEST:
        made = _json({**told, "rows": [{"kind": row._meta.verbose_name, "ref": row.ref} for row in rows[:MOST_ROWS]]})
    return made


def seen_of(actor: Actor, event: Event) -> tuple[list[Any], bool]:
    """The rows an event named or changed that the actor may see now, and whether those are all of them.

    A row that is gone cannot be looked at any more: it counts as one that is not seen, unless nothing else is known of
    it than a product that is seen.
    """
    if not actor.is_employee:
        return [], False
    wanted, gone = _named(event), False
    rows: list[Any] = []
    for model, keys in wanted.items():
        found = list(model._default_manager.visible_to(actor).filter(pk__in=keys).order_by("pk"))
        rows += found
        gone = gone or len(found) < len(keys)
    return rows, not gone


def _named(event: Event) -> dict[Any, set[int]]:
    """Model to the keys of its rows that the event was given or has changed, in a steady order."""
    wanted: dict[Any, set[int]] = {}
    action = registry.get(event.action)
    for name, (hint, _) in action.parameters.items() if action else ():
        model, many = row_type(hint)
        value = event.given.get(name)
        if model is None or value is None or not hasattr(model, "key_of"):
            continue
        for reference in value if many else [value]:
            if (key := model.key_of(str(reference))) is not None:
                wanted.setdefault(model, set()).add(key)
    by_table = {kind._meta.db_table: kind for kind in apps.get_models() if issubclass(kind, Record)}
    for table, row in Change.objects.filter(event=event).values_list("table", "row")[:1000]:
        if table in by_table:
            wanted.setdefault(by_table[table], set()).add(row)
    if Event in wanted:  # an undo: it is about what it undid
        for key in wanted.pop(Event):
            undone = Event.objects.filter(pk=key).exclude(pk=event.pk).first()
            for model, keys in _named(undone).items() if undone else ():
                wanted.setdefault(model, set()).update(keys)
    return wanted


def signature(secret: str, moment: int, content: bytes) -> str:
    """The header that proves a delivery: `t` is when, in seconds; `v1` the HMAC-SHA256 of "t.content"."""
    mac = hmac.new(secret.encode(), f"{moment}.".encode() + content, hashlib.sha256)
    return f"t={moment},v1={mac.hexdigest()}"


def headers(hook: Webhook, delivery: Delivery, secret: str, moment: int, content: bytes) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "Clearspan-Delivery": delivery.ref,
        "Clearspan-Action": delivery.about,
        "Clearspan-Signature": signature(secret, moment, content),
    }


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=str).encode()
