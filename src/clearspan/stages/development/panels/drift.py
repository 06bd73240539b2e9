"""The drift radar in a line, on the page of development and on its people's first page."""

from __future__ import annotations

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.panels import Fragment


def provide() -> None:
    panels.provide("development", on_development)
    panels.provide("first.development", on_development)


def on_development(actor: Actor, product: Product) -> Fragment:
    """Where the work went, in a sentence, with the way to the radar. Asked for once the page is there (`drift_line`):
    it weighs every item of half a year."""
    return Fragment("development/_drift_soon.html", {"product": product})
