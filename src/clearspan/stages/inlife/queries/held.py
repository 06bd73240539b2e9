"""Decisions whose promise is held against what came, those that can be judged first."""

from __future__ import annotations

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.stages.decisions.models import Decision
from clearspan.stages.decisions.queries import Promise, decisions, promises

MOST = 200


def held_promises(actor: Actor, product: Product, most: int = MOST) -> list[Promise]:
    """What was chosen and promised something, newest first; what came is known of the first ones of the list."""
    rows = decisions(actor, product, kind=Decision.Kind.CHOOSE).filter(expected__has_key="npv")
    found = promises(actor, rows[:MOST])
    return sorted(found, key=lambda one: one.came is None)[:most]
