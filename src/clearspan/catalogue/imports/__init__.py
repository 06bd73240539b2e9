"""Accounts, deals and segments from files of other systems."""

from clearspan.catalogue.imports import accounts, deals, segments

__all__ = ["accounts", "deals", "segments"]
