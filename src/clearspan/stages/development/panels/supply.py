"""What suppliers deliver, on the pages of options and of development."""

from __future__ import annotations

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.panels import Fragment
from clearspan.stages.development import supply_words
from clearspan.stages.development.queries import supply
from clearspan.stages.options.models import Option


def provide() -> None:
    """Registers what suppliers have to say."""
    panels.provide("option", on_option)
    panels.provide("development", on_development)


def on_option(actor: Actor, option: Option) -> Fragment | None:
    """What suppliers deliver for an option; nothing is said where there is nothing."""
    due = supply.of_option(actor, option)
    return Fragment("development/_suppliers_on_option.html", {"due": due}) if due else None


def on_development(actor: Actor, product: Product) -> Fragment | None:
    """One line: who is late, what waits for our answer."""
    rows = supply.suppliers(actor, product)
    if not any(row.owed or row.quotes for row in rows):
        return None
    said = {"product": product, "finding": supply_words.of_suppliers(rows)}
    return Fragment("development/_suppliers_on_development.html", said)
