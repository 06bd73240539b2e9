"""The whole line through actions alone, each by the person whose work it is: from what a visitor asks for on the portal
to what it earns, what is done about that, and all the way back."""

from __future__ import annotations

from decimal import Decimal
from html import unescape

from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from clearspan.catalogue.actions import change_contact
from clearspan.catalogue.models import Contact
from clearspan.core.models import Function
from clearspan.stages.briefs.actions import send_brief, write_brief
from clearspan.stages.briefs.wording import LEAD
from clearspan.stages.decisions.actions import decide, word_for_roadmap
from clearspan.stages.decisions.models import Decision
from clearspan.stages.decisions.queries import promises
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.inlife.actions import (
    attribute_line,
    make_option_of_proposal,
    record_ledger_entry,
    take_up_suggestion,
)
from clearspan.stages.inlife.models import LedgerEntry, LedgerLine
from clearspan.stages.inlife.months import month_after, this_month
from clearspan.stages.inlife.queries.suggested import suggested
from clearspan.stages.launch.models import Launch
from clearspan.stages.opportunities import studies as demand
from clearspan.stages.opportunities.actions import create_opportunity, link_evidence
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options import studies as cases
from clearspan.stages.options.actions import create_option, estimate_effort, write_case
from clearspan.stages.options.models import Option
from clearspan.stages.portal import links
from clearspan.stages.portal.actions import (
    change_entry,
    confirm_visitor,
    draft_entry,
    publish_entry,
    publish_idea,
    send_idea,
    tell_those_who_asked,
    vote_for_idea,
)
from clearspan.stages.portal.drafts import letter
from clearspan.stages.portal.models import Idea, Telling, Visitor
from clearspan.stages.trace.queries import line_of
from clearspan.stages.trace.sentences import became, plain, why
from tests.journeys.steps import built, defined, launched
from tests.stages.portal.small import SYSTEM, letters, open_portal
from tests.world import World

ASKED = "Could we see which berths are free, before we come in?"
NEED = "See which berths are free"
MONEY = Decimal(12_000)  # what subscriptions bring in a month


def test_what_a_visitor_asked_for_earns_and_every_way_leads_back_to_them(world: World) -> None:
    idea = _a_visitor_asks_and_others_want_it_too(world)
    need = _ines_links_it_to_a_need(world, idea)
    option, decision = _leda_decides(world, need)
    assert _on_the_portal(idea).startswith("We are finding out"), "what was not published is not told"
    word_for_roadmap(world.ines, option=option, audience="customers", title="A map of free berths", publish=True)
    built(world, defined(world, option))
    assert _on_the_portal(idea).startswith("Being built"), "though nothing is left to build: it is not there yet"
    launch = launched(world, option)
    _those_who_asked_are_told(world, launch, need)
    spent = _leda_keeps_the_books(world, option)
    _what_came_is_held_against_what_was_promised(world, decision)
    _it_goes_on_from_what_the_facts_suggest(world)
    _leda_reads_it(world)

    back = line_of(world.leda, spent)
    assert back is not None
    assert (back.options, back.decisions, back.launches) == ([option], [decision], [launch])
    assert idea.feedback in back.feedback
    assert NEED in plain(why(world.leda, back))

    forward = line_of(world.otto, idea.feedback)
    assert forward is not None
    said = plain(became(world.otto, forward))
    for part in (NEED, "Berth map", "launched on", "it had brought £", "was told on"):
        assert part in said, said

    public = _page(f"/portal/tideline/ideas/{idea.pk}")
    assert "Here" in public and "On the market since" in public and "Free berths, at a glance" in public
    assert "£" not in public and "Berth map" not in public, "customers read neither money nor our own names for things"


def _a_visitor_asks_and_others_want_it_too(world: World) -> Idea:
    """An idea and its votes count as soon as their addresses are confirmed, each once, and are evidence then."""
    change_contact(world.sol, contact=Contact.objects.get(account=world.northmole), email="cora@northmole.example")
    portal = open_portal(world)
    idea = send_idea(
        SYSTEM, portal=portal, text=ASKED, address="mate@northmole.example", name="The mate", nonce="first"
    )
    assert not Feedback.objects.exists(), "a stranger may have given the address"
    _confirms(letters()[-1])
    idea.refresh_from_db()
    assert idea.feedback is not None
    assert idea.feedback.account == world.northmole, "whose it is, by the domain of a contact"
    publish_idea(world.ines, idea=idea, title="See free berths before coming in")

    for address in ("bo@quay.example", "cy@quay.example", "Bo@quay.example"):
        vote_for_idea(SYSTEM, idea=idea, address=address, nonce=address)
        _confirms(letters()[-1])
    vote_for_idea(SYSTEM, idea=idea, address="never@answers.example", nonce="never")
    idea.refresh_from_db()
    assert idea.votes == 3, "the mate, Bo once, Cy"
    assert Feedback.objects.count() == 3, "the idea and two votes; who has the idea was heard already"
    return idea


def _ines_links_it_to_a_need(world: World, idea: Idea) -> Opportunity:
    need = create_opportunity(world.ines, product=world.tideline, title=NEED)
    assert idea.feedback is not None
    link_evidence(world.ines, opportunity=need, feedback=[idea.feedback], quote="which berths are free")
    assert need.mentions.count() == 3, "the votes speak of what the idea speaks of"
    demand.run_now(world.tideline)
    return need


