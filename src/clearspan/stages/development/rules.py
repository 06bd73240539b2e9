"""Who may do what with work items: whoever works on the product, and people of development."""

from __future__ import annotations

from clearspan.catalogue.rules import admins, develops, either, manages, works_on

builds = either(works_on, develops)

__all__ = ["admins", "builds", "develops", "manages", "works_on"]
