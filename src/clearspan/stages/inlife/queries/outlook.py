"""What is likely to come: the newest forecast study of a product, as the P&L reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.stages.inlife.models import LedgerForecast

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Outlook:
    """A forecast study: `lines` and `regions` to the cent by month, and how sure the wholes are."""

    study: LedgerForecast
    booked: date
    lines: Mapping[tuple[int, date], Decimal]
    regions: Mapping[tuple[str, int, date], Decimal]
    left: Mapping[str, Mapping[str, list[float]]] = field(default_factory=dict)
    starts: int = 1  # the month that years began with when it was made: `left` is to their ends

    def width(self, whole: str, first: date) -> list[float] | None:
        """Half the widths (50 and 90 %) of what a whole comes to from a month to its year's end."""
        found = self.left.get(whole, {}).get(first.isoformat())
        return found if found and all(one is not None for one in found) else None


def outlook(actor: Actor, product: Product) -> Outlook | None:
    """The newest forecast that was finished; None before the first."""
    study = LedgerForecast.objects.visible_to(actor).filter(product=product, status="done").defer("inputs").first()
    return read(study) if study is not None and study.result else None


def read(study: LedgerForecast) -> Outlook:
    """A study's result as the P&L takes it."""
    result: Mapping[str, Any] = study.result
    ahead = [date.fromisoformat(month) for month in result.get("months", [])]
    lines = {
        (int(key), month): _cents(value)
        for key, line in result.get("lines", {}).items()
        for month, value in zip(ahead, line["mean"], strict=True)
    }
    regions = {
        (region, int(key), month): _cents(value)
        for region, of_lines in result.get("regions", {}).items()
        for key, values in of_lines.items()
        for month, value in zip(ahead, values, strict=True)
    }
    booked = result.get("booked")
    return Outlook(study, date.fromisoformat(booked) if booked else date.min, lines, regions, result.get("left", {}),
                   result.get("year_starts", 1))  # fmt: skip


def newest(actor: Actor, products: Iterable[Product]) -> dict[int, Outlook]:
    """The newest finished forecast of each product."""
    rows = LedgerForecast.objects.visible_to(actor).filter(product__in=[one.pk for one in products], status="done")
    found = rows.defer("inputs").order_by("product_id", "-pk").distinct("product_id")
    return {study.product_id: read(study) for study in found if study.result}


def under_way(actor: Actor, product: Product) -> LedgerForecast | None:
    """The forecast that waits or runs."""
    rows = LedgerForecast.objects.visible_to(actor).filter(product=product, status__in=("waiting", "running"))
    study: LedgerForecast | None = rows.defer("inputs", "result").first()
    return study


def _cents(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(CENT)
