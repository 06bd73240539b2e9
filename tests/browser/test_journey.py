"""From something heard to a decision, and from an ask to its answer, as people do it: with a mouse and a keyboard.

Presses are counted (hand.py), and stated in docs/development/testing.md; a step that takes more fails here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from clearspan.catalogue.models import Account
from clearspan.core.models import Function
from clearspan.stages.decisions import studies as plans
from clearspan.stages.decisions.models import Decision, PortfolioStudy
from clearspan.stages.evidence.actions import record_ask
from clearspan.stages.opportunities import studies as demand
from clearspan.stages.opportunities.actions import link_evidence
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options import studies as cases
from clearspan.stages.options.actions import estimate_effort, judge_feasibility, state_impact
from clearspan.stages.options.models import CaseStudy, Option
from tests.browser.conftest import strict_context
from tests.browser.hand import Hand
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAID = "We book berths twice. Nobody on the mole can see which are free."
QUOTE = "Nobody on the mole can see which are free."


@pytest.fixture
def said() -> Iterator[list[str]]:
    """What the console said by the end of the test: nothing."""
    words: list[str] = []
    yield words
    assert words == []


@pytest.fixture
def hand(chrome: Browser, address: str, said: list[str]) -> Iterator[Hand]:
    context = strict_context(chrome, address, None, said)
    yield Hand(context.new_page())
    context.close()


def test_what_was_heard_becomes_a_decision_whose_line_leads_back_to_it(hand: Hand, world: World) -> None:
    page = hand.page
    hand.sign_in(world.ines)
    page.goto("/tideline/inbox")

    hand.steps()
    hand.press("a")
    page.wait_for_url("**/feedback/new")
    hand.write(text=SAID, account=world.northmole.name)
    hand.press("Control+Enter")
    page.wait_for_url(re.compile(r"/feedback/\d+$"))
    assert hand.steps() == 2

    page.goto("/tideline/inbox")
    _mark(page, QUOTE)
    hand.press("s")
    hand.press("n")
    page.wait_for_url("**/opportunities/new?*")
    assert page.input_value("[name=quote]") == QUOTE
    hand.write(title="See which berths are free")
    hand.press("Control+Enter")
    page.wait_for_url("**/tideline/inbox**")
    assert hand.steps() == 3
    need = Opportunity.objects.get()

    page.keyboard.press("z")
    expect(page.locator("#piece")).to_contain_text(SAID)
    assert not Opportunity.objects.exists()
    _mark(page, QUOTE)
    page.keyboard.press("s")
    page.keyboard.press("n")
    page.wait_for_url("**/opportunities/new?*")
    hand.write(title="See which berths are free")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/tideline/inbox**")
    need = Opportunity.objects.get()
    assert need.mentions.get().quote == QUOTE

    _others_say_so_too(world, need)
    page.goto("/tideline/opportunities")
    expect(page.locator("main")).to_contain_text("See which berths are free")

    hand.steps()
    hand.click("See which berths are free", "link")
    page.goto(f"/tideline/options/new?need={need.ref}")
    hand.write(title="Berth map")
    hand.click("Add the option")
    page.wait_for_url(re.compile(r"/options/\d+$"))
    option = Option.objects.get()
    _what_others_know(world, option)

    hand.steps()
    hand.click("Write the business case", "link")
    page.wait_for_url("**/case")
    hand.click("Save and study")
    page.wait_for_url(f"**/options/{option.pk}")
    assert hand.steps() == 2
    _run(CaseStudy)
    page.reload()
    assert "£" in hand.answer()

    page.goto("/tideline/portfolio")
    hand.steps()
    hand.click("Say who is there", "link")
    page.select_option("[name=function]", label="Engineering")
    hand.write(people="3")
    hand.click("Keep")
    expect(page.locator("main table")).to_contain_text("Engineering")
    page.goto("/tideline/portfolio")
    hand.click("Ask for the plan")
    page.wait_for_load_state()
    _run(PortfolioStudy)
    page.goto("/tideline/portfolio")
    expect(page.locator("main table").first).to_contain_text("Berth map")
    assert hand.steps() == 3

    hand.press("d")
    hand.write(reasons="It earns most with the people there are.")
    hand.press("Control+Enter")
    page.wait_for_url("**/decisions")
    assert hand.steps() == 2
    page.goto(f"/tideline/decisions/{Decision.objects.get().pk}")
    page.locator(".trace a").filter(has_text="Evidence").click()
    expect(page.locator("main")).to_contain_text(QUOTE)


def test_a_salesperson_reads_the_answer_to_an_ask_within_two_clicks(hand: Hand, world: World) -> None:
    need = Opportunity.objects.create(product=world.tideline, title="See which berths are free")
    _others_say_so_too(world, need)
    ask = record_ask(world.sol, deal=world.deal, wants="A map of free berths", text="They want to see free berths.")
    link_evidence(world.ines, opportunity=need, feedback=[ask.feedback])
    demand.run_now(world.tideline)
    hand.sign_in(world.sol)
    hand.steps()
    hand.click("Asks", "link")
    hand.click("A map of free berths", "link")
    expect(hand.page.locator("main")).to_contain_text("See which berths are free")
    assert hand.steps() <= 2


def _mark(page: Page, words: str) -> None:
    """Marks words of the text that is read, as a mouse does."""
    page.locator("[data-quotable]").wait_for()
    page.evaluate(
        """words => {
          const walker = document.createTreeWalker(document.querySelector("[data-quotable]"), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf(words);
            if (at >= 0) getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
          }
        }""",
        words,
    )
    page.wait_for_function("getSelection().toString() !== ''")


def _others_say_so_too(world: World, need: Opportunity) -> None:
    """Half of the harbours that were heard: enough for a verdict."""
    for number in range(24):
        segment = world.marinas if number % 2 else world.clubs
        account = Account.objects.create(name=f"Harbour {number}", segment=segment)
        said = world.feedback(f"Where is a free berth? {number}", account=account, state="sorted")
        if number % 2:
            link_evidence(world.ines, opportunity=need, feedback=[said])
    demand.run_now(world.tideline)


def _what_others_know(world: World, option: Option) -> None:
    """What a plan asks of every option, from the people whose it is to say."""
    engineering = Function.objects.get(name="Engineering")
    estimate_effort(
        world.devi, option=option, function=engineering, low=0.2, likely=0.4, high=0.8, source="one like it"
    )
    judge_feasibility(world.devi, option=option, feasibility=1, note="Done before")
    support = world.otto.person.function if world.otto.person else None
    state_impact(world.otto, option=option, function=support, weight=3, note="One more thing to explain")


def _run(kind: type[CaseStudy] | type[PortfolioStudy]) -> None:
    """Does what the worker would do now."""
    waiting = kind.objects.filter(status="waiting").order_by("pk")
    assert waiting.exists()
    for study in waiting:
        (cases if kind is CaseStudy else plans).run(study.pk)
