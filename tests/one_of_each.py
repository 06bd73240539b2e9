"""One row of every kind there is, all of Tideline, for tests that go over all models, actions and pages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
from django.db import models

from clearspan.catalogue.models import (
    Competitor,
    Contact,
    Gate,
    LifecycleStage,
    Line,
    MarketSize,
    Offer,
    Price,
    ProductRole,
    Role,
    SupplierContact,
)
from clearspan.core.models import Comment, Company, Event, Function, Import, Invitation, Token, User
from clearspan.engines import delivery
from clearspan.interfaces.archive.models import Backup
from clearspan.interfaces.webhooks.models import Delivery, Webhook
from clearspan.stages.briefs.models import Brief, BriefSending, Digest
from clearspan.stages.decisions.models import (
    Bucket,
    Capacity,
    Decision,
    Displacement,
    Outcome,
    PortfolioStudy,
    RoadmapWording,
)
from clearspan.stages.definition.models import (
    Definition,
    DefinitionVersion,
    Ground,
    Requirement,
    RequirementStanding,
    SignOff,
)
from clearspan.stages.development.models import (
    DeliveryStudy,
    DriftNote,
    Milestone,
    NoteReader,
    Pull,
    Quote,
    RefusedLink,
    Team,
    Tracker,
    WorkItem,
)
from clearspan.stages.evidence.models import Ask, Feed, Intelligence, Interview
from clearspan.stages.inlife.models import (
    KPI,
    Attribution,
    KPIReading,
    LedgerEntry,
    LedgerForecast,
    LedgerLine,
    LedgerVersion,
    Proposal,
    ProposalGround,
)
from clearspan.stages.launch.models import (
    Campaign,
    CampaignResult,
    Collateral,
    Commitment,
    GoDecision,
    GoVote,
    Launch,
    LaunchMeasure,
    LaunchOption,
    LaunchTemplate,
    TemplateLine,
)
from clearspan.stages.opportunities.models import (
    DemandStudy,
    Mention,
    NeedIntelligence,
    NeedStanding,
    Opportunity,
    Theme,
    ThemeStudy,
    Verdict,
)
from clearspan.stages.options.models import BusinessCase, CaseStudy, Effort, Impact, Meets, Needs, Option
from clearspan.stages.portal.models import (
    ChangelogEntry,
    Idea,
    IdeaComment,
    IdeaVote,
    Portal,
    Subscription,
    Telling,
    Told,
    Visitor,
)
from tests.world import World

NUMBERS = {"mean": 0.3, "p05": 0.1, "p25": 0.2, "p75": 0.4, "p95": 0.5}


def one_of_each(world: World) -> dict[type[models.Model], Any]:
    """Model to row. What needs a person has Ines."""
    product, ines = world.tideline, world.ines.person
    function = Function.objects.get(name="Engineering")
    feedback = world.feedback(title="Twice booked")
    asked = world.feedback("We need a tide alarm.", account=world.saltings, channel="deal")
    need = Opportunity.objects.create(product=product, title="Know who lies where", keeper=ines)
    study = DemandStudy.objects.create(product=product, status="done", result={"opportunities": []})
    themes = ThemeStudy.objects.create(product=product, status="done", result={})
    option = Option.objects.create(product=product, title="Berth map", keeper=ines)
    other = Option.objects.create(product=product, title="Paper plan")
    case = BusinessCase.objects.create(option=option, version=1, spec={"drivers": {}, "lines": []}, written_by=ines)
    plan = PortfolioStudy.objects.create(product=product, status="done", result={"selected": [], "rejected": []})
    rival = Competitor.objects.create(product=product, name="Paper and pencil")
    rows: list[models.Model] = [
        world.tideline, world.marinas, world.northmole, world.deal, feedback, need, study, themes, option, case, plan,
        function,
        Company.ours(), world.otto.person, Line.objects.get(), LifecycleStage.objects.first(), Gate.objects.first(),
        Role.objects.first(), ProductRole.objects.filter(product=product).first(), MarketSize.objects.first(),
        Contact.objects.get(), rival,
        Interview.objects.create(feedback=feedback, held_by=ines),
        Ask.objects.create(deal=world.deal, feedback=asked, wants="A tide alarm", asked_by=world.sol.person),
        Intelligence.objects.create(product=product, title="Harbour law", source="Gazette", seen_on=date(2026, 2, 1)),
        Mention.objects.create(opportunity=need, feedback=feedback, quote="We book berths twice."),
        Theme.objects.create(study=themes, label="double booking", size=3),
        Meets.objects.create(option=option, opportunity=need), Needs.objects.create(option=option, other=other),
        Effort.objects.create(option=option, function=function, low=1, likely=2, high=3),
        Impact.objects.create(option=option, function=function, stated_by=ines),
        CaseStudy.objects.create(case=case, status="done"),
        Capacity.objects.create(product=product, function=function, quarter=date(2026, 4, 1), people=3),
        Bucket.objects.create(product=product, name="new"), Displacement.objects.create(option=option, study=plan),
        Decision.objects.create(
            product=product, kind="choose", option=option, title="Chosen: Berth map", reasons="It earns most.",
            decided_on=date(2026, 3, 1), decided_by=ines, starts=date(2026, 4, 1),
        ),
        _outcome(option, ines),
        RoadmapWording.objects.create(option=option, audience="customers", title="See every berth"),
        Comment.objects.create(about=need.ref, person=ines, text="Heard it again today."),
        Event.objects.create(person=ines, interface="screen", action="change_option", summary="changed an option"),
        Import.objects.create(kind="evidence", name="topics.csv", digest="0", asked_by=ines),
        Token.objects.create(person=ines, name="my script", scopes=["read"], secret_hash="0"),
        Invitation.objects.create(
            email="new@example.org", name="New", secret_hash="0", expires_at=datetime(2027, 1, 1, tzinfo=UTC)
        ),
        _verdict(need, study), Backup.objects.create(status="done"), *_webhook(ines),
        world.buoyline, SupplierContact.objects.get(),
        *_market(world, need, rival), *_definition(world, option, need),
        *_development(world, option), *_launch(world, option), *_portal(world, need),
        *_briefs(world),
        *_improving(world, option),
        *_ledger(world),
    ]  # fmt: skip
    return {type(row): row for row in rows}


def _market(world: World, need: Opportunity, rival: Competitor) -> list[models.Model]:
    product, seen = world.tideline, date(2026, 1, 15)
    offer = Offer.objects.create(product=product, competitor=rival, name="A wall planner")
    known = Intelligence.objects.create(product=product, title="Paper grows dear", source="Trade press", seen_on=seen)
    return [
        offer, Price.objects.create(offer=offer, amount=12, currency="GBP", per="a year", seen_on=seen, source="Shop"),
        Feed.objects.create(product=product, name="Paper news", address="https://news.example.org/feed", status="done"),
        NeedStanding.objects.create(opportunity=need, competitor=rival, says="no", seen_on=seen, source="We looked"),
        NeedIntelligence.objects.create(opportunity=need, intelligence=known),
    ]  # fmt: skip


def _outcome(option: Option, person: Any) -> Outcome:
    day, decision = date(2026, 3, 20), option.decisions.get()
    made: Outcome = Outcome.objects.create(decision=decision, day=day, amount=1_200.0, noted_by=person)
    return made


def _briefs(world: World) -> list[models.Model]:
    brief = Brief.objects.create(product=world.tideline, audience="development")
    said = {"number": 1, "title": "Two things are coming", "text": "# Two things are coming\n"}
    digest = Digest.objects.create(person=world.ines.person, product=world.tideline, every="week")
    return [brief, digest, BriefSending.objects.create(brief=brief, sent_by=world.ines.person, **said)]


def _definition(world: World, option: Option, need: Opportunity) -> list[models.Model]:
    definition = Definition.objects.create(
        product=world.tideline, option=option, title="Berth map", keeper=world.ines.person, problem="Nobody knows."
    )
    requirement = Requirement.objects.create(definition=definition, title="Every berth shows its boat")
    version = DefinitionVersion.objects.create(
        definition=definition, number=1, content={}, note="first", written_by=world.ines.person
    )
    support = Function.objects.get(name="Support")
    return [
        definition, requirement, version,
        RequirementStanding.objects.create(
            requirement=requirement, says="partly", seen_on=date(2026, 2, 3), source="We tried it"
        ),
        Ground.objects.create(requirement=requirement, opportunity=need),
        SignOff.objects.create(version=version, function=support),
    ]  # fmt: skip


def _ledger(world: World) -> list[models.Model]:
    line = LedgerLine.objects.get(name="Subscriptions")
    version = LedgerVersion.objects.create(
        product=world.tideline, kind="actual", name="Actual", counts_at=datetime(2026, 4, 1, tzinfo=UTC)
    )
    entry = LedgerEntry.objects.create(version=version, line=line, month=date(2026, 3, 1), amount=Decimal(1200))
    return [line, version, entry, LedgerForecast.objects.create(product=world.tideline, status="done", result={})]


def _development(world: World, option: Option) -> list[models.Model]:
    product, supplier, day = world.tideline, world.buoyline, date(2026, 5, 1)
    tracker = Tracker.objects.create(
        product=product, system="github", address="https://api.github.com", project="harbour/tideline"
    )
    note = DriftNote.objects.create(product=product, title="Back to the map", text="Half the work has no reason.")
    item = WorkItem.objects.create(product=product, title="Draw the berths", added_on=date(2026, 3, 2), option=option)
    return [
        Team.objects.create(product=product, name="Slipway"), tracker, note, item,
        RefusedLink.objects.create(item=item, option=Option.objects.get(title="Paper plan")),
        Pull.objects.create(tracker=tracker, status="done"),
        NoteReader.objects.create(note=note, person=world.devi.person),
        DeliveryStudy.objects.create(product=product, status="done", **_forecast()),
        Quote.objects.create(product=product, supplier=supplier, title="Forty berth sensors", option=option),
        Milestone.objects.create(product=product, supplier=supplier, title="First ten sensors", due_on=day),
    ]  # fmt: skip


def _forecast() -> dict[str, Any]:
    """Of thirty items, from ten weeks in which five were finished."""
    days = np.repeat(date(2026, 3, 2).toordinal() - 7 * np.arange(10, 0, -1), 5)
    items = delivery.Items(tuple(f"WI-{i}" for i in range(50)), days - 9, days - 3, days)
    told = delivery.study(items, delivery.Work(30), np.random.default_rng(0)).to_dict()
    told |= {
        "done": 50,
        "growth_known": True,
        "usual_growth": None,
        "if_growth": [{"growth": [1.0, 1.0], "p50": None, "p85": None}],
    }
    return {"result": told, "p10": None, "p50": date(2026, 4, 5), "p85": date(2026, 4, 5), "p95": date(2026, 4, 5)}


def _launch(world: World, option: Option) -> list[models.Model]:
    support = Function.objects.get(name="Support")
    template = LaunchTemplate.objects.create(name="A quay")
    launch = Launch.objects.create(
        product=world.tideline, title="Berth map, for marinas", planned_on=date(2026, 9, 1), keeper=world.ines.person
    )
    campaign = Campaign.objects.create(product=world.tideline, name="Boat show", starts=date(2026, 9, 10))
    return [
        template, TemplateLine.objects.create(template=template, function=support, title="Support knows it"), launch,
        LaunchOption.objects.create(launch=launch, option=option),
        Commitment.objects.create(launch=launch, function=support, title="Support knows it", due_on=date(2026, 8, 20)),
        LaunchMeasure.objects.create(
            launch=launch, name="Marinas using it", low=20, likely=40, high=70, due_on=date(2026, 12, 1)
        ),
        Collateral.objects.create(launch=launch, kind="sales_sheet", title="Berth map at a glance"),
        GoVote.objects.create(
            launch=launch, function=support, says="go", said_at=datetime(2026, 8, 21, tzinfo=UTC)
        ),
        GoDecision.objects.create(launch=launch, goes=True, reasons="All are ready.", decided_on=date(2026, 8, 25)),
        campaign, CampaignResult.objects.create(campaign=campaign, day=date(2026, 9, 12)),
    ]  # fmt: skip


def _portal(world: World, need: Opportunity) -> list[models.Model]:
    product, day = world.tideline, datetime(2026, 5, 1, tzinfo=UTC)
    visitor = Visitor.objects.create(address="ada@quay.example", key="ada@quay.example", name="Ada", confirmed_at=day)
    heard = world.feedback("Where is a free berth tonight?", title="See free berths", channel="portal")
    idea = Idea.objects.create(
        product=product, title="See free berths", text="From the water.", visitor=visitor, author="Ada", state="public",
        feedback=heard, said_at=day, published_at=day, votes=1,
    )  # fmt: skip
    telling = Telling.objects.create(
        opportunity=need, occasion="decided", subject="Berths", text="We do it.", sent_at=day
    )
    return [
        Portal.objects.create(product=product, is_open=True), visitor, idea, telling,
        IdeaVote.objects.create(idea=idea, visitor=visitor, confirmed_at=day),
        IdeaComment.objects.create(
            idea=idea, visitor=visitor, author="Ada", text="At night above all.", state="public", said_at=day
        ),
        Subscription.objects.create(product=product, visitor=visitor, idea=idea, confirmed_at=day),
        ChangelogEntry.objects.create(product=product, title="Quicker", text="On old tablets.", published_at=day),
        Told.objects.create(telling=telling, key=visitor.key, name="Ada", visitor=visitor, idea=idea, sent_at=day),
    ]  # fmt: skip


def _improving(world: World, option: Option) -> list[models.Model]:
    """What is done about what is on the market."""
    product, day = world.tideline, date(2026, 5, 1)
    kpi = KPI.objects.create(
        product=product, name="Renewals", unit="%", target=90, target_on=date(2026, 12, 31), target_set_on=day,
        chance=0.6, owner=world.ines.person,
    )  # fmt: skip
    proposal = Proposal.objects.create(
        product=product, kind="reprice", title="A pound more a berth", why="Nobody left at the last one.",
        low=1_000, likely=4_000, high=9_000, made_by=world.ines.person,
    )  # fmt: skip
    line = LedgerLine.objects.get(name="Subscriptions")
    return [
        kpi, KPIReading.objects.create(kpi=kpi, day=day, value=82), proposal,
        ProposalGround.objects.create(proposal=proposal, figure="Price unmoved for two years", kpi=kpi),
        Attribution.objects.create(decision=option.decisions.get(), line=line, share=0.5),
    ]  # fmt: skip


def _webhook(owner: User) -> list[models.Model]:
    hook = Webhook.objects.create(owner=owner, name="our chat", address="https://hooks.example.org/x", is_on=False)
    return [hook, Delivery.objects.create(webhook=hook, status="failed", words="it answered 500")]


def _verdict(need: Opportunity, study: DemandStudy) -> Verdict:
    numbers = {f"share{'' if k == 'mean' else '_' + k}": v for k, v in NUMBERS.items()}
    numbers |= {f"value{'' if k == 'mean' else '_' + k}": v * 1e6 for k, v in NUMBERS.items()}
    made: Verdict = Verdict.objects.create(
        opportunity=need, study=study, kind="market", probability=0.9, rank=1, heard=12, asking=4, **numbers
    )
    return made
