from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F

from clearspan.catalogue.models.customers import OfProducts
from clearspan.catalogue.models.products import Product
from clearspan.core.actor import Actor
from clearspan.core.models import Source, User
from clearspan.core.records import Record, Records

STALE = timedelta(days=183)  # a fact of the market that nobody looked at for half a year may be one no more


class Competitor(Source, Record):
    """Somebody the market can choose instead."""

    prefix = "CP"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="competitors")
    name = models.CharField(max_length=120)
    strengths = models.TextField(blank=True, help_text="Where they are better, and who says so.")
    weaknesses = models.TextField(blank=True, help_text="Where we are better, and who says so.")
    reply = models.TextField(blank=True, help_text="What to say where they are better.")
    landmines = models.TextField(blank=True, help_text="Questions a buyer should put to them; what not to walk into.")
    website = models.URLField(blank=True)
    looked_on = models.DateField(null=True, blank=True, help_text="When somebody last went over all of this.")
    looked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = OfProducts.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["brought_by"])]
        constraints = [models.UniqueConstraint(fields=["product", "name"], name="one_competitor_a_name")]

    def __str__(self) -> str:
        return self.name


class Offer(Source, Record):
    """Something a competitor sells instead, or that we sell ourselves (no competitor). What it costs is its prices."""

    prefix = "OF"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="offers")
    competitor = models.ForeignKey(
        Competitor, null=True, blank=True, on_delete=models.CASCADE, related_name="offers",
        help_text="Whose it is; nobody: ours.",
    )  # fmt: skip
    name = models.CharField(max_length=120)
    plan = models.CharField(max_length=120, blank=True, help_text="Which plan, edition or size of it.")
    note = models.TextField(blank=True, help_text="What is in it, for whom it is.")
    ended_on = models.DateField(null=True, blank=True, help_text="Since when it is sold no more.")

    objects = OfProducts.as_manager()

    class Meta:
        ordering = ["name", "plan"]
        indexes = [models.Index(fields=["brought_by"])]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "competitor", "name", "plan"], nulls_distinct=False, name="one_offer_a_name"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.plan}" if self.plan else self.name


class OfferRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(offer__in=Offer.objects.visible_to(actor))


class Price(Source, Record):
    """What an offer cost when it was seen. Never changed to what it costs now: that is another row."""

    prefix = "CX"

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="prices")
    amount = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, help_text="Not known: told on request only."
    )
    currency = models.CharField(max_length=3)
    per = models.CharField(max_length=60, blank=True, help_text="For what: a berth, a month.")
    seen_on = models.DateField(help_text="The day it was seen, or is valid from.")
    source = models.CharField(max_length=200, help_text="Who says so.")
    url = models.URLField(max_length=500, blank=True)
    note = models.CharField(max_length=300, blank=True)
    is_confidential = models.BooleanField(default=False, help_text="Stays off battlecards and what is handed out.")
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = OfferRecords.as_manager()

    class Meta:
        ordering = ["-seen_on", "-id"]
        indexes = [models.Index(fields=["brought_by"])]
        constraints = [models.UniqueConstraint(fields=["offer", "seen_on"], name="one_price_a_day")]

    def __str__(self) -> str:
        return f"{self.offer} on {self.seen_on}"

    @property
    def product_id(self) -> int:
        """Of the offer: rules look for the product a row belongs to."""
        return int(self.offer.product_id)


class Standing(Record):
    """How far a competitor, or our own product (no competitor), does something. One row a cell of a comparison.

    What the market needs and what is required of us are later stages' rows: each has a model of its own made of this.
    """

    class Says(models.TextChoices):
        YES = "yes", "yes"
        PARTLY = "partly", "partly"
        NO = "no", "no"

    WORTH: ClassVar[dict[str, int]] = {Says.YES: 2, Says.PARTLY: 1, Says.NO: 0}

    competitor = models.ForeignKey(
        Competitor, null=True, blank=True, on_delete=models.CASCADE, related_name="+", help_text="Nobody: ours."
    )
    says = models.CharField(max_length=6, choices=Says)
    seen_on = models.DateField()
    source = models.CharField(max_length=200, help_text="Who says so.")
    url = models.URLField(max_length=500, blank=True)
    note = models.CharField(max_length=300, blank=True, help_text="How far, with what, since when.")
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        abstract = True
        ordering = [F("competitor").asc(nulls_first=True)]

    def __str__(self) -> str:
        return f"{self.competitor.name if self.competitor else 'ours'}: {self.get_says_display()}"


def is_stale(seen_on: date, today: date) -> bool:
    """Whether a fact was seen so long ago that somebody should look again."""
    return today - seen_on > STALE
