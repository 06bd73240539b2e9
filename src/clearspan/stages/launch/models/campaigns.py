from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.db import models

from clearspan.catalogue.models import Product, Segment
from clearspan.catalogue.models.customers import OfProducts
from clearspan.core.actor import Actor
from clearspan.core.models import Source, User
from clearspan.core.records import Record, Records
from clearspan.stages.launch.models.launches import Launch
from clearspan.stages.options.models import Option


class Campaign(Record):
    """Promoting a product, or what a launch brings: to whom, with what message, at what cost, and what came of it."""

    prefix = "CG"

    class State(models.TextChoices):
        PLANNED = "planned", "planned"
        RUNNING = "running", "running"
        ENDED = "ended", "ended"
        STOPPED = "stopped", "stopped"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="campaigns")
    launch = models.ForeignKey(Launch, null=True, blank=True, on_delete=models.SET_NULL, related_name="campaigns")
    option = models.ForeignKey(
        Option, null=True, blank=True, on_delete=models.SET_NULL, related_name="campaigns",
        help_text="The option against whose case it is held.",
    )  # fmt: skip
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=7, choices=State, default=State.PLANNED)
    keeper = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    segment = models.ForeignKey(Segment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    audience = models.TextField(blank=True, help_text="To whom it speaks.")
    message = models.TextField(blank=True, help_text="What it says, from the positioning.")
    channel = models.CharField(max_length=80, blank=True, help_text="Fair, mail, search, partner, visit ...")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    budget = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    low = models.FloatField(null=True, blank=True, help_text="Customers won: undercut once in ten.")
    likely = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True, help_text="Exceeded once in ten.")
    bears = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True,
        help_text="What winning one customer may cost before the case earns nothing, as known when it was planned.",
    )  # fmt: skip
    source = models.CharField(max_length=200, blank=True, help_text="Where these numbers are from; “guess” is one.")
    note = models.TextField(blank=True, help_text="Why it was stopped; what was learned.")

    objects = OfProducts.as_manager()

    class Meta:
        ordering = ["-starts", "-id"]
        indexes = [models.Index(fields=["product", "state"])]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.PLANNED, self.State.RUNNING)


class CampaignResultRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(campaign__in=Campaign.objects.visible_to(actor))


class CampaignResult(Source, Record):
    """What a campaign spent and what came of it, up to and with a day since the result before."""

    prefix = "CR"

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="results")
    day = models.DateField()
    spend = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    reached = models.PositiveIntegerField(default=0)
    responses = models.PositiveIntegerField(default=0)
    won = models.PositiveIntegerField(default=0, help_text="Customers won.")
    revenue = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0), help_text="A year's, of those.")
    source = models.CharField(max_length=200, blank=True, help_text="Where the numbers are from.")

    objects = CampaignResultRecords.as_manager()

    class Meta:
        ordering = ["day"]
        indexes = [models.Index(fields=["brought_by"])]
        constraints = [models.UniqueConstraint(fields=["campaign", "day"], name="one_result_a_day")]

    def __str__(self) -> str:
        return f"{self.campaign}, {self.day}"
