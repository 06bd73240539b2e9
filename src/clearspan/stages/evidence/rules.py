"""Who may do what with evidence, beyond the catalogue's rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clearspan.catalogue.rules import either, manages, product_people, sells, works_on
from clearspan.core.actor import Actor
from clearspan.stages.evidence.models import Feedback


def recorded_it(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Who recorded the row, or had it imported."""
    row = given.get("interview") or given.get("intelligence") or given["feedback"]
    row = getattr(row, "feedback", row)
    if not actor.is_employee or actor.person is None:
        return False
    return actor.person == (row.recorder if isinstance(row, Feedback) else row.recorded_by)


sorts = either(works_on, product_people)
edits = either(works_on, product_people, recorded_it)
asks_for_deals = either(sells, manages)
