"""Which products an event was about, and for whom those do not exist: what was done to them is not told either."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from clearspan.catalogue.models import Product
from clearspan.catalogue.rules import products_of
from clearspan.core.actions import place
from clearspan.core.actor import Actor
from clearspan.core.models import Event
from clearspan.core.models.events import hide
from clearspan.core.records import Record


def provide() -> None:
    """Registers both."""
    place(products_about)
    hide(hidden_from)


def products_about(given: Mapping[str, Any]) -> set[int]:
    """The products of all that an action was given and gave: rows, lists and answers of them, events, references."""
    found: set[int] = set()
    for value in given.values():
        found |= products_about(value) if isinstance(value, dict) else _of(value)
    return found


def hidden_from(actor: Actor) -> QuerySet[Any]:
    """Confidential products that the actor may not see."""
    seen = Product.objects.visible_to(actor)
    return Product.objects.filter(is_confidential=True).exclude(pk__in=seen.values("pk"))


def _of(value: Any) -> set[int]:
    if isinstance(value, (list, tuple)):
        return {product for one in value for product in _of(one)}
    if isinstance(value, Event):
        return set(value.products)
    if isinstance(value, str):
        row = _referred(value)
        return products_of({"row": row}) if row is not None else set()
    return products_of({"row": value}) if isinstance(value, Record) else set()


def _referred(text: str) -> Any:
    """The row that a reference such as OP-118 names: a comment says by it what it is about."""
    match = re.fullmatch(r"([A-Z]{2})-\d{1,18}", text)
    kind: Any = next((m for m in apps.get_models() if match and getattr(m, "prefix", "") == match[1]), None)
    return kind._default_manager.referred(text).first() if kind is not None else None
