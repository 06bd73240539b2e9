"""What machines may read, each declared once: REST has a list and a page of each, MCP two tools, all through
`visible_to(actor)`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date

from clearspan.catalogue import competing
from clearspan.catalogue.models import (
    Account,
    Competitor,
    Deal,
    MarketSize,
    Offer,
    Price,
    Product,
    Segment,
    Supplier,
)
from clearspan.catalogue.queries import competition
from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.actor import Actor
from clearspan.core.lists import by_words
from clearspan.core.models import Company, Event, Function
from clearspan.interfaces.shapes import guest_fields, plain, shape
from clearspan.interfaces.tokens import READ
from clearspan.stages.decisions.models import Decision, Outcome, PortfolioStudy
from clearspan.stages.decisions.queries import promises
from clearspan.stages.definition import content, exports
from clearspan.stages.definition.exports.subject import subject
from clearspan.stages.definition.models import Definition, Requirement, RequirementStanding
from clearspan.stages.development import item_words
from clearspan.stages.development.models import DeliveryStudy, Milestone, Pull, Quote, Team, Tracker, WorkItem
from clearspan.stages.development.queries.why import why
from clearspan.stages.evidence.models import Ask, Feed, Feedback, Intelligence
from clearspan.stages.inlife import calibration_words, kpi_words
from clearspan.stages.inlife.models import KPI, Attribution, KPIReading, Proposal
from clearspan.stages.inlife.queries.judged import judged
from clearspan.stages.inlife.queries.kpis import standings
from clearspan.stages.inlife.queries.proposals import grounds
from clearspan.stages.inlife.queries.suggested import suggested
from clearspan.stages.launch import answers as launch_answers
from clearspan.stages.launch import battlecard_text, campaign_words
from clearspan.stages.launch import queries as launch_queries
from clearspan.stages.launch.models import Campaign, CampaignResult, Collateral, Commitment, Launch
from clearspan.stages.launch.queries import battlecards
from clearspan.stages.launch.queries import campaigns as campaign_queries
from clearspan.stages.opportunities.models import (
    DemandStudy,
    Mention,
    NeedIntelligence,
    NeedStanding,
    Opportunity,
    Verdict,
)
from clearspan.stages.options.models import CaseStudy, Option
from clearspan.stages.trace.queries import line_of

MOST = 200


@dataclass(frozen=True)
class Read:
    """One kind of row. `more` adds what its page has; `product` is the way to its product, "" when it has none."""

    name: str  # of the list: opportunities
    one: str  # of a single row: opportunity
    model: Any
    help: str
    product: str = "product"
    searched: bool = False
    has_state: bool = False
    more: Callable[[Actor, Any], dict[str, Any]] | None = None


def _need(actor: Actor, need: Opportunity) -> dict[str, Any]:
    verdict = Verdict.objects.filter(opportunity=need).first()
    mentions = Mention.objects.visible_to(actor).filter(opportunity=need).select_related("feedback__account")[:20]
    quotes = [
        {
            "quote": one.quote or one.feedback.text[:300],
            "account": str(one.feedback.account or ""),
            "feedback": one.feedback.ref,
        }
        for one in mentions
    ]
    return {"verdict": plain(actor, verdict) if verdict else None, "quotes": quotes, "line": _line(actor, need)}


def _option(actor: Actor, option: Option) -> dict[str, Any]:
    study = (
        CaseStudy.objects.filter(case__option=option, status="done").order_by("-pk").defer("result", "inputs").first()
    )
    names = ("npv", "npv_p05", "npv_p50", "npv_p95", "probability_of_loss")
    money = {name: getattr(study, name) for name in names} if study else None
    efforts = [plain(actor, row) for row in option.efforts.select_related("function")]
    return {
        "money": money,
        "efforts": efforts,
        "impacts": plain(actor, list(option.impacts.all())),
        "line": _line(actor, option),
    }


def _decision(actor: Actor, decision: Decision) -> dict[str, Any]:
    """What was promised by the day of what came, what came, and how it stands."""
    (found,) = promises(actor, [decision])
    came = found.outcome
    return {
        "promised": list(found.whole) if found.whole else None,
        "promised_by_then": list(found.by_then) if found.by_then else None,
        "came": None if came is None else {
            "day": plain(actor, came.day), "amount": came.amount, "source": came.source, "note": came.note,
            "is_final": came.is_final,
        },
        "verdict": found.verdict,
    }  # fmt: skip


def _definition(actor: Actor, definition: Definition) -> dict[str, Any]:
    """All of it as it is written now, as Markdown, and what each version was and who signed it."""
    now = subject(actor, definition)
    versions = [
        {**_without_content(actor, version), "sign_offs": plain(actor, list(version.sign_offs.all()))}
        for version in definition.versions.prefetch_related("sign_offs")
    ]
    return {
        "requirements": plain(actor, now.content.to_json()["requirements"]),
        "on_no_evidence": [clause.ref for clause in now.content.ungrounded],
        "markdown": exports.export(now, "markdown").decode(),
        "versions": versions,
    }


def _requirement(actor: Actor, requirement: Requirement) -> dict[str, Any]:
    """What it stands on, and why it is wanted, in a sentence."""
    clauses = content.read(requirement.definition).requirements
    clause = next((one for one in clauses if one.ref == requirement.ref), None)
    return {
        "grounds": plain(actor, list(requirement.grounds.all())),
        "why": clause.why if clause else "It was dropped.",
    }


def _item(actor: Actor, item: WorkItem) -> dict[str, Any]:
    """Why it is built, in a sentence and as rows: back to the decision, the needs and what customers said."""
    found = why(actor, item)
    return {
        "why": item_words.why(found, Company.ours().currency),
        "decision": f"{found.decision.ref} {found.decision}" if found.decision else None,
        "expected_npv": found.npv,
        "needs": [{"need": f"{need.row.ref} {need.row}", "mentions": need.mentions, "accounts": need.accounts,
                   "value": need.verdict.value if need.verdict else None} for need in found.needs],
        "quotes": [mention.quote for mention in found.quotes],
    }  # fmt: skip


def _campaign(actor: Actor, campaign: Campaign) -> dict[str, Any]:
    (one,) = campaign_queries.stands([campaign])
    return {
        "stands": campaign_words.of_campaign(one, Company.ours().currency),
        "each": one.each,
        "cost_of_one": list(one.cost) if one.cost else None,
        "results": plain(actor, list(one.results)),
    }


def _competitor(actor: Actor, competitor: Competitor) -> dict[str, Any]:
    """What they sell and what that costs, how deals with them ended, and the battlecard, as Markdown."""
    offers = competition.offers(actor, competitor.product, competitor)
    found = [
        {"offer": one.offer.ref, "name": str(one.offer), "costs": competing.amount(one.now),
         "moved": competing.moved(one), "stale": one.is_stale}
        for one in offers
    ]  # fmt: skip
    card = battlecards.battlecard(actor, competitor)
    deals = competition.record_against(actor, competitor)
    return {"offers": found, "deals": deals, "battlecard": battlecard_text.markdown(card), "missing": card.gaps}


def _launch(actor: Actor, launch: Launch) -> dict[str, Any]:
    found = launch_queries.readiness(actor, launch, timezone.localdate())
    judged = launch_queries.judged(actor, launch)
    return {
        "stands": launch_answers.of_launch(found, judged),
        "brings": [f"{option.ref} {option}" for option in launch.options.all()],
        "readiness": launch_queries.as_kept(found),
        "measures": [plain(actor, one.measure) for one in judged],
    }


def _feedback(actor: Actor, feedback: Feedback) -> dict[str, Any]:
    return {"line": _line(actor, feedback)}


def _kpi(actor: Actor, kpi: KPI) -> dict[str, Any]:
    """Where it stands, whether that is on its way, and its newest readings."""
    (one,) = standings([kpi], timezone.localdate())
    return {
        "stands": kpi_words.of_kpi(one), "more": kpi_words.under(one), "is_on": one.is_on,
        "was_reached": one.was_reached, "gets_worse": one.gets_worse, "is_surprising": one.surprise is not None,
        "readings": plain(actor, list(one.readings[::-1][:24])),
    }  # fmt: skip


def _proposal(actor: Actor, proposal: Proposal) -> dict[str, Any]:
    return {"grounds": plain(actor, grounds(proposal))}


def _product(actor: Actor, product: Product) -> dict[str, Any]:
    """What the facts suggest doing about it, and how good its forecasts are."""
    found = judged(actor, timezone.localdate(), [product])
    record = calibration_words.record_of(found)
    suggestions = [
        {"key": one.key, "kind": one.kind.value, "title": one.title, "why": one.why, "low": one.low,
         "likely": one.likely, "high": one.high, "source": one.source, "figures": [each.words for each in one.figures]}
        for one in suggested(actor, product)
    ]  # fmt: skip
    held = record.intervals
    return {
        "suggestions": suggestions,
        "calibration": {
            "says": calibration_words.answer(record), "judged": record.judged,
            "intervals_held": held.inside if held else None, "intervals": held.of if held else None,
            "brier": record.chances.score if record.chances else None,
        },
    }  # fmt: skip


def _line(actor: Actor, row: Any) -> dict[str, Any]:
    line = line_of(actor, row)
    return {
        "mentions": line.mentions,
        "opportunities": [f"{need.ref} {need}" for need in line.opportunities],
        "options": [f"{option.ref} {option}" for option in line.options],
        "decisions": [f"{decision.ref} {decision}" for decision in line.decisions],
        "definitions": [f"{definition.ref} {definition}" for definition in line.definitions],
    }
    if line is None:
        return {}
    stations = ("opportunities", "options", "decisions", "definitions", "items", "launches")
    named = {name: [f"{one.ref} {one}" for one in getattr(line, name)] for name in stations}
    return {"mentions": line.mentions, **named, "items_done": line.done, "items_all": line.all}


READS = (
    Read("products", "product", Product, "Products", product="", more=_product),
    Read("segments", "segment", Segment, "Segments of the market", product=""),
    Read("market_sizes", "market_size", MarketSize, "How many accounts each segment has, worth what, says who"),
    Read("functions", "function", Function, "Functions of the company", product=""),
    Read("accounts", "account", Account, "Accounts", product="", searched=True),
    Read("deals", "deal", Deal, "Deals: sales under way, won or lost", has_state=True),
    Read("competitors", "competitor", Competitor, "Competitors, each with its offers and battlecard", more=_competitor),
    Read("offers", "offer", Offer, "What competitors sell, and what we sell (no competitor)"),
    Read("prices", "price", Price, "What offers cost, on which day, says who", product="offer__product"),
    Read("feedback", "one_feedback", Feedback, "What was heard", searched=True, has_state=True, more=_feedback),
    Read("asks", "ask", Ask, "Requests tied to deals", product="deal__product", has_state=True),
    Read("intelligence", "one_intelligence", Intelligence, "What is known of the market"),
    Read("feeds", "feed", Feed, "Feeds that are followed, and how each was read last"),
    Read(
        "opportunities",
        "opportunity",
        Opportunity,
        "Needs of the market, with verdicts",
        searched=True,
        has_state=True,
        more=_need,
    ),
    Read(
        "options", "option", Option, "Ways to meet needs, with their money", searched=True, has_state=True, more=_option
    ),
    Read("decisions", "decision", Decision, "Decisions, with what was expected and what came", more=_decision),
    Read(
        "outcomes",
        "outcome",
        Outcome,
        "What came of decisions by a day, and where that is known from",
        product="decision__product",
    ),
    Read("demand_studies", "demand_study", DemandStudy, "Studies of whose needs they are", has_state=False),
    Read("definitions", "definition", Definition, "What is to be built, and why", has_state=True, more=_definition),
    Read(
        "requirements", "requirement", Requirement, "What must be true of it", "definition__product", more=_requirement
    ),
    Read("portfolio_studies", "portfolio_study", PortfolioStudy, "Plans: which options, when"),
    Read("teams", "team", Team, "Teams that build"),
    Read(
        "items", "item", WorkItem, "What is being built: work items, and why", searched=True, has_state=True, more=_item
    ),
    Read("delivery_studies", "delivery_study", DeliveryStudy, "Forecasts: when open items will be done, how sure"),
    Read("trackers", "tracker", Tracker, "Trackers that work items are pulled from"),
    Read("pulls", "pull", Pull, "What was pulled from trackers, and what was not", product="tracker__product"),
    Read("suppliers", "supplier", Supplier, "Suppliers", product=""),
    Read("quotes", "quote", Quote, "Quotes of suppliers", has_state=True),
    Read("milestones", "milestone", Milestone, "Milestones of suppliers: agreed, expected, delivered", has_state=True),
    Read(
        "launches",
        "launch",
        Launch,
        "Launches, with who is ready, what stands in the way, and when it is built",
        has_state=True,
        more=_launch,
    ),
    Read(
        "commitments",
        "commitment",
        Commitment,
        "What functions have ready for launches, by when",
        product="launch__product",
        has_state=True,
    ),
    Read(
        "collateral",
        "one_collateral",
        Collateral,
        "Documents of launches, as Markdown",
        product="launch__product",
        has_state=True,
    ),
    Read("campaigns", "campaign", Campaign, "Campaigns, with what a customer has cost", has_state=True, more=_campaign),
    Read(
        "campaign_results",
        "campaign_result",
        CampaignResult,
        "What campaigns spent and what came, by day",
        product="campaign__product",
    ),
    Read(
        "need_standings",
        "need_standing",
        NeedStanding,
        "Who meets needs how far: competitors, and our product (no competitor)",
        product="opportunity__product",
    ),
    Read(
        "requirement_standings",
        "requirement_standing",
        RequirementStanding,
        "Who does what is required how far",
        product="requirement__definition__product",
    ),
    Read(
        "known_of_needs",
        "known_of_need",
        NeedIntelligence,
        "What is known of the market that speaks of needs",
        product="opportunity__product",
    ),
    Read("kpis", "kpi", KPI, "KPIs, where they should be and where they stand", more=_kpi),
    Read("kpi_readings", "kpi_reading", KPIReading, "What KPIs stood at, by day", product="kpi__product"),
    Read(
        "proposals",
        "proposal",
        Proposal,
        "What to do about products in-life, and its worth a year",
        has_state=True,
        more=_proposal,
    ),
    Read(
        "attributions",
        "attribution",
        Attribution,
        "Lines of the ledger that are a decision's doing",
        product="decision__product",
    ),
    Read("events", "event", Event, "What was done, by whom", product=""),
)


def rows(
    actor: Actor,
    read: Read,
    *,
    product: str = "",
    q: str = "",
    state: str = "",
    since: str = "",
    after: str = "",
    limit: int = 50,
) -> dict[str, Any]:
    """Newest first. `after` is the last reference of the page before; `next` is what to give for the next one."""
    _may_read(actor, read)
    found: QuerySet[Any] = read.model.objects.visible_to(actor)
    found = _narrowed(actor, found, read, product, q, state, since)
    if after:
        key = read.model.key_of(after)
        if key is None:
            raise Invalid({"after": "it must be the reference of a row, as `next` gave it"})
        found = found.filter(pk__lt=key)
    limit = max(1, min(limit, MOST))
    page = list(found.order_by("-pk")[: limit + 1])
    more = len(page) > limit
    shapes = [_without_results(shape(actor, row)) for row in page[:limit]]
    return {"rows": shapes, "next": _ref(page[limit - 1]) if more else None}


def row(actor: Actor, read: Read, reference: str) -> dict[str, Any]:
    """One row with what belongs on its page. Raises NotThere."""
    _may_read(actor, read)
    found = read.model.objects.visible_to(actor).referred(reference).first()
    if found is None:
        raise NotThere(f"there is no {read.one.replace('_', ' ')} {reference}")
    more = read.more(actor, found) if read.more and actor.is_employee else {}
    return {**shape(actor, found), **more}


def _narrowed(actor: Actor, found: Any, read: Read, product: str, q: str, state: str, since: str) -> Any:
    if product and read.product:
        wanted = Product.objects.visible_to(actor).filter(key=product).first()
        wanted = wanted or Product.objects.visible_to(actor).referred(product).first()
        if wanted is None:
            raise NotThere(f"there is no product {product}")
        found = found.filter(**{read.product: wanted})
    if q:
        if not (read.searched and actor.is_employee):  # words also stand in what guests are not told
            raise Invalid({"q": f"{read.name} cannot be searched by words"})
        query = by_words(q)
        found = found.filter(search=query) if query is not None else found.none()
    if state:
        if not (read.has_state and (actor.is_employee or "state" in guest_fields(read.model))):
            raise Invalid({"state": f"{read.name} have no state"})
        found = found.filter(state=state)
    if since:
        try:
            day = parse_date(since)
        except ValueError:
            day = None
        if day is None:
            raise Invalid({"since": "it must be a date such as 2026-03-31"})
        found = found.filter(**{"at__date__gte" if read.model is Event else "created_at__date__gte": day})
    return found


def reads_for(actor: Actor) -> tuple[Read, ...]:
    """What there is to read for the actor: everything for the company's people, for guests what has rows of theirs."""
    return tuple(read for read in READS if actor.is_employee or guest_fields(read.model))


def _may_read(actor: Actor, read: Read) -> None:
    if not actor.has_scope(READ):
        raise Refused("this token may not read; give it the scope “read”")
    if read not in reads_for(actor):
        raise NotThere(f"there are no {read.name.replace('_', ' ')}")


def _without_content(actor: Actor, row: Any) -> dict[str, Any]:
    """A version in a list: its whole text is long, and its definition has it."""
    return {name: value for name, value in shape(actor, row).items() if name != "content"}


def _without_results(found: dict[str, Any]) -> dict[str, Any]:
    """A list leaves out the long parts that each row's own page has."""
    return {name: value for name, value in found.items() if name not in ("result", "detail")}


def _ref(found: Any) -> str:
    return str(getattr(found, "ref", found.pk))
