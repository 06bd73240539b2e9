"""From a decision to a launch, handed over in a browser: product, development, support, sales, a supplier, and the go.

Each works with a window of their own. Presses are counted (hand.py), and stated in docs/development/testing.md; a step
that takes more fails here.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from clearspan.catalogue.models import Account
from clearspan.core.actor import Actor
from clearspan.core.models import Function
from clearspan.stages.decisions.actions import decide
from clearspan.stages.definition.models import Definition, SignOff
from clearspan.stages.development.actions import add_item, agree_milestone, finish_item, start_item
from clearspan.stages.development.models import DeliveryStudy, DriftNote, Milestone, WorkItem
from clearspan.stages.development.studies import delivery
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.launch.models import Commitment, GoVote, Launch, LaunchTemplate, TemplateLine
from clearspan.stages.opportunities import studies as demand
from clearspan.stages.opportunities.actions import link_evidence
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options import studies as cases
from clearspan.stages.options.actions import estimate_effort, write_case
from clearspan.stages.options.models import Meets, Option
from tests.browser.conftest import Hands
from tests.browser.hand import Hand
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TODAY = "/"
SAID = "Where is a free berth tonight? We rowed round the mole and asked every skipper."
NEED = "See which berths are free"
OUTCOME = "Nobody rows round the mole any more to find a berth."


def test_what_was_decided_is_handed_on_until_it_is_launched(hands: Hands, world: World) -> None:
    option = _decided(world)
    definition = _ines_defines(hands(world.ines), option)
    _devi_signs_and_builds(hands(world.devi), world, definition)
    _otto_signs(hands(world.otto))
    _ines_brings_it_back_on_track(hands(world.ines), world)
    _devi_reads_the_note(hands(world.devi))
    launch = _ines_plans_the_launch(hands(world.ines), option)
    for actor, what in ((world.otto, "The runbook"), (world.sol, "The sales sheet")):
        _has_it_ready_and_votes(hands(actor), actor, launch, what)
    _ines_decides(hands(world.ines), launch)
    _the_first_voice_is_told(hands(world.ines))


def test_a_supplier_reports_a_milestone_and_sees_nothing_else(hands: Hands, world: World) -> None:
    option = _decided(world)
    row = agree_milestone(
        world.ines, product=world.tideline, supplier=world.buoyline, title="Forty sensors", option=option,
        due_on=timezone.localdate() + timedelta(days=9), criteria=["They float"],
    )  # fmt: skip
    kit = hands(None)
    kit.sign_in(world.kit)
    kit.page.wait_for_url("**/supplying")
    expect(kit.page.locator("h1")).to_contain_text("Forty sensors")

    kit.steps()
    kit.click("Delivered, every criterion met")
    expect(kit.page.locator("main")).to_contain_text("Waits for their answer")
    assert kit.steps() == 1
    row.refresh_from_db()
    assert row.state == Milestone.State.DELIVERED and row.met == [1]

    assert kit.page.get_by_role("link", name="Tideline").count() == 0
    for elsewhere in ("", "/development", "/launch", f"/options/{option.pk}", f"/suppliers/milestones/{row.pk}"):
        answered = kit.page.request.get(f"/tideline{elsewhere or '/inbox'}")
        assert answered.status == 404, elsewhere

    ines = hands(world.ines)
    ines.page.goto(TODAY)
    ines.click("Accept or send back: Forty sensors", "link")
    ines.click("Accept it")
    expect(ines.page.locator("main")).to_contain_text("ccepted")
    assert ines.steps() == 2


def _ines_defines(ines: Hand, option: Option) -> Definition:
    """She begins with what is known, writes, and asks two functions to sign the first version."""
    page = ines.page
    page.goto(f"/tideline/options/{option.pk}")
    ines.click("Define it")
    page.wait_for_url(re.compile(r"/definition/\d+$"))
    assert ines.steps() == 1
    definition = Definition.objects.get()
    expect(page.locator("#requirements")).to_contain_text(NEED)

    ines.press("e")
    page.wait_for_url("**/change")
    ines.write(outcome=OUTCOME)
    ines.press("Control+Enter")
    page.wait_for_url(f"**/definition/{definition.pk}")
    expect(page.locator("main")).to_contain_text(OUTCOME)
    assert ines.steps() == 2

    ines.press("p")
    page.wait_for_url("**/publish")
    ines.tick("Engineering")
    ines.tick("Support")
    ines.press("Control+Enter")
    page.wait_for_url(f"**/definition/{definition.pk}")
    assert ines.steps() == 4
    assert SignOff.objects.filter(state=SignOff.State.ASKED).count() == 2
    return definition


def _devi_signs_and_builds(devi: Hand, world: World, definition: Definition) -> None:
    """Devi finds on Today what she is asked to sign; her item says why it is built; she starts and finishes it."""
    page = devi.page
    _today(devi)
    devi.press("v")
    page.wait_for_url(f"**/definition/{definition.pk}")
    devi.press("a")
    expect(page.locator("aside")).to_contain_text("agreed")
    assert devi.steps() == 2

    page.goto("/tideline/development")
    requirement = definition.requirements.first()
    assert requirement is not None
    devi.press("n")
    page.wait_for_url("**/items/new")
    devi.write(title=f"Draw the berths, {requirement.ref}", assignee="Devi Rao")
    devi.press("Control+Enter")
    page.wait_for_url(re.compile(r"/items/\d+$"))
    assert devi.steps() == 2
    why = page.locator(".lede").inner_text()
    for part in ("Berth map", NEED, "accounts", "£"):
        assert part in why, why
    expect(page.locator("aside")).to_contain_text("Northmole Marina")

    devi.press("b")
    expect(page.locator("main")).to_contain_text("In hand")
    devi.press("d")
    item = WorkItem.objects.get()
    expect(page.get_by_role("button", name="Take up again")).to_be_visible()
    item.refresh_from_db()
    assert item.state == WorkItem.State.DONE and devi.steps() == 2
    _and_so_on_for_weeks(world, requirement.ref)


def _today(hand: Hand) -> None:
    """One's first page, with what waits for oneself, which follows it."""
    hand.page.goto(TODAY)
    expect(hand.page.locator("main")).to_contain_text("Changed since you were here")


