"""Who may do what with definitions, beyond the catalogue's rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clearspan.catalogue.rules import manages, works_on
from clearspan.core.actor import Actor


def of_the_function_asked(actor: Actor, given: Mapping[str, Any]) -> bool:
    """People of the function that was asked to sign."""
    person = actor.person
    return actor.is_employee and person is not None and person.function_id == given["sign_off"].function_id


__all__ = ["manages", "of_the_function_asked", "works_on"]
