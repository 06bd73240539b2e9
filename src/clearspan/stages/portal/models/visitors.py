from __future__ import annotations

import secrets
from typing import Self

from django.db import models
from django.db.models import Q

from clearspan.catalogue.models import Account, Product
from clearspan.core.actor import Actor
from clearspan.core.models import Import, User
from clearspan.core.records import Record, Records


def new_seal() -> str:
    """What a browser's signed cookie must repeat: change it, and every browser of the visitor is let go."""
    return secrets.token_urlsafe(12)


class VisitorRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        """The company's people only: an address is nobody else's business."""
        return self if actor.is_employee else self.none()


class Visitor(Record):
    """Somebody who has said something on a portal, by mail address. One row a person, whatever they typed.

    `key` is the address without what makes two of one: case, plus-tags, dots where the provider ignores them.
    """

    prefix = "VI"

    address = models.EmailField(max_length=254, help_text="As it was given; letters go there.")
    key = models.CharField(max_length=254, unique=True, editable=False)
    name = models.CharField(max_length=80, blank=True)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="The address was shown to be theirs.")
    trusted_at = models.DateTimeField(null=True, blank=True, help_text="A comment of theirs was published.")
    is_blocked = models.BooleanField(default=False, help_text="What they send is put aside unread.")
    brought_by = models.ForeignKey(Import, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    seal = models.CharField(max_length=22, default=new_seal, editable=False)

    objects = VisitorRecords.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["account"])]

    def __str__(self) -> str:
        return self.name or "a visitor"


class SubscriptionRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(product__in=Product.objects.seen_by(actor)) if actor.is_employee else self.none()


class Subscription(Record):
    """A visitor wants to hear of one idea, or, without one, of everything new in a product."""

    prefix = "SB"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="subscriptions")
    idea = models.ForeignKey("Idea", null=True, blank=True, on_delete=models.CASCADE, related_name="subscriptions")
    nonce = models.CharField(max_length=22, blank=True, editable=False, help_text="Of the letter that confirms it.")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = SubscriptionRecords.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visitor", "idea"], condition=Q(idea__isnull=False), name="one_for_an_idea"
            ),
            models.UniqueConstraint(
                fields=["visitor", "product"], condition=Q(idea__isnull=True), name="one_for_a_changelog"
            ),
        ]

    def __str__(self) -> str:
        return f"news of {self.idea or self.product}"
