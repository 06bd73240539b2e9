"""The whole line, handed over in a browser: from an idea on the portal to what its sender reads of it there, through
product management, development, sales and leadership. axe looks at every page that is met.

Presses are counted (hand.py), and stated in docs/development/testing.md; a step that takes more fails here. What lies
between, from the definition to the go, is walked in test_handing_over.py.
"""

from __future__ import annotations

import re
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from clearspan.catalogue.models import Account
from clearspan.core.models import Function
from clearspan.stages.decisions.actions import word_for_roadmap
from clearspan.stages.decisions.models import Decision
from clearspan.stages.development.actions import add_item
from clearspan.stages.evidence.actions import record_ask
from clearspan.stages.inlife.actions import record_ledger_entry
from clearspan.stages.inlife.defaults import ensure
from clearspan.stages.inlife.models import LedgerLine
from clearspan.stages.inlife.years import Year
from clearspan.stages.launch.actions import decide_launch, mark_launched, plan_launch
from clearspan.stages.launch.models import Launch
from clearspan.stages.opportunities import studies as demand
from clearspan.stages.opportunities.actions import create_opportunity, link_evidence
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.opportunities.studies import suggestions
from clearspan.stages.options import studies as cases
from clearspan.stages.options.actions import create_option, estimate_effort, write_case
from clearspan.stages.options.models import Option
from clearspan.stages.portal.actions import send_idea
from clearspan.stages.portal.models import ChangelogEntry, Idea
from tests.browser.conftest import Hands
from tests.stages.portal.small import SYSTEM, letters, open_portal
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TODAY = "/"
ASKED = "Could we see which berths are free tonight, before we come in?"
NEED = "See which berths are free"
NEWS = "Free berths, at a glance"


def test_an_idea_is_handed_on_until_its_sender_reads_what_became_of_it(hands: Hands, world: World) -> None:
    option = _worked_out(world)
    idea = send_idea(
        SYSTEM, portal=open_portal(world), text=ASKED, address="mate@quay.example", name="The mate", confirmed=True
    )
    _ines_sorts_the_idea(hands, world, idea)
    _ines_decides(hands, world, option)
    _devi_sees_what_to_build_and_why(hands, world, option)
    _ines_answers_sol_who_tells_it(hands, world, option)
    launch = _it_is_launched_and_earns(world, option)
    _leda_sees_the_money(hands, world)
    _ines_tells_those_who_asked(hands, world, launch)
    _the_customer_reads_what_became_of_it(hands, world)


def _ines_sorts_the_idea(hands: Hands, world: World, idea: Idea) -> None:
    """From Today: she reads it, puts it on the list, and links it to the need that it speaks of."""
    ines = hands(world.ines)
    ines.page.goto(TODAY)
    hands.look(ines)
    ines.click("Read 1 idea for Tideline", "link")
    hands.look(ines)
    ines.click(idea.title, "link")
    hands.look(ines)
    ines.press("p")
    expect(ines.page.locator(".kick")).to_contain_text("public")
    ines.click("Sort it", "link")
    ines.page.locator("[data-quotable]").wait_for()
    hands.look(ines)
    ines.press("l")
    expect(ines.page.locator("main")).not_to_contain_text(ASKED)
    assert ines.steps() == 5
    idea.refresh_from_db()
    assert idea.feedback is not None
    assert Opportunity.objects.get().mentions.filter(feedback=idea.feedback).exists()


def _ines_decides(hands: Hands, world: World, option: Option) -> None:
    ines = hands(world.ines)
    ines.page.goto(f"/tideline/options/{option.pk}")
    hands.look(ines)
    ines.press("d")
    ines.page.wait_for_url("**/decisions/new?*")
    hands.look(ines)
    ines.page.select_option("[name=kind]", "choose")
    ines.write(reasons="It earns most.", starts=f"{timezone.localdate():%Y-%m-%d}")
    ines.press("Control+Enter")
    ines.page.wait_for_url(re.compile(r"/(decisions|options)/\d+$"))
    assert ines.steps() == 2
    assert Decision.objects.get().option == option


def _devi_sees_what_to_build_and_why(hands: Hands, world: World, option: Option) -> None:
    """Her first page says what is next, for what and for whom; the item says the whole of why."""
    add_item(world.devi, product=world.tideline, title=f"Draw the berths, {option.ref}")
    devi = hands(world.devi)
    devi.page.goto(TODAY)
    assert devi.answer().startswith("Next is “Draw the berths"), devi.answer()
    assert "for “Berth map”: 9 accounts asked for it, worth £" in devi.answer().replace("\xa0", " "), devi.answer()
    hands.look(devi)
    devi.click("Draw the berths", "link")
    devi.page.wait_for_url(re.compile(r"/items/\d+$"))
    why = devi.page.locator(".lede").inner_text()
    for part in ("Berth map", NEED, "to earn £"):
        assert part in why, why
    hands.look(devi)
    assert devi.steps() == 1


