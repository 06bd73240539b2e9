"""What this stage says on pages of others."""

from __future__ import annotations

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.stages.evidence.queries import asks, heard


def counts(actor: Actor, product: Product) -> dict[str, int]:
    """What waits, for the menus: unsorted feedback (up to 10,000) and open asks."""
    return {"inbox": heard.waiting(actor, product).number, "asks": asks.waiting(actor, product).open}


def register() -> None:
    """Called once, when the application is ready."""
    panels.provide("counts", counts)
