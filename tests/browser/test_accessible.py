"""Every screen, by day and by night, at a desk and on a phone: axe finds nothing, and nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.plugin import DjangoDbBlocker

from tests.browser.axe import AXE, SETTLE, violations
from tests.browser.company import founded
from tests.browser.conftest import strict_context
from tests.browser.pages import SCREENS, Rows, Screen
from tests.world import World

# Each test has a transaction of its own and writes nothing; the company was committed before, for the server to see.
pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WIDTHS = (1440, 390)
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}  # all that the night can change
WIDE = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""


class Window:
    """A page for each person, kept for all screens: who is looked at through it changes nothing."""

    def __init__(self, chrome: Browser, address: str, world: World) -> None:
        self.said: list[str] = []
        self.contexts: list[BrowserContext] = []
        self.pages: dict[str | None, Page] = {}
        for who in {screen.who for screen in SCREENS}:
            context = strict_context(chrome, address, getattr(world, who) if who else None, self.said)
            context.add_init_script(AXE)
            self.contexts.append(context)
            self.pages[who] = context.new_page()


@pytest.fixture(scope="module")
def company(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[World, Rows]]:
    with django_db_blocker.unblock(), founded() as made:
        yield made


@pytest.fixture(scope="module")
def window(chrome: Browser, address: str, company: tuple[World, Rows]) -> Iterator[Window]:
    made = Window(chrome, address, company[0])
    yield made
    for context in made.contexts:
        context.close()


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: f"{screen.title} as {screen.who or 'nobody'}")
def test_a_screen_is_accessible(screen: Screen, window: Window, company: tuple[World, Rows]) -> None:
    page, found = window.pages[screen.who], list[str]()
    window.said.clear()
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    answer = page.goto(screen.address(company[1]))
    assert answer is not None
    assert answer.status == screen.status, page.url
    page.evaluate(SETTLE)
    said = [one for one in window.said if screen.status == 200]  # axe tries things that the policy stops
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.evaluate(SETTLE)
            wrong = violations(page, {} if scheme == "light" else COLOURS)
            found += [f"{width} {scheme} {one}" for one in wrong]
        wide = page.evaluate(WIDE)
        found += [f"{width}: {wide} px too wide"] if wide > 0 else []
    assert found == []
    assert said == []
