"""The list of screens is whole."""

from __future__ import annotations

from tests.browser.pages import NO_SCREEN, OTHERS, SCREENS, names


def test_every_address_is_a_screen_of_the_list_or_says_why_it_is_none() -> None:
    listed = {screen.name for screen in SCREENS}
    assert listed.isdisjoint(NO_SCREEN)
    there = set(names())
    assert {name for name in there if not name.startswith(OTHERS)} - listed - set(NO_SCREEN) == set()
    assert (listed | set(NO_SCREEN)) - there == set()
