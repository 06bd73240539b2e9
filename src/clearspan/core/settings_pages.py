"""A page of the company's settings: its part, and the switch between the parts, whichever floor has the page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from clearspan.core.web import actor_of, page

PARTS = (
    ("settings", "Company"),
    ("settings_people", "People"),
    ("settings_products", "Products"),
    ("settings_lists", "Lists"),
    ("settings_launches", "Launches"),
)
OF_ADMINS = (("webhooks", "Webhooks"), ("exports", "Export"))


def settings_page(
    request: HttpRequest, template: str, here: str, context: dict[str, Any], *crumbs: tuple[str, str], status: int = 200
) -> HttpResponse:
    """A page of settings under its part, with the switch between the parts."""
    shown = (*PARTS, *OF_ADMINS) if actor_of(request).is_admin else PARTS
    parts = [(label, reverse(name), name == here) for name, label in shown]
    start = ("Settings", reverse("settings") if crumbs or here != "settings" else "")
    part = [] if here == "settings" else [(dict(shown)[here], reverse(here) if crumbs else "")]
    return page(
        request, template, {"parts": parts, **context}, place="settings", crumbs=[start, *part, *crumbs], status=status
    )
