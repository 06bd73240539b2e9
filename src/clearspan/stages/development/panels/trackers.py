"""A tracker that could not be pulled: said where one would believe that the items are fresh."""

from __future__ import annotations

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.panels import Fragment
from clearspan.stages.development.queries import trackers


def provide() -> None:
    panels.provide("development", stopped)


def stopped(actor: Actor, product: Product) -> Fragment | None:
    """The trackers whose last pull did not finish."""
    rows = trackers.stopped(actor, product)
    return Fragment("development/_trackers_stopped.html", {"rows": rows, "product": product}) if rows else None
