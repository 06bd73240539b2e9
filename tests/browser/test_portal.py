"""A visitor on the portal in a real browser: finds a like idea while writing, votes, confirms, sees where it stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from clearspan.stages.portal import guard, limits
from clearspan.stages.portal.models import Idea
from tests.browser.company import empty
from tests.browser.conftest import SignIn
from tests.stages.portal.small import letters, link_in, open_portal, public_idea
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def idea(monkeypatch: pytest.MonkeyPatch) -> Iterator[Idea]:
    """Tideline's portal with one idea; a form may be sent as quickly as a browser fills it in."""
    monkeypatch.setattr(guard, "QUICKEST", 0.0)
    world = World.make()
    open_portal(world)
    try:
        yield public_idea(world, "Warn me before the tide turns")
    finally:
        empty()


def test_a_visitor_finds_a_like_idea_votes_confirms_and_sees_where_it_stands(idea: Idea, sign_in: SignIn) -> None:
    page = sign_in(None)
    page.goto("/portal/tideline")
    page.get_by_label("What gets in your way?").press_sequentially("Could it warn us before the tide turns?")
    like = page.locator("#similar").get_by_role("link", name=idea.title)
    like.wait_for()
    page.keyboard.press("Tab")  # Send
    page.keyboard.press("Tab")  # the vote of the first that was found
    page.keyboard.press("Enter")
    page.get_by_label("Your mail address").fill("ada@quay.example")
    page.get_by_role("button", name="Vote", exact=True).click()
    page.get_by_role("heading", name="Look into your mail.").wait_for()
    page.goto(link_in(letters()[-1]))
    page.get_by_role("button", name="Yes, it was me").click()
    page.get_by_role("heading", name="What became of what you asked.").wait_for()
    page.get_by_role("link", name=idea.title).click()
    assert page.get_by_text("We are finding out").first.is_visible()
    assert page.get_by_role("button", name="Vote for it; 1 has").get_attribute("aria-pressed") == "true"


def test_while_it_is_under_attack_the_browser_does_its_sum_and_gets_through(idea: Idea, sign_in: SignIn) -> None:
    for _ in range(int(3 * limits.ALL.most)):
        limits.pressure()
    page = sign_in(None)
    page.goto(f"/portal/tideline/ideas/{idea.pk}/vote")
    assert page.locator("form[data-work]").count() == 1
    page.get_by_label("Your mail address").fill("bo@quay.example")
    page.get_by_role("button", name="Vote", exact=True).click()
    page.get_by_role("heading", name="Look into your mail.").wait_for(
        timeout=60_000
    )  # a busy machine does its sum slowly
    assert letters()[-1]["to"] == "bo@quay.example"
