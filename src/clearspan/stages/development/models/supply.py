from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from clearspan.catalogue.models import Product, Supplier
from clearspan.core.actor import Actor
from clearspan.core.models import User
from clearspan.core.records import Record, Records
from clearspan.stages.options.models import Option


class OfSuppliers(Records):
    def visible_to(self, actor: Actor) -> Self:
        """Employees see what their products buy; a supplier's people see what is their own, and nothing else."""
        if actor.is_employee:
            return self.filter(product__in=Product.objects.seen_by(actor))
        return self.filter(supplier__in=Supplier.objects.visible_to(actor))


class Quote(Record):
    """What a supplier would take to do something, and by when."""

    prefix = "QU"
    guest_fields = (
        "title", "text", "due_on", "state", "amount", "delivers_on", "valid_until", "words", "answer", "settled_on",
    )  # fmt: skip

    class State(models.TextChoices):
        ASKED = "asked", "asked for"
        GIVEN = "given", "given"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="quotes")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="quotes")
    option = models.ForeignKey(Option, null=True, blank=True, on_delete=models.SET_NULL, related_name="quotes")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True, help_text="What is asked for, in words the supplier may read.")
    due_on = models.DateField(null=True, blank=True, help_text="By when we need the quote.")
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    delivers_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True, help_text="The supplier's words.")
    answer = models.TextField(blank=True, help_text="Ours: why it was accepted or declined.")
    settled_on = models.DateField(null=True, blank=True, help_text="When it was accepted or declined.")
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = OfSuppliers.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title


class Milestone(Record):
    """Something a supplier has to deliver by a date, when it counts as there, and whether we accepted it."""

    prefix = "MT"
    guest_fields = (
        "quote", "title", "criteria", "state", "due_on", "expected_on", "delivered_on", "settled_on", "amount", "met",
        "missing", "words", "answer",
    )  # fmt: skip

    class State(models.TextChoices):
        PLANNED = "planned", "agreed"
        DELIVERED = "delivered", "delivered"
        ACCEPTED = "accepted", "accepted"
        REJECTED = "rejected", "sent back"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="milestones")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="milestones")
    option = models.ForeignKey(Option, null=True, blank=True, on_delete=models.SET_NULL, related_name="milestones")
    quote = models.ForeignKey(Quote, null=True, blank=True, on_delete=models.SET_NULL, related_name="milestones")
    title = models.CharField(max_length=200)
    criteria = ArrayField(models.TextField(), default=list, blank=True, help_text="When it is accepted: one each.")
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    due_on = models.DateField(help_text="As agreed.")
    expected_on = models.DateField(null=True, blank=True, help_text="As the supplier last said.")
    delivered_on = models.DateField(null=True, blank=True)
    settled_on = models.DateField(null=True, blank=True, help_text="When we accepted it or sent it back.")
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True, help_text="Due when accepted.")
    met = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True,
        help_text="The criteria that the supplier says are met, by their place from 1.",
    )  # fmt: skip
    missing = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True,
        help_text="The criteria that we found are not met, by their place from 1.",
    )  # fmt: skip
    words = models.TextField(blank=True, help_text="The supplier's words.")
    answer = models.TextField(blank=True, help_text="Ours: what was accepted, or what is missing.")

    objects = OfSuppliers.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["product", "state"]), models.Index(fields=["supplier", "state"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether the supplier has still to deliver it."""
        return self.state in OPEN_STATES

    @property
    def report(self) -> str:
        """What the supplier last said, in a few words."""
        if self.state in (self.State.DELIVERED, self.State.ACCEPTED):
            return "delivered"
        return f"expected on {self.expected_on:%-d %B %Y}" if self.expected_on else "nothing yet"

    def late(self, today: date) -> int:
        """Days after the agreed day: as `lateness` says."""
        return lateness(self.state, self.due_on, self.expected_on, self.delivered_on, today)


OPEN_STATES = (Milestone.State.PLANNED, Milestone.State.REJECTED)  # the supplier has still to deliver it


def lateness(state: str, due_on: date, expected_on: date | None, delivered_on: date | None, today: date) -> int:
    """Days after the agreed day: as delivered, else as the supplier expects, and never less than have gone by.

    Below nought: early. What was sent back counts as not delivered.
    """
    if delivered_on is not None and state not in OPEN_STATES:
        return (delivered_on - due_on).days
    expected = expected_on or due_on
    return ((expected if today <= due_on else max(expected, today)) - due_on).days
