"""The drift radar in a line, on the page of development."""

from __future__ import annotations

from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.panels import Fragment
from clearspan.stages.development import drift_words
from clearspan.stages.development.queries.drift import radar


def provide() -> None:
    panels.provide("development", on_development)


def on_development(actor: Actor, product: Product) -> Fragment | None:
    """Where the work went, in a sentence, with the way to the radar."""
    found = radar(actor, product, timezone.localdate())
    if not found.total:
        return None
    return Fragment(
        "development/_drift.html",
        {"product": product, "answer": drift_words.of_radar(found), "under": drift_words.under_radar(found)},
    )
