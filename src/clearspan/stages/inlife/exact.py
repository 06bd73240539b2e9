"""Amounts as they stand in the books: every digit, thousands apart, a true minus."""

from __future__ import annotations

from decimal import Decimal

from clearspan.ui.numbers import MINUS

CENT = Decimal("0.01")


def exactly(amount: Decimal) -> str:
    """Decimal("-1234.5") -> "−1,234.50"; what is finer than a cent is shown as far as it goes."""
    body = f"{abs(amount).normalize():,f}"
    whole, _, rest = body.partition(".")
    return f"{MINUS if amount < 0 else ''}{whole}.{rest.ljust(2, '0')}"
