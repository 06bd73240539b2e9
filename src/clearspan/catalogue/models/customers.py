from __future__ import annotations

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Upper

from clearspan.catalogue.models.products import OwnRecords, Product
from clearspan.core.actor import Actor
from clearspan.core.models import Source, User
from clearspan.core.records import Record, Records


class Segment(Record):
    """A part of the market whose accounts are alike in what they need."""

    prefix = "SE"

    name = models.CharField(max_length=80, unique=True)
    description = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = OwnRecords.as_manager()

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class OfProducts(Records):
    """What an employee may see when the product may be seen."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(product__in=Product.objects.seen_by(actor))


class MarketSize(Source, Record):
    """How many accounts of a segment the whole market has for a product, and what each is worth a year; says who."""

    prefix = "MS"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="market")
    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="market")
    accounts = models.PositiveIntegerField(help_text="In the whole addressable market, customers or not.")
    value_per_account = models.DecimalField(max_digits=14, decimal_places=2, help_text="A year's revenue or potential.")
    source = models.CharField(max_length=200, blank=True, help_text="Who says so.")
    as_of = models.DateField(null=True, blank=True)

    objects = OfProducts.as_manager()

    class Meta:
        ordering = ["segment__position", "segment__name"]
        constraints = [models.UniqueConstraint(fields=["product", "segment"], name="one_size_a_segment")]

    def __str__(self) -> str:
        return f"{self.segment}: {self.accounts} accounts"


class AccountRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        """Employees see all accounts, a customer its own."""
        if actor.is_employee:
            return self
        if actor.guest is None:
            return self.none()
        return self.filter(pk__in=Contact.objects.filter(person=actor.guest).values("account"))


class Account(Source, Record):
    """An organisation that buys, may buy or has bought."""

    prefix = "AC"
    guest_fields = ("name",)

    name = models.CharField(max_length=160)
    segment = models.ForeignKey(Segment, null=True, blank=True, on_delete=models.PROTECT, related_name="accounts")
    value = models.DecimalField(
        max_digits=14, decimal_places=2, default=0, help_text="A year's revenue, or its potential."
    )
    is_customer = models.BooleanField(default=True)
    note = models.TextField(blank=True)
    search = models.GeneratedField(
        expression=SearchVector("name", "note", config="english"), output_field=SearchVectorField(), db_persist=True
    )

    objects = AccountRecords.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [
            GinIndex(fields=["search"]),
            models.Index(fields=["brought_by"]),
            models.Index(fields=["name"]),
            models.Index(Upper("name"), name="account_by_name"),  # what __iexact looks up
            models.Index(fields=["-value", "-id"]),
            models.Index(fields=["segment", "is_customer"]),  # counts by segment are read from it alone
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["external_id"], condition=~models.Q(external_id=""), name="account_once_a_source"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ContactRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        if actor.is_employee:
            return self
        return self.filter(person=actor.guest) if actor.guest else self.none()


class Contact(Source, Record):
    """A person at an account. With `person`, one who signs in as a customer."""

    prefix = "CT"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    title = models.CharField(max_length=120, blank=True)
    person = models.OneToOneField(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="contact")

    objects = ContactRecords.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["brought_by"])]

    def __str__(self) -> str:
        return self.name


class Deal(Source, Record):
    """A sale under way, won or lost. (Never called an opportunity: that is a need of the market.)"""

    prefix = "DE"

    class State(models.TextChoices):
        OPEN = "open", "open"
        WON = "won", "won"
        LOST = "lost", "lost"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="deals")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="deals")
    name = models.CharField(max_length=160)
    state = models.CharField(max_length=5, choices=State, default=State.OPEN)
    step = models.CharField(max_length=60, blank=True, help_text="The CRM's own word for where it stands.")
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True, help_text="A year's value.")
    seller = models.CharField(max_length=120, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was won or lost.")
    competitor = models.ForeignKey(
        "catalogue.Competitor", null=True, blank=True, on_delete=models.SET_NULL, related_name="deals",
        help_text="Whom it was won against or lost to; while it is open, whom the buyer looks at too.",
    )  # fmt: skip

    objects = OfProducts.as_manager()

    class Meta:
        ordering = ["-closes_on", "-id"]
        indexes = [models.Index(fields=["product", "state", "closes_on"]), models.Index(fields=["brought_by"])]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "external_id"], condition=~models.Q(external_id=""), name="deal_once_a_source"
            )
        ]

    def __str__(self) -> str:
        return self.name