def _otto_signs(otto: Hand) -> None:
    _today(otto)
    otto.press("v")
    otto.page.wait_for_url(re.compile(r"/definition/\d+$"))
    otto.press("a")
    expect(otto.page.locator("aside")).to_contain_text("signed, stands")
    assert otto.steps() == 2
    assert Definition.objects.get().state == Definition.State.SIGNED


def _ines_brings_it_back_on_track(ines: Hand, world: World) -> None:
    """She reads when it will be done, sees work without a reason, and writes to whom it concerns."""
    page = ines.page
    page.goto("/tideline/development")
    ines.steps()
    ines.click("Forecast it", "link")
    ines.page.wait_for_url("**/forecast")
    ines.press("f")
    expect(page.locator("main")).to_contain_text("Weighing what was finished")
    assert ines.steps() == 2
    delivery.run(DeliveryStudy.objects.get(option=None, team=None).pk)
    page.goto("/tideline/development/forecast")
    assert re.search(r"\d", ines.answer()) and "85 in 100" in ines.answer(), ines.answer()

    page.goto("/tideline/development")
    ines.click("The drift radar", "link")
    page.wait_for_url("**/drift")
    assert "has no reason" in ines.answer()
    expect(page.locator("main")).to_contain_text("New database")
    ines.press("w")
    page.wait_for_url("**/drift/note")
    assert "New database" in page.input_value("[name=text]")
    expect(page.get_by_label("Devi Rao, Engineering")).to_be_checked()
    ines.press("Control+Enter")
    page.wait_for_url(re.compile(r"/drift/\d+$"))
    assert ines.steps() == 3
    assert [one.person for one in DriftNote.objects.get().readers.all()] == [world.devi.person]


def _devi_reads_the_note(devi: Hand) -> None:
    _today(devi)
    devi.press("w")
    devi.page.wait_for_url(re.compile(r"/drift/\d+$"))
    devi.press("r")
    devi.page.wait_for_url("**/drift")
    assert devi.steps() == 2
    assert DriftNote.objects.get().readers.get().read_at is not None


def _ines_plans_the_launch(ines: Hand, option: Option) -> Launch:
    page = ines.page
    _template()
    page.goto(f"/tideline/options/{option.pk}")
    ines.click("Plan its launch", "link")
    page.wait_for_url("**/launch/new?*")
    ines.write(planned_on=f"{timezone.localdate() + timedelta(days=12):%Y-%m-%d}")
    page.select_option("[name=template]", label="A quay")
    ines.press("Control+Enter")
    page.wait_for_url(re.compile(r"/launch/\d+$"))
    assert ines.steps() == 2
    launch = Launch.objects.get()
    assert Commitment.objects.filter(launch=launch, state="asked").count() == 2
    return launch


