"""Who may do what with needs, beyond the catalogue's rules."""

from __future__ import annotations

from clearspan.catalogue.rules import either, product_people, works_on

sorts = either(works_on, product_people)  # links evidence to needs: no colleague's help with the inbox is refused

__all__ = ["sorts", "works_on"]