def _ines_answers_sol_who_tells_it(hands: Hands, world: World, option: Option) -> None:
    """A deal asks for the same. The reply is drafted; Sol finds it on the first page, with what may be told."""
    word_for_roadmap(world.ines, option=option, audience="sales", title="A map of free berths", publish=True)
    ines, sol = hands(world.ines), hands(world.sol)
    ines.page.goto(TODAY)
    ines.click("A map of free berths", "link")
    ines.page.wait_for_url(re.compile(r"/asks/\d+$"))
    hands.look(ines)
    ines.press("Control+Enter")
    expect(ines.page.locator("main")).to_contain_text("What sales was told")
    assert ines.steps() == 2

    sol.page.goto(TODAY)
    said = sol.answer().replace("\xa0", " ")
    assert "none waits; you may tell of 1 thing to come, first “A map of free berths”" in said, said
    hands.look(sol)
    sol.click("Tell Saltings", "link")
    sol.page.wait_for_url(re.compile(r"/asks/\d+$"))
    expect(sol.page.locator(".letter-body")).to_contain_text("is yes: it is in the plan")
    hands.look(sol)
    assert sol.steps() == 1


def _leda_sees_the_money(hands: Hands, world: World) -> None:
    """Against plan, on the first page; from there where it comes from."""
    leda = hands(world.leda)
    leda.page.goto(TODAY)
    assert "Tideline is behind plan" in leda.answer(), leda.answer()
    hands.look(leda)
    leda.click("£", "link", within="main table")
    leda.page.wait_for_url("**/tideline/in-life")
    assert "£" in leda.answer(), leda.answer()
    hands.look(leda)
    assert leda.steps() == 1


def _ines_tells_those_who_asked(hands: Hands, world: World, launch: Launch) -> None:
    """What is new is drafted from the launch; once it is published, those who asked are one press away."""
    ines = hands(world.ines)
    ines.page.goto(f"/tideline/launch/{launch.pk}")
    hands.look(ines)
    ines.click("Draft it from what it brings")
    ines.page.wait_for_url(re.compile(r"/changelog/\d+$"))
    ines.write(title=NEWS, text="The map shows them. White is free.")
    ines.press("Control+Enter")
    expect(ines.page.locator("h1")).to_contain_text(NEWS)
    ines.press("p")
    expect(ines.page.locator(".kick")).to_contain_text("published")
    hands.look(ines)
    ines.press("t")
    ines.page.wait_for_url("**/portal/tell/*")
    assert NEWS in ines.page.input_value("[name=text]")
    hands.look(ines)
    ines.press("Control+Enter")
    ines.page.wait_for_url("**/portal/told")
    hands.look(ines)
    assert ines.steps() == 5


def _the_customer_reads_what_became_of_it(hands: Hands, world: World) -> None:
    """The letter leads to what is new and to the idea, which says the same, without money or our names for it."""
    (told,) = [one for one in letters() if one["to"] == "mate@quay.example" and "It is here." in one["text"]]
    paths = [urlsplit(url).path for url in re.findall(r"https?://\S+", told["text"])]
    entry, idea = ChangelogEntry.objects.get(), Idea.objects.get()
    assert paths == [f"/portal/tideline/new/{entry.pk}", f"/portal/tideline/ideas/{idea.pk}"]
    mate = hands(None)
    mate.page.goto(paths[1])
    expect(mate.page.locator(".lede")).to_contain_text("Here")
    hands.look(mate)
    mate.click(NEWS, "link")
    mate.page.wait_for_url(f"**{paths[0]}")
    assert mate.answer() == NEWS and "White is free." in mate.page.content()
    assert "£" not in mate.page.content() and "Berth map" not in mate.page.content()
    hands.look(mate)
    assert mate.steps() == 1


def _worked_out(world: World) -> Option:
    """A need that harbours have, and an option with a business case: nothing is decided yet. A deal asks for it too."""
    need = create_opportunity(world.ines, product=world.tideline, title=NEED)
    for number in range(16):
        segment = world.marinas if number % 2 else world.clubs
        account = Account.objects.create(name=f"Harbour {number}", segment=segment)
        said = world.feedback(f"Which berths are free is a riddle here. {number}", account=account, state="sorted")
        if number % 2:
            link_evidence(world.ines, opportunity=need, feedback=[said])
    ask = record_ask(world.sol, deal=world.deal, wants="A map of free berths", text="They want to see free berths.")
    link_evidence(world.ines, opportunity=need, feedback=[ask.feedback])
    demand.run_now(world.tideline)
    suggestions.rebuild(world.tideline.pk)  # as the worker does, a minute after somebody linked something
    option = create_option(world.ines, product=world.tideline, title="Berth map", opportunities=[need])
    engineering = Function.objects.get(name="Engineering")
    estimate_effort(world.devi, option=option, function=engineering, low=1, likely=2, high=3, source="one like it")
    write_case(world.ines, option=option, spec=cases.new_spec(option))
    cases.run_now(option.cases.get())
    return option


def _it_is_launched_and_earns(world: World, option: Option) -> Launch:
    """Built and launched, and the year's books kept: a little less than was budgeted."""
    ensure()
    today, revenue = timezone.localdate(), LedgerLine.objects.get(name="Subscriptions")
    for month in Year(today.year).months:
        for kind, amount in (("budget", 12_000), ("actual", 11_000)):
            if kind == "budget" or month <= today:
                record_ledger_entry(
                    world.leda, product=world.tideline, line=revenue, month=month, amount=Decimal(amount), kind=kind
                )
    launch = plan_launch(world.ines, product=world.tideline, options=[option], planned_on=today)
    decide_launch(world.ines, launch=launch, goes=True, reasons="Everyone is ready.")
    mark_launched(world.ines, launch=launch)
    return launch
