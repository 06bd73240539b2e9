"""Who may prepare a launch, answer for a function, and decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clearspan.catalogue.rules import admins, either, leads, manages, product_people, speaks_for_function, works_on
from clearspan.core.actor import Actor


def of_its_function(actor: Actor, given: Mapping[str, Any]) -> bool:
    """People of the function that the commitment or document is with."""
    row = given.get("commitment") or given["collateral"]
    return actor.is_employee and actor.person is not None and actor.person.function_id == row.function_id


def owns_it(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Who owns the commitment."""
    return actor.is_employee and actor.person is not None and given["commitment"].owner_id == actor.person.pk


decides = either(manages, leads)
answers_for_it = either(of_its_function, owns_it, manages)
writes_it = either(of_its_function, works_on)
keeps_templates = either(admins, product_people)

__all__ = ["answers_for_it", "decides", "keeps_templates", "manages", "speaks_for_function", "works_on", "writes_it"]
