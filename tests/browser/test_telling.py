"""Telling each audience, in a browser: words are published, a brief is written into and sent, a start is moved by key
and by hand. Presses are counted (hand.py)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from clearspan.stages.briefs.models import BriefSending
from clearspan.stages.decisions import quarters
from clearspan.stages.decisions.actions import decide
from clearspan.stages.decisions.models import Decision, RoadmapWording
from clearspan.stages.options.models import Option
from tests.browser.conftest import strict_context
from tests.browser.hand import Hand
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ines(chrome: Browser, address: str, world: World) -> Iterator[Hand]:
    said: list[str] = []
    context = strict_context(chrome, address, world.ines, said)
    yield Hand(context.new_page())
    context.close()
    assert said == []


@pytest.fixture
def decision(world: World) -> Decision:
    option = Option.objects.create(product=world.tideline, title="Berth map", state="chosen", duration=2)
    starts = quarters.after(timezone.localdate(), 1)
    made: Decision = decide(world.ines, kind="choose", reasons="It earns most.", option=option, starts=starts)
    return made


def test_a_manager_publishes_to_customers_writes_into_a_brief_and_sends_it(
    ines: Hand, world: World, decision: Decision
) -> None:
    page = ines.page
    page.goto("/tideline/roadmap?for=customers")
    ines.press("w")
    page.wait_for_url("**/customers")
    ines.write(title="See every berth", text="One map of the harbour.")
    ines.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("See every berth")
    assert ines.steps() == 2 and RoadmapWording.objects.get().is_published

    page.goto("/tideline/briefs/customers")
    ines.press("e")
    page.wait_for_url("**/write?part=lead")
    ines.write(text="You asked for a map; it is next.")
    ines.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("it is next")
    assert ines.steps() == 2
    ines.press("s")
    page.get_by_label("Customers: 1").check()
    ines.click("Send it")
    expect(page.locator("aside")).to_contain_text("Version 1")
    assert ines.steps() == 2
    sent = BriefSending.objects.get()
    assert "it is next" in sent.text and [one["name"] for one in sent.to] == ["Cora Finch"]


def test_a_start_is_moved_by_key_and_by_hand_and_seen_before_it_is_kept(
    ines: Hand, world: World, decision: Decision
) -> None:
    page, starts = ines.page, decision.starts
    assert starts is not None
    page.goto("/tideline/roadmap")
    bar = page.locator("[data-moves]:visible")
    bar.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#status")).to_contain_text(quarters.label(quarters.after(starts, 2)))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**starts={quarters.after(starts, 2)}")
    expect(page.locator("h1")).to_contain_text("instead of")
    decision.refresh_from_db()
    assert decision.starts == starts
    ines.press("m")
    page.wait_for_url("**/roadmap")
    decision.refresh_from_db()
    assert decision.starts == quarters.after(starts, 2) and ines.steps() == 1

    box = page.locator("[data-moves]:visible").bounding_box()
    assert box is not None
    days = float(page.locator("[data-moves]:visible").get_attribute("data-days") or 0)
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 10 - 95 / days, box["y"] + 10, steps=5)
    page.mouse.up()
    page.wait_for_url(f"**starts={quarters.after(starts, 1)}")
