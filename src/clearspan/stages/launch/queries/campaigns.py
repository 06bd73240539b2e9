"""Campaigns, with what each cost for what came, held against what was expected of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Sum, prefetch_related_objects

from clearspan.catalogue.models import Product
from clearspan.core import lists
from clearspan.core.actor import Actor
from clearspan.engines import promotion
from clearspan.engines.promotion import Five
from clearspan.stages.launch.models import Campaign, CampaignResult, Launch

FEW = 4.0  # the dearest likely cost over the cheapest, from which too little is known to say what a customer costs


@dataclass(frozen=True)
class Stand:
    """A campaign and the sum of what came. Money in the company's currency; revenue is a year's of those won."""

    campaign: Campaign
    spend: float = 0.0
    reached: int = 0
    responses: int = 0
    won: int = 0
    revenue: float = 0.0
    results: tuple[CampaignResult, ...] = ()  # by day; left out in lists

    @property
    def each(self) -> float | None:
        """What each customer has cost so far; None when none was won."""
        return self.spend / self.won if self.won and self.spend else None

    @cached_property
    def cost(self) -> Five | None:
        """What one customer costs, with how sure we are; None before anything was spent."""
        return promotion.cost_per_win(self.spend, self.won) if self.spend else None

    @property
    def is_little(self) -> bool:
        """Whether too few were won to say what one costs."""
        return self.cost is None or self.cost[4] > FEW * self.cost[0]

    @property
    def bears(self) -> float | None:
        return float(self.campaign.bears) if self.campaign.bears is not None else None

    @property
    def under(self) -> float | None:
        """How likely one customer costs at most what the case can bear; None when either is not known."""
        if self.bears is None or not self.spend:
            return None
        return promotion.surely_under(self.spend, self.won, self.bears)

    @property
    def by_the_end(self) -> Five | None:
        """How many customers there will be when the budget is spent, at the rate so far."""
        if not self.spend or not self.campaign.is_open:
            return None
        return promotion.wins_by(self.spend, self.won, float(self.campaign.budget))

    @property
    def budget_used(self) -> float | None:
        return self.spend / float(self.campaign.budget) if self.campaign.budget else None

    @property
    def funnel(self) -> list[tuple[str, int, int, Five]]:
        """(what, how many, of how many, their share) for each step that was counted."""
        found = []
        if self.reached:
            part = min(self.responses, self.reached)
            found.append(("of those reached respond", part, self.reached, promotion.share(part, self.reached)))
        if self.responses:
            part = min(self.won, self.responses)
            found.append(("of those who respond buy", part, self.responses, promotion.share(part, self.responses)))
        return found


def campaigns(actor: Actor, product: Product, *, state: str = "", launch: Launch | None = None) -> list[Stand]:
    """The product's campaigns, those that run first, then the newest: two queries, which add the results up."""
    rows = Campaign.objects.visible_to(actor).filter(product=product)
    if state:
        rows = rows.filter(state=state)
    if launch is not None:
        rows = rows.filter(launch=launch)
    found = sorted(rows, key=lambda one: one.state != Campaign.State.RUNNING)
    sums = _sums(found)
    return [Stand(row, **sums.get(row.pk, {})) for row in found]


def cut(every: Sequence[Stand], page: str | int = 1) -> Page[Stand]:
    """One page of a list, with the options that are named there: one query."""
    shown = Paginator(every, lists.PAGE).get_page(page)
    prefetch_related_objects([one.campaign for one in shown], "option")
    return shown


def stands(rows: Iterable[Campaign]) -> list[Stand]:
    """How these campaigns stand, in their order, each with its results by day: one query."""
    rows = list(rows)
    by_campaign: dict[int, list[CampaignResult]] = defaultdict(list)
    for result in CampaignResult.objects.filter(campaign__in=rows).order_by("day"):
        by_campaign[result.campaign_id].append(result)
    return [_by_day(row, by_campaign[row.pk]) for row in rows]


def _by_day(campaign: Campaign, results: list[CampaignResult]) -> Stand:
    return Stand(
        campaign,
        spend=float(sum(one.spend for one in results)),
        reached=sum(one.reached for one in results),
        responses=sum(one.responses for one in results),
        won=sum(one.won for one in results),
        revenue=float(sum(one.revenue for one in results)),
        results=tuple(results),
    )


def _sums(rows: Sequence[Campaign]) -> dict[int, dict[str, Any]]:
    """What came in all of its days, by campaign; nothing for one without a result."""
    results = CampaignResult.objects.filter(campaign__in=rows).order_by().values("campaign")
    added = results.annotate(
        spent=Sum("spend"), reach=Sum("reached"), answers=Sum("responses"), wins=Sum("won"), worth=Sum("revenue")
    )
    return {
        pk: {"spend": float(spent), "reached": reach, "responses": answers, "won": wins, "revenue": float(worth)}
        for pk, spent, reach, answers, wins, worth in added.values_list(
            "campaign", "spent", "reach", "answers", "wins", "worth"
        )
    }
