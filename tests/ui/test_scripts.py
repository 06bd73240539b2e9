"""What the scripts do, in a real browser, on the page of patterns and under the real content security policy."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

FOUND = [
    {"label": "Swap a shift", "kind": "need", "url": "/patterns#swap"},
    {"label": "Rota", "kind": "product", "url": "/"},
]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """A test says what failed; the log of a server that serves it adds nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The application served from a thread; the page of patterns asks no database."""
    application = StaticFilesHandler(get_wsgi_application())
    server = make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(chrome: Browser, address: str) -> Iterator[Page]:
    """The page of patterns. A word on the console fails the test: nothing may be blocked or thrown."""
    context = chrome.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    context.set_default_timeout(10_000)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.route("**/find?*", lambda route: route.fulfill(body=json.dumps(FOUND), content_type="application/json"))
    page.goto(f"{address}/patterns")
    yield page
    assert said == []
    context.close()


def test_question_mark_lists_the_keys_of_the_page(page: Page) -> None:
    page.keyboard.press("?")
    listed = page.locator("#keys dl").inner_text()
    assert "New need" in listed
    assert "Undo" in listed


def test_a_letter_presses_its_button_and_escape_leaves(page: Page) -> None:
    page.keyboard.press("a")
    assert page.locator("#sample-dialog").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#sample-dialog").is_visible()


def test_letters_rest_while_something_is_written(page: Page) -> None:
    page.locator("[name=name]").focus()
    page.keyboard.press("a")
    assert not page.locator("#sample-dialog").is_visible()


def test_letters_can_be_switched_off_and_stay_off(page: Page) -> None:
    page.click("[data-do=keys]")
    page.check("[data-do=keys-off]")
    page.reload()
    page.keyboard.press("a")
    assert not page.locator("#sample-dialog").is_visible()


def test_j_and_k_walk_the_rows_and_take_the_focus_along(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.locator("[data-rows] > [aria-current=true]").count() == 1
    assert page.evaluate("document.activeElement.textContent") == "Agency staff in the same rota"


def test_ctrl_k_finds_what_the_server_knows_and_what_the_page_can_do(page: Page) -> None:
    page.keyboard.press("Control+k")
    options = page.locator("#found [role=option]")
    options.filter(has_text="Swap a shift").wait_for()
    assert options.filter(has_text="Ask first").count() == 1
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("ui-palette input", "aria-activedescendant") == "found-1"


def test_enter_goes_where_the_palette_points(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.locator("#found-0").filter(has_text="Swap a shift").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/patterns#swap")


def test_a_chosen_theme_is_kept_and_choosing_the_systems_own_follows_it_again(page: Page) -> None:
    theme = "document.documentElement.dataset.theme ?? ''"
    page.click("[data-do=theme]")
    page.reload()
    assert page.evaluate(theme) == "dark"
    page.click("[data-do=theme]")
    page.reload()
    assert page.evaluate(theme) == ""


def test_a_draft_comes_back_with_a_word_and_can_be_dropped(page: Page) -> None:
    page.fill("[name=name]", "Swap a shift at night")
    page.wait_for_timeout(600)  # a draft is kept once the hand rests
    page.reload()
    assert page.input_value("[name=name]") == "Swap a shift at night"
    page.get_by_role("button", name="Start afresh").click()
    assert page.input_value("[name=name]") == "Swap a shift without a manager"


def test_three_points_move_their_interval_and_refuse_to_fall(page: Page) -> None:
    dot = page.locator("tr:has([name=price-likely]) .iv-dot")
    before = dot.get_attribute("cx")
    page.fill("[name=price-likely]", "26")
    assert dot.get_attribute("cx") != before
    page.fill("[name=price-high]", "3")
    assert page.get_attribute("[name=price-high]", "aria-invalid") == "true"
    assert "must be numbers that rise" in page.inner_text("#status")


def test_a_toast_says_what_was_done_and_z_takes_it_back(page: Page) -> None:
    asked: list[str] = []

    def undone(route: Route) -> None:
        asked.append(route.request.post_data or "")
        route.fulfill(body="undone")

    page.route("**/do/undo", undone)
    said = {"text": "Put away", "undo": "/do/undo?event=7"}
    page.evaluate("detail => document.body.dispatchEvent(new CustomEvent('say', {detail}))", said)
    assert "Put away" in page.inner_text("ui-toasts")
    page.keyboard.press("z")
    page.wait_for_url("**/do/undo")
    assert "event=7" in asked[0]
    assert "csrfmiddlewaretoken=" in asked[0]


def test_a_filter_sends_itself_and_leaves_the_rest_of_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}/patterns?sort=-share&page=3")
    page.select_option("form[data-filters] [name=segment]", "care")
    page.wait_for_url("**/patterns?sort=-share&segment=care")


def test_what_cannot_be_done_now_says_why(page: Page) -> None:
    page.locator(".btn.primary[aria-disabled=true]").click(force=True)
    assert page.inner_text("#status") == "Somebody must sign it first"


def test_the_menu_of_a_small_screen_opens_and_closes(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    assert not page.locator("#rail").is_visible()
    page.click("[data-do=rail]")
    assert page.locator("#rail").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#rail").is_visible()


def test_a_picture_of_time_starts_at_its_newest_end(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.reload()
    left = "box => box.scrollWidth - box.clientWidth - box.scrollLeft"
    box = page.locator("#fig-columns > .scroll")
    assert box.evaluate("box => box.scrollLeft") > 0 and box.evaluate(left) <= 1
    assert page.locator("#fig-tornado > .scroll").evaluate("box => box.scrollLeft") == 0


@pytest.mark.parametrize("width", [390, 800, 1100, 1440])
def test_the_page_never_scrolls_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
