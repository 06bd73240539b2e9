"""Amounts and lists as a sentence has them."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10


def amount(number: float, digits: int = 3) -> str:
    """A number with no more digits than help: 1234567 -> 1,230,000; 0.12345 -> 0.123."""
    if number == 0:
        return "0"
    places = digits - 1 - floor(log10(abs(number)))
    rounded = round(number, places)
    return f"{rounded:,.{max(places, 0)}f}".rstrip("0").rstrip(".") if places > 0 else f"{rounded:,.0f}"


def listed(names: Sequence[str], most: int = 3) -> str:
    """Names joined with commas and an “and”, the rest counted."""
    shown = list(names[:most]) + ([f"{len(names) - most} more"] if len(names) > most else [])
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " and " + shown[-1]
