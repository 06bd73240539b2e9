"""What needs say on the pages of competitors and intelligence, and what is known of the market on a need's page."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from clearspan.catalogue import comparing, competing
from clearspan.catalogue.models import Competitor, Product, is_stale
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.core.panels import Fragment
from clearspan.stages.evidence.models import Intelligence
from clearspan.stages.opportunities.models import NeedIntelligence, NeedStanding, Opportunity
from clearspan.stages.opportunities.queries import comparison as reads
from clearspan.stages.opportunities.rules import sorts

SHOWN = 8
OFFERED = 200  # needs in the list of a form, what is worth most first


def register() -> None:
    panels.provide("market.places", places)
    panels.provide("competitor", against)
    panels.provide("intelligence", of_intelligence)
    panels.provide("opportunity.options", who_meets)
    panels.provide("opportunity.options", known)
    panels.provide("opportunity.merged", merged)


def places(actor: Actor, product: Product) -> tuple[str, str]:
    """A place beside the market's own."""
    return "comparison", "Comparison"


def against(actor: Actor, competitor: Competitor) -> Fragment:
    """On a competitor's page: what we and they do of what the market needs, where both are known."""
    company = Company.ours()
    found = reads.comparison(actor, competitor.product, [competitor]).against(competitor.pk)
    rows = [
        (row, row.standings[None].get_says_display(), row.standings[competitor.pk].get_says_display())
        for row in found.known[:SHOWN]
    ]
    finding = comparing.answer(found, company.currency).rstrip(".")
    said = {
        "finding": finding, "rows": rows, "product": competitor.product, "competitor": competitor,
        "currency": company.currency,
    }  # fmt: skip
    return Fragment("opportunities/_against.html", said)


def of_intelligence(actor: Actor, piece: Intelligence) -> Fragment | None:
    """On the page of something known: the needs it speaks of, and the way to another."""
    links, may = reads.needs_of(actor, piece), sorts(actor, {"product": piece.product})
    if not links and not may:
        return None
    rows = Opportunity.objects.visible_to(actor).filter(product=piece.product, state=Opportunity.State.OPEN)
    needs = list(rows.order_by("verdict__rank", "pk").values_list("pk", "title")[:OFFERED]) if may else []
    finding = "It speaks of what the market needs" if links else "It speaks of no need yet"
    said = {"finding": finding, "links": links, "may": may, "needs": needs, "piece": piece, "product": piece.product}
    return Fragment("opportunities/_of_intelligence.html", said)


def who_meets(actor: Actor, need: Opportunity) -> Fragment | None:
    """On a need's page: who meets it already."""
    rows, today = reads.standings(actor, need), timezone.localdate()
    if not rows:
        return None
    meet = [one.competitor.name for one in rows if one.competitor and one.says == "yes"]
    finding = f"{competing.names(meet)} {'meets' if len(meet) == 1 else 'meet'} it" if meet else "Nobody meets it fully"
    said = {
        "finding": finding, "product": need.product,
        "standings": [(one, competing.ago(one.seen_on, today), is_stale(one.seen_on, today)) for one in rows],
    }  # fmt: skip
    return Fragment("opportunities/_who_meets.html", said)


def known(actor: Actor, need: Opportunity) -> Fragment | None:
    """On a need's page: what is known of the market that speaks of it."""
    rows = reads.known_of(actor, need)
    return Fragment("opportunities/_known.html", {"known": rows, "product": need.product}) if rows else None


def merged(actor: Actor, given: tuple[Sequence[Opportunity], Opportunity]) -> None:
    """When needs become one, what the market says of them is said of the one that stays; what that has already wins."""
    needs, into = given
    keys = [need.pk for need in needs]
    has: set[int | None] = {*NeedStanding.objects.filter(opportunity=into).values_list("competitor", flat=True)}
    for one in NeedStanding.objects.filter(opportunity__in=keys).order_by("-seen_on", "pk"):
        if one.competitor_id not in has:
            has.add(one.competitor_id)
            one.opportunity = into
            one.save(update_fields=["opportunity"])
    linked = {*NeedIntelligence.objects.filter(opportunity=into).values_list("intelligence", flat=True)}
    for link in NeedIntelligence.objects.filter(opportunity__in=keys).order_by("pk"):
        if link.intelligence_id not in linked:
            linked.add(link.intelligence_id)
            link.opportunity = into
            link.save(update_fields=["opportunity"])
