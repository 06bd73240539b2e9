"""What each audience is told of a product: a brief with what was written into it, and what was sent of it."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.models import User
from clearspan.core.records import Record, Records
from clearspan.stages.decisions.audiences import AUDIENCES, open_to


class BriefRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        """Of products one sees, the briefs of audiences one may look at."""
        if not actor.is_employee:
            return self.none()
        mine = [one.key for one in open_to(actor)]
        return self.filter(product__in=Product.objects.seen_by(actor), audience__in=mine)


class Brief(Record):
    """What a product's manager has written into the brief of an audience. What nobody wrote is assembled when read.

    `edits` is paragraph's key to {"text": what was written, "facts": what was assembled when it was}.
    """

    prefix = "BF"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="briefs")
    audience = models.CharField(max_length=12, choices=[(one.key, one.name) for one in AUDIENCES])
    edits: Any = models.JSONField(default=dict, blank=True)

    objects = BriefRecords.as_manager()

    class Meta:
        ordering = ["product", "audience"]
        constraints = [models.UniqueConstraint(fields=["product", "audience"], name="one_brief_an_audience")]

    def __str__(self) -> str:
        return f"{self.product} for {self.get_audience_display().lower()}"  # type: ignore[attr-defined]  # by Django


class SendingRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(brief__in=Brief.objects.visible_to(actor))


class BriefSending(Record):
    """A version of a brief as it was sent: its words, by whom, to whom. It never changes."""

    prefix = "SD"

    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="sendings")
    number = models.PositiveIntegerField(help_text="Of the version.")
    title = models.CharField(max_length=300, help_text="Its first line.")
    text = models.TextField(help_text="All of it, as Markdown.")
    to: Any = models.JSONField(default=list, help_text="Each person as {person: PE-3, name}.")
    sent_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = SendingRecords.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["brief", "number"], name="one_sending_a_number")]

    def __str__(self) -> str:
        return f"version {self.number} of {self.brief}"

    @property
    def product_id(self) -> int:
        """Of the brief: rules look for the product a row belongs to."""
        return int(self.brief.product_id)


class DigestRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        """One's own."""
        if actor.is_system:
            return self
        return self.filter(person=actor.person) if actor.person is not None else self.none()


class Digest(Record):
    """How often a person wants to be told by mail what has changed about a product.

    `told` is what the last one was made from, paragraph's key to its text: the next one says what differs.
    """

    prefix = "DG"

    class Every(models.TextChoices):
        OFF = "off", "never"
        DAY = "day", "every day"
        WEEK = "week", "every Monday"

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="digests")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="digests")
    every = models.CharField(max_length=4, choices=Every, default=Every.OFF)
    told: Any = models.JSONField(default=dict, blank=True)
    looked_on = models.DateField(null=True, blank=True, help_text="When it was last seen whether anything changed.")
    sent_at = models.DateTimeField(null=True, blank=True, help_text="When the last one was queued.")

    objects = DigestRecords.as_manager()

    class Meta:
        ordering = ["person", "product"]
        constraints = [models.UniqueConstraint(fields=["person", "product"], name="one_digest_a_product")]
        indexes = [models.Index(fields=["every", "looked_on"])]

    def __str__(self) -> str:
        return f"what changes in {self.product}, {self.get_every_display()}"  # type: ignore[attr-defined]  # by Django
