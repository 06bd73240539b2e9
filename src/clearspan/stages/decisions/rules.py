"""Who may decide: who manages the product, and senior management."""

from __future__ import annotations

from clearspan.catalogue.rules import either, leads, manages, works_on

decides = either(manages, leads)

__all__ = ["decides", "manages", "works_on"]
