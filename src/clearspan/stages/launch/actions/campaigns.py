"""Promotion: a campaign planned, run and measured."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from django.utils import timezone
from pydantic import Field, StringConstraints

from clearspan.catalogue.actions.changing import change, clear
from clearspan.catalogue.models import Product, Segment
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.models import User
from clearspan.stages.launch.campaign_start import option_of, start_of
from clearspan.stages.launch.models import Campaign, CampaignResult, Launch
from clearspan.stages.launch.rules import works_on
from clearspan.stages.options.models import Option

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Words = Annotated[str, StringConstraints(max_length=10_000)]
Channel = Annotated[str, Field(max_length=80, description="Fair, mail, search, partner, visit ...")]
Money = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2, description="In the company's currency")]
Customers = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Low = Annotated[Customers | None, Field(description="Customers won: undercut once in ten")]
High = Annotated[Customers | None, Field(description="Exceeded once in ten")]
Bears = Annotated[Money | None, Field(description="What winning one customer may cost")]
SaysWho = Annotated[str, Field(max_length=200, description="Where the numbers are from; “guess” is a source")]
Count = Annotated[int, Field(ge=0, le=2_000_000_000)]


@action(rule=works_on, says="planned the campaign {result}")
def plan_campaign(
    actor: Actor,
    *,
    product: Product,
    name: Name,
    starts: Annotated[date, Field(description="The first day")],
    ends: Annotated[date | None, Field(description="The last day, where there is one")] = None,
    launch: Annotated[Launch | None, Field(description="The launch it is for")] = None,
    option: Annotated[Option | None, Field(description="Against whose case it is held; None: the launch's")] = None,
    segment: Segment | None = None,
    channel: Channel = "",
    budget: Money = Decimal(0),
    audience: Annotated[Words | None, Field(description="To whom; None: as the definition positions it")] = None,
    message: Annotated[Words | None, Field(description="What it says; None: from the positioning")] = None,
    low: Low = None,
    likely: Annotated[Customers | None, Field(description="None: as the case has it")] = None,
    high: High = None,
    bears: Bears = None,
    source: SaysWho | None = None,
) -> Campaign:
    """Plans promoting a product, or a launch. What is not given is taken from its definition and its case."""
    _one_product(product, launch=launch, option=option)
    _in_order(starts, ends, low, likely, high)
    held = option or option_of(launch)
    given = {"audience": audience, "message": message, "low": low, "likely": likely, "high": high, "bears": bears,
             "source": source}  # fmt: skip
    filled = start_of(actor, product, held, segment).filled(given)
    made: Campaign = Campaign.objects.create(
        product=product, name=name, starts=starts, ends=ends, launch=launch, option=held, segment=segment,
        channel=channel, budget=budget, keeper=actor.person, **filled,
    )  # fmt: skip
    return made


@action(rule=works_on, says="changed the campaign {campaign}")
def change_campaign(
    actor: Actor,
    *,
    campaign: Campaign,
    name: Name | None = None,
    starts: date | None = None,
    ends: date | None = None,
    launch: Launch | None = None,
    option: Option | None = None,
    segment: Segment | None = None,
    keeper: User | None = None,
    channel: Channel | None = None,
    budget: Money | None = None,
    audience: Words | None = None,
    message: Words | None = None,
    low: Low = None,
    likely: Customers | None = None,
    high: High = None,
    bears: Bears = None,
    source: SaysWho | None = None,
    without_end: Annotated[bool, Field(description="True: it has no last day")] = False,
    without_expectation: Annotated[bool, Field(description="True: nobody says how many customers it wins")] = False,
    without_bears: Annotated[bool, Field(description="True: nobody knows what a customer may cost")] = False,
) -> Campaign:
    """Changes what is given and leaves the rest."""
    _one_product(campaign.product, launch=launch, option=option)
    if keeper is not None and keeper.function_id is None:
        raise Invalid({"keeper": "a campaign is kept by one of the company's people"})
    clear(
        campaign, ends=without_end, bears=without_bears, low=without_expectation, likely=without_expectation,
        high=without_expectation,
    )  # fmt: skip
    now = {"low": campaign.low, "likely": campaign.likely, "high": campaign.high}
    points = {
        key: now[key] if new is None else new for key, new in {"low": low, "likely": likely, "high": high}.items()
    }
    _in_order(starts or campaign.starts, ends or campaign.ends, **points)
    return change(
        campaign, name=name, starts=starts, ends=ends, launch=launch, option=option, segment=segment, keeper=keeper,
        channel=channel, budget=budget, audience=audience, message=message, low=low, likely=likely, high=high,
        bears=bears, source=source,
    )  # fmt: skip


@action(rule=works_on, says="started the campaign {campaign}")
def start_campaign(
    actor: Actor, *, campaign: Campaign, on: Annotated[date | None, Field(description="None is today")] = None
) -> Campaign:
    """Says that it runs."""
    if campaign.state != Campaign.State.PLANNED:
        raise Invalid({"campaign": f"it is {campaign.get_state_display()}"})
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise Invalid({"on": "it runs from a day that has come"})
    if campaign.ends is not None and campaign.ends < day:
        raise Invalid({"on": "its last day is over; change that first"})
    return change(campaign, state=Campaign.State.RUNNING, starts=day)


@action(rule=works_on, says="ended the campaign {campaign}")
def end_campaign(
    actor: Actor, *, campaign: Campaign, note: Annotated[Words, Field(description="What was learned")] = ""
) -> Campaign:
    """Says that it has run its course. Results may still come in."""
    if campaign.state != Campaign.State.RUNNING:
        raise Invalid({"campaign": f"it is {campaign.get_state_display()}; only what runs can end"})
    return change(campaign, state=Campaign.State.ENDED, ends=timezone.localdate(), note=note or campaign.note)


@action(rule=works_on, says="stopped the campaign {campaign}")
def stop_campaign(
    actor: Actor, *, campaign: Campaign, note: Annotated[Words, Field(min_length=3, description="Why")]
) -> Campaign:
    """Ends a campaign before its time, or one that never ran, and says why."""
    if not campaign.is_open:
        raise Invalid({"campaign": f"it is {campaign.get_state_display()} already"})
    return change(campaign, state=Campaign.State.STOPPED, note=note)


@action(rule=works_on, says="noted what came of {campaign} by {result.day}")
def record_campaign_result(
    actor: Actor,
    *,
    campaign: Campaign,
    day: Annotated[date, Field(description="What follows is up to and with this day, since the result before")],
    spend: Money = Decimal(0),
    reached: Annotated[Count, Field(description="People or accounts who saw it")] = 0,
    responses: Annotated[Count, Field(description="Of those: who clicked, called, came")] = 0,
    won: Annotated[Count, Field(description="Customers won")] = 0,
    revenue: Annotated[Money, Field(description="A year's, of the customers won")] = Decimal(0),
    source: SaysWho = "",
) -> CampaignResult:
    """Notes what was spent and what came. A day that was noted before is replaced."""
    if day > timezone.localdate():
        raise Invalid({"day": "what came is known for days that have come"})
    if not any((spend, reached, responses, won, revenue)):
        raise Invalid({"spend": "say at least one number: what was spent, or what came"})
    if reached and responses > reached:
        raise Invalid({"responses": "more responded than were reached"})
    if campaign.state == Campaign.State.PLANNED and (reached or responses or won):
        raise Invalid({"campaign": "it has not started; start it first"})
    values = {"spend": spend, "reached": reached, "responses": responses, "won": won, "revenue": revenue}
    made: CampaignResult
    made, _ = CampaignResult.objects.update_or_create(campaign=campaign, day=day, defaults={**values, "source": source})
    return made


@action(rule=works_on, says="took back what came of {noted.campaign} by {noted.day}")
def remove_campaign_result(actor: Actor, *, noted: CampaignResult) -> None:
    """Removes what was noted for a day."""
    noted.delete()


def _one_product(product: Product, **rows: Launch | Option | None) -> None:
    for name, row in rows.items():
        if row is not None and row.product_id != product.pk:
            raise Invalid({name: "it is of another product"})


def _in_order(starts: date, ends: date | None, low: float | None, likely: float | None, high: float | None) -> None:
    if ends is not None and ends < starts:
        raise Invalid({"ends": "it ends before it starts"})
    points = (low, likely, high)
    if any(point is not None for point in points) and any(point is None for point in points):
        raise Invalid({"likely": "say low, likely and high, or none of them"})
    if low is not None and likely is not None and high is not None and not low <= likely <= high:
        raise Invalid({"likely": "low, likely and high must rise"})
