"""Which products an event, a comment or an import is about, and for whom those do not exist.

What was done to them, said of them and brought in for them is not told either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from clearspan.catalogue.imports import finding
from clearspan.catalogue.models import Product
from clearspan.catalogue.rules import products_of, way_to_product
from clearspan.core.actions import Invalid
from clearspan.core.actor import Actor
from clearspan.core.imports.kinds import registry
from clearspan.core.models import Comment, Event, Import
from clearspan.core.models.whose import hide, place
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
    if isinstance(value, str):
        return _of(_referred(value))
    if isinstance(value, (Event, Comment)):
        return set(value.products)
    if isinstance(value, Import):
        return _said_for(value) or _brought_by(value)
    return products_of({"row": value}) if isinstance(value, Record) else set()


def _said_for(file: Import) -> set[int]:
    """The product that was said once for the whole file."""
    try:
        product = finding.product_of(Actor.system(), file.options, required=False)
    except Invalid:
        return set()
    return {product.pk} if product is not None else set()


def _brought_by(file: Import) -> set[int]:
    """The products of the rows that came, where the file's own rows name them; once known, they are kept."""
    found = set(file.products)
    if file.pk is None or file.kind not in registry or file.status != Import.Status.DONE:
        return found
    for brought in registry[file.kind].brings:
        if (way := way_to_product(brought.model)) is not None:
            found |= set(brought.model._default_manager.filter(brought_by=file).values_list(way, flat=True).distinct())
    return found - {None}


def _referred(text: str) -> Any:
    """The row that a reference such as OP-118 names: a comment says by it what it is about."""
    match = re.fullmatch(r"([A-Z]{2})-\d{1,18}", text)
    kind: Any = next((m for m in apps.get_models() if match and getattr(m, "prefix", "") == match[1]), None)
    return kind._default_manager.referred(text).first() if kind is not None else None
