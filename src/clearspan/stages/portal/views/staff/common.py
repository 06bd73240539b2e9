"""What the pages of the portal have in common."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.core.actions import Action
from clearspan.core.web import actor_of, page
from clearspan.stages.portal.models import Portal


def must(request: HttpRequest, action: Action, **rows: Any) -> None:
    """403 before a form is shown to somebody who could not send it."""
    if not action.rule(actor_of(request), rows):
        raise PermissionDenied(f"you may not {action.name.replace('_', ' ')}")


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
