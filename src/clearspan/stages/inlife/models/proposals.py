from __future__ import annotations

from typing import Self

from django.db import models

from clearspan.catalogue.models import Product, Segment
from clearspan.catalogue.models.customers import OfProducts
from clearspan.core.actor import Actor
from clearspan.core.models import User
from clearspan.core.records import Record, Records
from clearspan.stages.inlife.models.kpis import KPI
from clearspan.stages.inlife.models.lines import LedgerLine
from clearspan.stages.launch.models import Campaign
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import Option


class Proposal(Record):
    """Something to do about a product that is on the market, what speaks for it, and what it is worth a year."""

    prefix = "PP"

    class Kind(models.TextChoices):
        IMPROVE = "improve", "improve"
        REPRICE = "reprice", "reprice"
        PROMOTE = "promote", "promote"
        HARVEST = "harvest", "harvest"
        RETIRE = "retire", "retire"

    class State(models.TextChoices):
        OPEN = "open", "to be looked at"
        OPTION = "option", "became an option"
        CAMPAIGN = "campaign", "became a campaign"
        DECLINED = "declined", "declined"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=7, choices=Kind)
    title = models.CharField(max_length=160)
    why = models.TextField(help_text="What speaks for it, so that somebody who was not there understands.")
    audience = models.CharField(max_length=200, blank=True, help_text="Whom it concerns, in words.")
    segment = models.ForeignKey(Segment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    low = models.FloatField(null=True, blank=True, help_text="Worth a year: undercut once in ten.")
    likely = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True, help_text="Exceeded once in ten.")
    source = models.CharField(max_length=200, blank=True, help_text="Where these numbers are from; “guess” is one.")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    option = models.ForeignKey(Option, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposals")
    campaign = models.ForeignKey(Campaign, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposals")
    reasons = models.TextField(blank=True, help_text="Why it was declined.")
    settled_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    suggested_as = models.CharField(max_length=80, blank=True, help_text="The rule that suggested it, and of what.")

    objects = OfProducts.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["product", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(low__isnull=True, likely__isnull=True, high__isnull=True)
                | models.Q(likely__gte=models.F("low"), high__gte=models.F("likely")),
                name="proposal_worth_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class ProposalGroundRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(proposal__in=Proposal.objects.visible_to(actor))


class ProposalGround(Record):
    """A figure that speaks for a proposal, as it stood then, and the line, KPI or need that it is of."""

    prefix = "RN"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="grounds")
    figure = models.CharField(max_length=300, blank=True, help_text="In words and numbers, as known then.")
    line = models.ForeignKey(LedgerLine, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    kpi = models.ForeignKey(KPI, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    opportunity = models.ForeignKey(Opportunity, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = ProposalGroundRecords.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.figure or str(self.line or self.kpi or self.opportunity or "a figure")
