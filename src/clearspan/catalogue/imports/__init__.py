"""Accounts, deals, segments and competitors' prices from files of other systems."""

from clearspan.catalogue.imports import accounts, deals, offers, segments

__all__ = ["accounts", "deals", "offers", "segments"]
