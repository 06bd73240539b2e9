"""A real browser, signed in as a person of tests/world.py, on pages that a server in this process answers.

The page is strict: a word on the console, an error thrown and anything that the content security policy stops fail the
test, whatever the test itself looks at.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from clearspan.core.actor import Actor
from clearspan.core.models import User
from tests.browser.axe import AXE, SETTLE, violations
from tests.browser.hand import Hand

DESK = {"width": 1440, "height": 900}
# Playwright keeps an event loop in the thread of the tests, which never asks the database from within it; Django, which
# only sees the loop, would refuse the tests their own queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
PATIENCE = 20_000  # milliseconds; a machine that does other things too is no failure

SignIn = Callable[[Actor | None], Page]


@pytest.fixture(scope="session")
def address(live_server_alone: str) -> str:
    """Where the application answers, static files included."""
    return live_server_alone


@pytest.fixture(scope="session")
def live_server_alone(django_db_setup: None) -> Iterator[str]:
    """pytest-django's server without its own fixture, which would empty the database after every single test."""
    from pytest_django.live_server_helper import LiveServer

    server = LiveServer("127.0.0.1")
    hosts = settings.ALLOWED_HOSTS
    settings.ALLOWED_HOSTS = [*hosts, "127.0.0.1"]
    yield server.url
    server.stop()
    settings.ALLOWED_HOSTS = hosts


@pytest.fixture
def sign_in(chrome: Browser, address: str) -> Iterator[SignIn]:
    """`sign_in(world.ines)`: a strict page as that person; `sign_in(None)` as nobody."""
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def page_of(actor: Actor | None) -> Page:
        context = strict_context(chrome, address, actor, said)
        contexts.append(context)
        return context.new_page()

    yield page_of
    for context in contexts:
        context.close()
    assert said == []


class Hands:
    """`hands(world.ines)`: her window, in which she is signed in, always the same; None: a stranger's."""

    def __init__(self, chrome: Browser, address: str) -> None:
        self.chrome, self.address = chrome, address
        self.said: list[str] = []
        self.windows: dict[Actor | None, tuple[BrowserContext, Hand]] = {}

    def __call__(self, actor: Actor | None) -> Hand:
        if actor not in self.windows:
            context = strict_context(self.chrome, self.address, actor, self.said)
            self.windows[actor] = (context, Hand(context.new_page()))
        return self.windows[actor][1]

    def look(self, hand: Hand) -> None:
        """axe finds nothing on the page that somebody is at."""
        assert self.said == []
        hand.page.evaluate(SETTLE)
        hand.page.evaluate(AXE)
        assert violations(hand.page, {}) == [], hand.page.url
        self.said.clear()  # axe tries things that the policy stops


@pytest.fixture
def hands(chrome: Browser, address: str) -> Iterator[Hands]:
    """The windows of several people."""
    of = Hands(chrome, address)
    yield of
    for context, _ in of.windows.values():
        context.close()
    assert of.said == []


def strict_context(chrome: Browser, address: str, actor: Actor | None, said: list[str]) -> BrowserContext:
    """A window of its own in which everything that should not be said goes into `said`."""
    context = chrome.new_context(viewport=DESK, color_scheme="light", base_url=address)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    context.on("console", lambda message: said.append(f"{message.page and message.page.url}: {message.text}"))
    context.on("weberror", lambda error: said.append(str(error.error)))
    if actor is not None and actor.person is not None:
        client = Client()
        client.force_login(actor.person, backend=settings.AUTHENTICATION_BACKENDS[0])
        _just_now(client, actor.person)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": address}])
    return context


def _just_now(client: Client, person: User) -> None:
    """As one who has given their password a moment ago: what guards the account may be looked at and changed."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
