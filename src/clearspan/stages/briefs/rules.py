"""Who writes and sends briefs: who manages the product."""

from __future__ import annotations

from clearspan.catalogue.rules import anybody_here, manages

__all__ = ["anybody_here", "manages"]
