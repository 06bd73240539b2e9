"""Who may keep a product's books."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clearspan.catalogue.rules import admins, either, leads, works_on
from clearspan.core.actor import Actor

keeps_books = either(works_on, leads, admins)


def keeps_some_books(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Any employee; of which products is asked row by row."""
    return actor.is_employee or actor.is_system


__all__ = ["keeps_books", "keeps_some_books"]
