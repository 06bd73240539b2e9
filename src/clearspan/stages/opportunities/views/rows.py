"""How a row is found for a page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.core.records import Record
from clearspan.core.web import actor_of


def row_or_404(request: HttpRequest, model: type[Record], product: Product, pk: int, *related: str) -> Any:
    """The row of this product with this number, if it is there for the person."""
    rows = model._default_manager.visible_to(actor_of(request)).filter(product=product, pk=pk)  # type: ignore[attr-defined]
    row = rows.select_related(*related).first() if related else rows.first()
    if row is None:
        raise Http404(f"no {model._meta.verbose_name} {pk}")
    return row


def crumbs(product: Product, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The list of needs, and what lies below it."""
    return [("Opportunities", reverse("opportunities", args=[product.key]) if more else ""), *more]
