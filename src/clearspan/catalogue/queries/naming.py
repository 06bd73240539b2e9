"""Customers are not named to other customers: which accounts a text names, and the same text without them."""

from __future__ import annotations

import re

from django.db.models import F, Value
from django.db.models.functions import StrIndex

from clearspan.catalogue.models import Account

SHORTEST = 3  # a shorter name stands in too many words to mean the account


def accounts_named(text: str) -> list[str]:
    """Names of accounts that stand in the text as words of their own, the longest first: one query."""
    if not text.strip():
        return []
    there = Account.objects.annotate(at=StrIndex(Value(text), F("name"))).filter(at__gt=0).order_by()
    names = {name for name in there.values_list("name", flat=True) if len(name) >= SHORTEST}
    return sorted((name for name in names if _word(name).search(text)), key=lambda name: (-len(name), name))


def without_accounts(text: str, instead: str = "a customer") -> str:
    """The text with every account's name replaced."""
    for name in accounts_named(text):
        text = _word(name).sub(instead, text)
    return text


def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
