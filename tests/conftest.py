"""What every test may ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.run import browser as chromium
from tests.world import World


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright leaves an event loop in its process, in which other asynchronous code will not
    start."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """The system's Chromium, one for all tests of a process: Playwright cannot be started twice in one."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def world(db: None) -> World:
    """A small company of named people; see tests/world.py."""
    return World.make()