def _leda_decides(world: World, need: Opportunity) -> tuple[Option, Decision]:
    option = create_option(world.ines, product=world.tideline, title="Berth map", opportunities=[need])
    engineering = Function.objects.get(name="Engineering")
    estimate_effort(world.devi, option=option, function=engineering, low=1, likely=2, high=3, source="two like it")
    spec = cases.new_spec(option)
    spec["drivers"]["in_need"] = {"p10": 0.2, "p50": 0.3, "p90": 0.4, "unit": "share", "note": "a survey"}
    write_case(world.ines, option=option, spec=spec)
    cases.run_now(option.cases.get())
    decision = decide(world.leda, option=option, kind="choose", reasons="It earns most.", starts=timezone.localdate())
    assert decision.expected["npv"]["mean"] > 0
    option.refresh_from_db()
    return option, decision


def _those_who_asked_are_told(world: World, launch: Launch, need: Opportunity) -> None:
    """What is new is drafted from the launch and put into customers' words; each who asked hears of it once."""
    entry = draft_entry(world.ines, product=world.tideline, launch=launch)
    change_entry(world.ines, entry=entry, title="Free berths, at a glance", text="The map shows them. White is free.")
    publish_entry(world.ines, entry=entry)
    before = len(letters())
    drafted = letter(need, Telling.Occasion.LAUNCHED)
    for_whom = {"opportunity": need, "occasion": Telling.Occasion.LAUNCHED}
    sent = tell_those_who_asked(world.ines, **for_whom, subject=drafted.title, text=drafted.text)
    told = letters()[before:]
    assert sorted(one["to"] for one in told) == ["bo@quay.example", "cy@quay.example", "mate@northmole.example"]
    assert sent.count == 3 and all("It is here." in one["text"] for one in told)


def _leda_keeps_the_books(world: World, option: Option) -> LedgerEntry:
    """A year of revenue beside its budget, of which running it eats more each quarter; and what the option cost."""
    revenue, hosting, development = (_line(name) for name in ("Subscriptions", "Hosting", "Development"))
    months = [month_after(this_month(), -back) for back in range(12, 0, -1)]
    for at, month in enumerate(months):
        for kind, line, amount in (
            ("budget", revenue, MONEY), ("actual", revenue, MONEY), ("actual", hosting, 1_000 + 500 * (at // 3)),
        ):  # fmt: skip
            record_ledger_entry(
                world.leda, product=world.tideline, line=line, month=month, amount=Decimal(amount), kind=kind
            )
    return record_ledger_entry(
        world.leda, product=world.tideline, line=development, month=months[-1], amount=Decimal(900), option=option
    )


def _what_came_is_held_against_what_was_promised(world: World, decision: Decision) -> None:
    """What lies above the line as it was is the decision's doing, less what was booked on its option."""
    attribute_line(
        world.ines, decision=decision, line=_line("Subscriptions"), without=MONEY - 2_000,
        starts=month_after(this_month(), -1),
    )  # fmt: skip
    (one,) = promises(world.leda, [decision])
    assert one.came is not None
    assert abs(one.came - 1_100) < 40, "2,000 more in its one month, less 900, discounted to the start of the quarter"
    assert one.verdict, "and held against what was to have come by then"


def _it_goes_on_from_what_the_facts_suggest(world: World) -> None:
    """The margin fell three quarters running: Clearspan says so, Ines takes it up, and it is an option with a case."""
    (found,) = [one for one in suggested(world.ines, world.tideline) if one.key == "margin-falls"]
    proposal = take_up_suggestion(world.ines, product=world.tideline, suggested=found.key)
    option = make_option_of_proposal(world.ines, proposal=proposal)
    assert option.cases.count() == 1 and proposal.grounds.exists()
    line = line_of(world.leda, option)
    assert line is not None
    assert line.proposals == [proposal]


def _leda_reads_it(world: World) -> None:
    """The brief for leadership, with a line of Ines' own, goes to Leda with the money against the plan."""
    write_brief(world.ines, product=world.tideline, audience="leadership", part=LEAD, text="The map is out.")
    sending = send_brief(world.ines, product=world.tideline, audience="leadership", everyone=True)
    assert [one["name"] for one in sending.to] == ["Leda Quist"]
    assert "The map is out." in sending.text and "£" in sending.text
    assert letters()[-1]["to"] == "leda@example.org"


def _confirms(sent: dict[str, str]) -> None:
    """What the button behind a letter's link does."""
    secret = sent["text"].partition("/me/confirm/")[2].split()[0]
    read = links.read_confirm(secret)
    assert read is not None
    confirm_visitor(SYSTEM, visitor=Visitor.objects.get(pk=read[0]), nonce=read[1])


def _on_the_portal(idea: Idea) -> str:
    """Where an idea stands, as anybody reads it."""
    return _page(f"/portal/tideline/ideas/{idea.pk}").partition(f"{idea.title} ")[2].partition(f"{idea.title} ")[2]


def _page(path: str) -> str:
    """The words of a page as a stranger reads them."""
    answer = Client().get(path)
    assert answer.status_code == 200
    return " ".join(unescape(strip_tags(answer.content.decode())).split())


def _line(name: str) -> LedgerLine:
    return LedgerLine.objects.get(name=name)
