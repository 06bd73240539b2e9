"""What the pages of the portal have in common."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.core.web import page
from clearspan.stages.portal.models import Portal


def portal_of(product: Product) -> Portal:
    """The product's portal; one that was never set up is closed."""
    return Portal.objects.filter(product=product).first() or Portal(product=product)


def staff_page(
    request: HttpRequest, product: Product, template: str, context: dict[str, Any], *crumbs: tuple[str, str],
    about: Any = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """A page in the shell, under Portal."""
    where = [("Portal", reverse("moderation", args=[product.key]) if crumbs else ""), *crumbs]
    shown = {"product": product, "portal": portal_of(product), **context}
    return page(request, template, shown, place="portal", crumbs=where, about=about, status=status)
