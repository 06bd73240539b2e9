"""Money against plan, on the first pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.catalogue.slots import Standing
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.stages.inlife import words
from clearspan.stages.inlife.queries.portfolio import earns
from clearspan.stages.inlife.years import this_year


def provide() -> None:
    """Registers these answers."""
    panels.provide("first.money", money_of)


def money_of(actor: Actor, products: Sequence[Product]) -> dict[int, Standing]:
    """What each product that has a budget contributes this year against it."""
    currency, year = Company.ours().currency, this_year()
    return {
        one.product.pk: Standing(
            words.short(one.pnl, currency), words.against(one.pnl, currency), reverse("inlife", args=[one.product.key]),
            one.difference < 0, words.sure(one.pnl, currency),
        )
        for one in earns(actor, products, year, year.before.first)
        if one.difference is not None
    }  # fmt: skip
