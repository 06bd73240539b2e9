"""What the tests of the portal begin with: Tideline's portal open, some ideas on it, and visitors who write."""

from __future__ import annotations

import re
import time
from typing import Any
from unittest import mock

from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from clearspan.core.actor import Actor
from clearspan.stages.portal import guard
from clearspan.stages.portal.actions import set_up_portal
from clearspan.stages.portal.models import Idea, Portal, Visitor
from tests.world import World

SYSTEM = Actor.system("portal")


def open_portal(world: World) -> Portal:
    portal: Portal = set_up_portal(world.ines, product=world.tideline, is_open=True)
    return portal


def public_idea(world: World, title: str = "Know who lies where", **fields: Any) -> Idea:
    fields.setdefault("feedback", world.feedback(title=title, channel="portal"))
    fields.setdefault("said_at", timezone.now())
    idea: Idea = Idea.objects.create(
        product=world.tideline, title=title, state=Idea.State.PUBLIC, published_at=timezone.now(), **fields
    )
    return idea


def read_form(seconds: float = 30, bits: int = 0) -> str:
    """The token of a form that somebody has had open for so long."""
    with mock.patch("django.core.signing.time.time", return_value=time.time() - seconds):
        return guard.new_form(bits).token


def sends(browser: Client, path: str, network: str = "203.0.113.7", **fields: Any) -> Any:
    """Sends a form that was read."""
    fields.setdefault("form", read_form())
    return browser.post(f"/portal/tideline/{path}", fields, REMOTE_ADDR=network)


def letters() -> list[dict[str, Any]]:
    """The letters that wait to be sent, in their order."""
    return [job.args for job in ProcrastinateJob.objects.filter(task_name="core.mail").order_by("pk")]


def link_in(letter: dict[str, Any]) -> str:
    """The address in a letter that leads back to us."""
    found = re.search(r"https?://[^/\s]+(/portal/me/\S+)", letter["text"])
    assert found, letter["text"]
    return found[1]


def confirms(browser: Client, letter: dict[str, Any]) -> Any:
    """Opens the letter's link and presses the button."""
    address = link_in(letter)
    assert browser.get(address).status_code == 200
    return browser.post(address)


def known(address: str = "ada@quay.example", name: str = "Ada") -> tuple[Client, Visitor]:
    """A browser that is a visitor's, who has confirmed the address."""
    from clearspan.stages.portal.actions import confirm_visitor
    from clearspan.stages.portal.actions.people import visitor_named
    from clearspan.stages.portal.links import to_confirm

    visitor = visitor_named(address, name)
    confirm_visitor(SYSTEM, visitor=visitor)
    browser = Client()
    browser.post("/portal/" + to_confirm(visitor, "").partition("/portal/")[2])
    visitor.refresh_from_db()
    return browser, visitor
