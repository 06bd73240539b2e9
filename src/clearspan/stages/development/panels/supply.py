"""What suppliers deliver, on the pages of options and of development."""

from __future__ import annotations

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.panels import Fragment
from clearspan.stages.development.queries import supply
from clearspan.stages.options.models import Option
from clearspan.ui.numbers import plural

MOST = 8  # lines on another page


def provide() -> None:
    """Registers what suppliers have to say."""
    panels.provide("option", on_option)
    panels.provide("development", on_development)


def on_option(actor: Actor, option: Option) -> Fragment | None:
    """What suppliers deliver for an option; nothing is said where there is nothing."""
    due = supply.of_option(actor, option)
    return Fragment("development/_suppliers_on_option.html", {"due": due}) if due else None


def on_development(actor: Actor, product: Product) -> Fragment | None:
    """What suppliers owe the product: late ones first."""
    due = sorted(supply.open_of(actor, product), key=lambda one: (not one.waits, -one.late))
    if not due:
        return None
    late, waits = sum(one.is_late and not one.waits for one in due), sum(one.waits for one in due)
    finding = "Suppliers are on their days"
    if late:
        finding = f"{plural(late, 'milestone')} of suppliers {'is' if late == 1 else 'are'} late"
    elif waits:
        finding = f"{plural(waits, 'delivery', 'deliveries')} of suppliers to accept"
    return Fragment(
        "development/_suppliers_on_development.html", {"product": product, "due": due[:MOST], "finding": finding}
    )
