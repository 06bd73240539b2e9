"""Proposals: made, taken up from what Clearspan suggests, and turned into an option or a campaign, or declined."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils import timezone
from pydantic import Field, StringConstraints

from clearspan.catalogue.actions.changing import change, clear
from clearspan.catalogue.models import Product, Segment
from clearspan.catalogue.rules import anybody_here, either, leads, manages, works_on
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.stages.inlife import kpi_words
from clearspan.stages.inlife.models import KPI, LedgerLine, Proposal, ProposalGround
from clearspan.stages.inlife.proposing import case_of
from clearspan.stages.inlife.queries.kpis import standings
from clearspan.stages.inlife.queries.suggested import suggestion
from clearspan.stages.launch.actions import plan_campaign
from clearspan.stages.launch.models import Campaign
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.actions import create_option, write_case
from clearspan.stages.options.models import Option

writes = either(works_on, leads)
settles = either(manages, leads)

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160),
                  Field(description="What would be done, in a few words")]  # fmt: skip
Why = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=10_000),
                Field(description="What speaks for it")]  # fmt: skip
Worth = Annotated[float, Field(allow_inf_nan=False)]
Low = Annotated[Worth | None, Field(description="Worth a year, in the company’s currency: undercut once in ten")]
High = Annotated[Worth | None, Field(description="Exceeded once in ten")]
Says = Annotated[str, Field(max_length=200, description="Where these numbers are from; “guess” is a source")]
Whom = Annotated[str, Field(max_length=200, description="Whom it concerns, in words")]


@action(rule=anybody_here, says="proposed to {kind} {product}: {result}")
def propose(
    actor: Actor,
    *,
    product: Product,
    kind: Annotated[Proposal.Kind, Field(description="improve, reprice, promote, harvest or retire")],
    title: Title,
    why: Why,
    low: Low = None,
    likely: Worth | None = None,
    high: High = None,
    source: Says = "",
    segment: Annotated[Segment | None, Field(description="Whom it concerns; None: everybody")] = None,
    audience: Whom = "",
    lines: Annotated[list[LedgerLine], Field(description="Lines of the ledger that speak for it")] = [],  # noqa: B006 read only
    kpis: Annotated[list[KPI], Field(description="KPIs that speak for it")] = [],  # noqa: B006 read only
    opportunities: Annotated[list[Opportunity], Field(description="Needs it would meet")] = [],  # noqa: B006 read only
) -> Proposal:
    """Proposes something to do about a product, with what speaks for it and what it is worth a year."""
    _in_order(low, likely, high)
    _of_one_product(product, [*kpis, *opportunities])
    made: Proposal = Proposal.objects.create(
        product=product, kind=kind, title=title, why=why, low=low, likely=likely, high=high, source=source,
        segment=segment, audience=audience, made_by=actor.person,
    )  # fmt: skip
    ProposalGround.objects.bulk_create(
        [ProposalGround(proposal=made, line=one) for one in lines]
        + [
            ProposalGround(proposal=made, kpi=one.kpi, figure=kpi_words.figure(one))
            for one in standings(kpis, timezone.localdate())
        ]
        + [ProposalGround(proposal=made, opportunity=one) for one in opportunities]
    )
    return made


@action(rule=writes, says="took up the suggestion “{result}”")
def take_up_suggestion(
    actor: Actor,
    *,
    product: Product,
    suggested: Annotated[str, Field(max_length=80, description="The suggestion’s key, as it is listed")],
) -> Proposal:
    """Makes a proposal of what Clearspan suggests from the facts, with the figures as they stand today."""
    found = suggestion(actor, product, suggested)
    if found is None:
        raise Invalid({"suggested": "the facts no longer say so, or it was taken up already"})
    made: Proposal = Proposal.objects.create(
        product=product, kind=found.kind, title=found.title[:160], why=found.why, low=found.low, likely=found.likely,
        high=found.high, source=found.source[:200], made_by=actor.person, suggested_as=found.key,
    )  # fmt: skip
    ProposalGround.objects.bulk_create(
        ProposalGround(proposal=made, figure=one.words[:300], line_id=one.line, kpi_id=one.kpi) for one in found.figures
    )
    return made


@action(rule=writes, says="changed the proposal {proposal}")
def change_proposal(
    actor: Actor,
    *,
    proposal: Proposal,
    kind: Proposal.Kind | None = None,
    title: Title | None = None,
    why: Why | None = None,
    low: Low = None,
    likely: Worth | None = None,
    high: High = None,
    source: Says | None = None,
    segment: Segment | None = None,
    audience: Whom | None = None,
    without_worth: Annotated[bool, Field(description="True: nobody says what it is worth")] = False,
    without_segment: Annotated[bool, Field(description="True: it concerns everybody")] = False,
) -> Proposal:
    """Changes what is given and leaves the rest."""
    _is_open(proposal)
    clear(proposal, low=without_worth, likely=without_worth, high=without_worth, segment=without_segment)
    now = (proposal.low, proposal.likely, proposal.high)
    points = [old if new is None else new for old, new in zip(now, (low, likely, high), strict=True)]
    _in_order(*points)
    return change(proposal, kind=kind, title=title, why=why, low=points[0], likely=points[1], high=points[2],
                  source=source, segment=segment, audience=audience)  # fmt: skip


@action(rule=works_on, says="made an option of the proposal {proposal}")
def make_option_of_proposal(actor: Actor, *, proposal: Proposal) -> Option:
    """Makes an option of a proposal: its needs, and a first business case of what it is worth a year."""
    _is_open(proposal)
    needs = [one.opportunity for one in proposal.grounds.select_related("opportunity") if one.opportunity]
    option: Option = create_option(
        actor, product=proposal.product, title=proposal.title, summary=proposal.why, opportunities=needs,
        bucket="improve",
    )  # fmt: skip
    if proposal.likely is not None:
        write_case(actor, option=option, spec=case_of(proposal), note=f"first numbers, from {proposal.ref}")
    _settle(proposal, Proposal.State.OPTION, option=option)
    return option


@action(rule=works_on, says="planned a campaign of the proposal {proposal}")
def make_campaign_of_proposal(
    actor: Actor,
    *,
    proposal: Proposal,
    starts: Annotated[date | None, Field(description="Its first day; None is today")] = None,
) -> Campaign:
    """Plans a campaign of a proposal to promote, with what it says and to whom."""
    _is_open(proposal)
    if proposal.kind != Proposal.Kind.PROMOTE:
        raise Invalid({"proposal": f"it is one to {proposal.kind}; only one to promote becomes a campaign"})
    campaign: Campaign = plan_campaign(
        actor, product=proposal.product, name=proposal.title[:120], starts=starts or timezone.localdate(),
        segment=proposal.segment, audience=proposal.audience, message=proposal.why,
    )  # fmt: skip
    _settle(proposal, Proposal.State.CAMPAIGN, campaign=campaign)
    return campaign


@action(rule=settles, says="declined the proposal {proposal}")
def decline_proposal(
    actor: Actor,
    *,
    proposal: Proposal,
    reasons: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=10_000),
                       Field(description="Why not, so that nobody has to find out again")],
) -> Proposal:  # fmt: skip
    """Says that it will not be done, and why. It stays, with its reasons."""
    _is_open(proposal)
    proposal.reasons = reasons
    return _settle(proposal, Proposal.State.DECLINED)


def _settle(proposal: Proposal, state: Proposal.State, **became: Option | Campaign) -> Proposal:
    for name, row in became.items():
        setattr(proposal, name, row)
    proposal.state, proposal.settled_on = state, timezone.localdate()
    proposal.save(update_fields=["state", "settled_on", "reasons", *became])
    return proposal


def _is_open(proposal: Proposal) -> None:
    if not proposal.is_open:
        raise Invalid({"proposal": f"it {proposal.get_state_display()} already"})


def _in_order(low: float | None, likely: float | None, high: float | None) -> None:
    points = (low, likely, high)
    if all(point is None for point in points):
        return
    if low is None or likely is None or high is None:
        raise Invalid({"likely": "say low, likely and high, or none of them"})
    if not low <= likely <= high:
        raise Invalid({"likely": "low, likely and high must rise"})


def _of_one_product(product: Product, rows: list[KPI | Opportunity]) -> None:
    strange = next((row for row in rows if row.product_id != product.pk), None)
    if strange is not None:
        name = "kpis" if isinstance(strange, KPI) else "opportunities"
        raise Invalid({name: f"{strange.ref} is of another product"})
