"""Who may do what with the portal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clearspan.catalogue.rules import either, manages, product_people, works_on
from clearspan.core.actor import Actor


def visitors(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Visitors, through the portal's own pages, which judge what they send first."""
    return actor.is_system and actor.interface == "portal"


moderates = either(works_on, product_people)

__all__ = ["manages", "moderates", "visitors", "works_on"]