def _has_it_ready_and_votes(hand: Hand, actor: Actor, launch: Launch, what: str) -> None:
    """From what is asked, found on Today, to the promise, the evidence and the function's word."""
    page, function = hand.page, actor.person.function if actor.person else None
    _today(hand)
    hand.steps()
    hand.click(f"Answer: {what}", "link")
    page.wait_for_url(re.compile(r"/asked/\d+$"))
    hand.press("p")
    expect(page.locator("h1")).to_contain_text("promised by")
    assert hand.steps() == 2
    hand.write(evidence="It hangs by the desk, and two of us have used it.")
    hand.press("Control+Enter")
    expect(page.locator("h1")).to_contain_text("done on")
    assert hand.steps() == 1

    _today(hand)
    hand.click(f"Go or no-go: {launch}", "link")
    page.wait_for_url("**/go")
    hand.tick("go")
    hand.press("Control+Enter")
    expect(page.locator("main")).to_contain_text(str(actor.person))
    assert hand.steps() == 3
    assert GoVote.objects.get(function=function).says == GoVote.Says.GO


def _ines_decides(ines: Hand, launch: Launch) -> None:
    page = ines.page
    page.goto(TODAY)
    ines.steps()
    ines.click(f"Go or no-go: {launch}", "link")
    page.wait_for_url("**/go")
    ines.write(reasons="Everyone is ready.")
    ines.press("Control+Enter")
    page.wait_for_url(f"**/launch/{launch.pk}")
    assert ines.steps() == 2
    ines.press("l")
    ines.click("It is launched", within="dialog[open]")
    expect(page.locator("main")).to_contain_text("launched")
    launch.refresh_from_db()
    assert launch.state == Launch.State.LAUNCHED and ines.steps() == 2


def _the_first_voice_is_told(ines: Hand) -> None:
    """From what was said first to what became of it."""
    first = Feedback.objects.get(text=SAID)
    ines.page.goto(f"/tideline/feedback/{first.pk}")
    strip = ines.page.locator(".trace")
    expect(strip).to_contain_text("Launched", ignore_case=True)
    strip.locator("a[href*='/trace/']").click()
    ines.page.wait_for_url(f"**/tideline/trace/{first.ref}")
    assert "was chosen for it and launched on" in ines.answer(), ines.answer()


def _decided(world: World) -> Option:
    """A need that half of the market's voices have, an option with a business case, and the decision for it."""
    need = Opportunity.objects.create(product=world.tideline, title=NEED, keeper=world.ines.person)
    first = world.feedback(SAID, state="sorted")
    link_evidence(world.ines, opportunity=need, feedback=[first], quote="Where is a free berth tonight?")
    for number in range(24):
        segment = world.marinas if number % 2 else world.clubs
        account = Account.objects.create(name=f"Harbour {number}", segment=segment)
        said = world.feedback(f"Berths are a riddle here. {number}", account=account, state="sorted")
        if number % 2:
            link_evidence(world.ines, opportunity=need, feedback=[said])
    demand.run_now(world.tideline)
    option = Option.objects.create(product=world.tideline, title="Berth map", state="ready", keeper=world.ines.person)
    Meets.objects.create(option=option, opportunity=need)
    engineering = Function.objects.get(name="Engineering")
    estimate_effort(
        world.devi, option=option, function=engineering, low=0.2, likely=0.4, high=0.8, source="one like it"
    )
    write_case(world.ines, option=option, spec=cases.new_spec(option))
    cases.run_now(option.cases.order_by("-version").first())
    decide(world.leda, option=option, kind="choose", reasons="It earns most.", starts=timezone.localdate())
    return option


def _and_so_on_for_weeks(world: World, requirement: str) -> None:
    """What Devi's team did in ten weeks, so that there is something to forecast from, and what nobody asked for."""
    today = timezone.localdate()

    def item(title: str) -> WorkItem:
        came_up = today - timedelta(days=80)
        return add_item(world.devi, product=world.tideline, title=title, assignee="Devi Rao", added_on=came_up)

    parts = [item(f"Part {number} of {requirement}") for number in range(12)]
    for weeks, part in enumerate(parts[:10]):
        ended = today - timedelta(days=7 * (10 - weeks))
        start_item(world.devi, item=part, on=ended - timedelta(days=5))
        finish_item(world.devi, item=part, on=ended)
    start_item(world.devi, item=item("New database"), on=today - timedelta(days=20))


def _template() -> None:
    template = LaunchTemplate.objects.create(name="A quay", decide_before=5)
    for name, title in (("Support", "The runbook"), ("Sales", "The sales sheet")):
        function = Function.objects.get(name=name)
        TemplateLine.objects.create(template=template, function=function, title=title, days_before=6)
