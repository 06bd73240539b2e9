"""A person at a page, whose presses are counted as people count them: a click or a key that does something, not what is
written into fields."""

from __future__ import annotations

from playwright.sync_api import Page

from clearspan.core.actor import Actor
from tests.world import PASSWORD


class Hand:
    """A person at a page: what they press is counted, what they write is not."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def click(self, name: str, role: str = "button", within: str = "body") -> None:
        self.clicks += 1
        self.page.locator(within).get_by_role(role, name=name).first.click()  # type: ignore[arg-type]

    def tick(self, label: str) -> None:
        """A box or a round one: a press like any other."""
        self.clicks += 1
        self.page.get_by_label(label, exact=True).check()

    def press(self, key: str) -> None:
        self.clicks += 1
        self.page.keyboard.press(key)

    def write(self, **fields: str) -> None:
        for name, words in fields.items():
            self.page.fill(f"main [name={name}], dialog[open] [name={name}]", words)

    def answer(self) -> str:
        """The first line of the page, which answers its question."""
        return self.page.locator("h1").inner_text()

    def steps(self) -> int:
        """How many presses it took since this was asked last."""
        taken, self.clicks = self.clicks, 0
        return taken

    def sign_in(self, actor: Actor) -> None:
        """Through the door, with a password."""
        assert actor.person is not None
        self.page.goto("/account/login/")
        self.write(login=actor.person.email, password=PASSWORD)
        self.click("Sign in")
        self.page.wait_for_url(lambda url: "/account/login/" not in url)
