"""Who may do what with options, beyond the catalogue's rules."""

from __future__ import annotations

from clearspan.catalogue.rules import develops, either, manages, speaks_for_function, works_on

estimates = either(works_on, speaks_for_function)  # effort: who works on the product, and the people it would take
judges_feasibility = either(develops, manages)
states_impact = either(speaks_for_function, manages)

__all__ = ["estimates", "judges_feasibility", "manages", "speaks_for_function", "states_impact", "works_on"]
