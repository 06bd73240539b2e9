"""Rows -> engine -> saved study. `run_now` studies a product's needs at once; `nightly` those that have changed."""

from __future__ import annotations

import logging

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.stages.opportunities import queries
from clearspan.stages.opportunities.studies import demand, suggestions, themes, whatif
from clearspan.stages.opportunities.studies.demand import run_now

log = logging.getLogger(__name__)

__all__ = ["demand", "nightly", "run_now", "suggestions", "themes", "whatif"]


def nightly() -> None:
    """Studies every product about which something was heard, linked or changed since its newest study."""
    for product in Product.objects.filter(is_archived=False):
        if queries.unseen(Actor.system(), product).anything:
            suggestions.rebuild(product.pk)
            run_now(product)
