"""What machines may read, each declared once: REST has a list and a page of each, MCP two tools, all through
`visible_to(actor)`.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.dateparse import parse_date

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
from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.actor import Actor
from clearspan.core.lists import by_words
from clearspan.core.models import Event, Function
from clearspan.interfaces import details, portal_reads
from clearspan.interfaces.archive.models import Backup
from clearspan.interfaces.read import Read
from clearspan.interfaces.shapes import guest_fields, shape
from clearspan.interfaces.tokens import READ
from clearspan.interfaces.webhooks.models import Delivery, Webhook
from clearspan.stages.briefs.models import Brief, BriefSending, Digest
from clearspan.stages.decisions.models import Decision, Outcome, PortfolioStudy, RoadmapWording
from clearspan.stages.definition.models import Definition, Requirement, RequirementStanding
from clearspan.stages.development.models import DeliveryStudy, Milestone, Pull, Quote, Team, Tracker, WorkItem
from clearspan.stages.evidence.models import Ask, Feed, Feedback, Intelligence
from clearspan.stages.inlife.models import (
    KPI,
    Attribution,
    KPIReading,
    LedgerEntry,
    LedgerForecast,
    LedgerLine,
    LedgerVersion,
    Proposal,
)
from clearspan.stages.launch.models import Campaign, CampaignResult, Collateral, Commitment, Launch
from clearspan.stages.opportunities.models import (
    DemandStudy,
    NeedIntelligence,
    NeedStanding,
    Opportunity,
)
from clearspan.stages.options.models import Option

MOST = 200

READS = (
    Read("products", "product", Product, "Products", product="", more=details.product),
    Read("segments", "segment", Segment, "Segments of the market", product=""),
    Read("market_sizes", "market_size", MarketSize, "How many accounts each segment has, worth what, says who"),
    Read("functions", "function", Function, "Functions of the company", product=""),
    Read("accounts", "account", Account, "Accounts", product="", searched=True),
    Read("deals", "deal", Deal, "Deals: sales under way, won or lost", has_state=True),
    Read(
        "competitors",
        "competitor",
        Competitor,
        "Competitors, each with its offers and battlecard",
        more=details.competitor,
    ),
    Read("offers", "offer", Offer, "What competitors sell, and what we sell (no competitor)"),
    Read("prices", "price", Price, "What offers cost, on which day, says who", product="offer__product"),
    Read("feedback", "one_feedback", Feedback, "What was heard", searched=True, has_state=True, more=details.feedback),
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
        more=details.need,
    ),
    Read(
        "options",
        "option",
        Option,
        "Ways to meet needs, with their money",
        searched=True,
        has_state=True,
        more=details.option,
    ),
    Read("decisions", "decision", Decision, "Decisions, with what was expected and what came", more=details.decision),
    Read(
        "roadmap_wordings",
        "roadmap_wording",
        RoadmapWording,
        "What sales and customers are told is coming",
        product="option__product",
    ),
    Read("briefs", "brief", Brief, "Briefs that were written into, as each reads now", more=details.brief),
    Read("sendings", "sending", BriefSending, "Briefs as they were sent, to whom", product="brief__product"),
    Read("digests", "digest", Digest, "How often you are told by mail what has changed"),
    Read(
        "outcomes",
        "outcome",
        Outcome,
        "What came of decisions by a day, and where that is known from",
        product="decision__product",
    ),
    Read("demand_studies", "demand_study", DemandStudy, "Studies of whose needs they are", has_state=False),
    Read(
        "definitions", "definition", Definition, "What is to be built, and why", has_state=True, more=details.definition
    ),
    Read(
        "requirements",
        "requirement",
        Requirement,
        "What must be true of it",
        "definition__product",
        more=details.requirement,
    ),
    Read("portfolio_studies", "portfolio_study", PortfolioStudy, "Plans: which options, when"),
    Read("teams", "team", Team, "Teams that build"),
    Read(
        "items",
        "item",
        WorkItem,
        "What is being built: work items, and why",
        searched=True,
        has_state=True,
        more=details.item,
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
        more=details.launch,
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
    Read(
        "campaigns",
        "campaign",
        Campaign,
        "Campaigns, with what a customer has cost",
        has_state=True,
        more=details.campaign,
    ),
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
    Read("kpis", "kpi", KPI, "KPIs, where they should be and where they stand", more=details.kpi),
    Read("kpi_readings", "kpi_reading", KPIReading, "What KPIs stood at, by day", product="kpi__product"),
    Read(
        "proposals",
        "proposal",
        Proposal,
        "What to do about products in-life, and its worth a year",
        has_state=True,
        more=details.proposal,
    ),
    Read(
        "attributions",
        "attribution",
        Attribution,
        "Lines of the ledger that are a decision's doing",
        product="decision__product",
    ),
    Read("ledger_lines", "ledger_line", LedgerLine, "Lines of the P&L", product=""),
    Read("ledger_versions", "ledger_version", LedgerVersion, "Rounds of actual, budget and forecast, and which count"),
    Read("ledger_entries", "ledger_entry", LedgerEntry, "Amounts of the ledger", product="version__product"),
    Read("ledger_forecasts", "ledger_forecast", LedgerForecast, "What a product will earn, how sure"),
    Read("webhooks", "webhook", Webhook, "Whom we tell what is done; for admins", product=""),
    Read("deliveries", "delivery", Delivery, "How each delivery to a webhook went; for admins", product=""),
    Read("backups", "backup", Backup, "Exports and backups that were made; for admins", product=""),
    *portal_reads.READS,
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


def _without_results(found: dict[str, Any]) -> dict[str, Any]:
    """A list leaves out the long parts that each row's own page has."""
    return {name: value for name, value in found.items() if name not in ("result", "detail")}


def _ref(found: Any) -> str:
    return str(getattr(found, "ref", found.pk))
