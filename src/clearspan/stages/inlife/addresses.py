"""The way from a figure to what is behind it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from clearspan.catalogue.models import Product


def entries_at(product: Product, **asked: object) -> str:
    """The address of the entries behind a figure. Months as dates; what is empty is not asked."""
    given: Mapping[str, str] = {
        name.rstrip("_"): f"{value:%Y-%m}" if isinstance(value, date) else str(value)
        for name, value in asked.items()
        if value
    }
    return f"{reverse('ledger_entries', args=[product.key])}?{urlencode(given)}"
