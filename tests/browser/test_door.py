"""The door in a real browser: the identity provider and back, a code, a security key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings as configured
from playwright.sync_api import Browser, Page, expect

from clearspan.core.second_factor import second_factors
from tests.audiences.people.conftest import code_of
from tests.audiences.people.provider import CLIENT, SECRET, Provider
from tests.browser.company import guard
from tests.browser.conftest import SignIn, strict_context
from tests.world import PASSWORD, World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def company(transactional_db: None) -> World:
    return World.make()


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    running = Provider().start()
    settings.OIDC = configured.OIDC | {
        "url": running.url, "client_id": CLIENT, "client_secret": SECRET, "name": "Harbour ID",
    }  # fmt: skip
    yield running
    running.stop()


@pytest.fixture
def at_localhost(chrome: Browser, address: str) -> Iterator[Page]:
    """A strict page under a name, without which browsers have no keys, and with a key that says yes."""
    said: list[str] = []
    context = strict_context(chrome, address.replace("127.0.0.1", "localhost"), None, said)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    yield page
    context.close()
    assert said == []


def at_the_first_page(url: str) -> bool:
    return urlsplit(url).path == "/"


def sign_in_by_form(page: Page, email: str) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_one_comes_in_by_the_identity_provider(company: World, provider: Provider, sign_in: SignIn) -> None:
    page = sign_in(None)
    page.goto("/account/login/?next=/me")
    page.get_by_role("link", name="Sign in with Harbour ID").click()
    page.wait_for_url("**/me")
    expect(page.locator("body")).to_contain_text("With Harbour ID, as sol@example.org")


def test_a_code_is_asked_after_the_password(company: World, sign_in: SignIn) -> None:
    secret = guard(company.sol)
    page = sign_in(None)
    sign_in_by_form(page, "sol@example.org")
    expect(page.get_by_role("heading")).to_have_text("And your second factor.")
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(at_the_first_page)
    expect(page.get_by_role("heading", level=1)).not_to_have_text("And your second factor.")


def test_a_security_key_is_added_asked_for_and_taken_away(company: World, at_localhost: Page) -> None:
    page = at_localhost
    sign_in_by_form(page, "sol@example.org")
    page.wait_for_url(at_the_first_page)
    page.goto("/account/second-factor/keys/new/")
    page.get_by_label("Its name").fill("On my ring")
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/codes/")
    assert second_factors([company.sol.person]) == {company.sol.person.pk: "key"}
    page.goto("/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    sign_in_by_form(page, "sol@example.org")
    page.get_by_role("button", name="Use a security key").click()
    page.wait_for_url(at_the_first_page)
    page.goto("/account/second-factor/")
    page.get_by_role("link", name="Take away On my ring").click()
    page.get_by_role("button", name="Take it away").click()
    page.wait_for_url("**/second-factor/")
    assert second_factors([company.sol.person]) == {}


def test_a_key_that_does_not_answer_is_said(company: World, sign_in: SignIn) -> None:
    page = sign_in(company.sol)
    page.goto("/account/second-factor/keys/new/")
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("alert")).to_contain_text("The key did not answer. Nothing was changed")
