"""What the pages of settings share: who reads them, who changes them, and the switch between them."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from clearspan.core.actor import Actor
from clearspan.core.models import User
from clearspan.core.settings_pages import settings_page
from clearspan.core.web import actor_of

__all__ = ["admins", "reader", "settings_page", "who_can"]


def reader(request: HttpRequest) -> Actor:
    """Who reads: every employee. Settings do not exist for customers."""
    actor = actor_of(request)
    if not actor.is_employee:
        raise Http404("no settings for customers")
    return actor


def who_can(people: list[str], otherwise: str = "nobody yet") -> str:
    """People's names as a reader is told who can change what they cannot: "Ines Maddox or Leda Quist"."""
    if len(people) > 3:
        people = [*people[:2], f"{len(people) - 2} others"]
    return " or ".join(filter(None, [", ".join(people[:-1]), *people[-1:]])) or otherwise


def admins(actor: Actor) -> list[str]:
    """The names of those who may change the company's settings."""
    rows = User.objects.visible_to(actor).filter(is_admin=True, is_active=True, function__isnull=False)
    return list(rows.values_list("name", flat=True)[:20])
