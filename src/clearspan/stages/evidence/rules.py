"""Who may do what with evidence, beyond the catalogue's rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clearspan.catalogue.rules import either, manages, product_people, sells, works_on
from clearspan.core.actor import Actor


def recorded_it(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Who recorded the row, or had it imported."""
    row = given.get("interview") or given.get("intelligence") or given["feedback"]
    row = getattr(row, "feedback", row)
    return actor.is_employee and actor.person is not None and row.recorder == actor.person


sorts = either(works_on, product_people)
edits = either(works_on, product_people, recorded_it)
asks_for_deals = either(sells, manages)
