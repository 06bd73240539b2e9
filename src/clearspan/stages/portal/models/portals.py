from __future__ import annotations

from typing import Self

from django.db import models

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.records import Record, Records

HOW = """Every idea is read by a person. Votes tell us where to look; they do not decide alone.

We ask how many of those we serve have the need, whether or not they have voted; what it takes to meet it; and what
would have to wait for it. What is decided stands on the page of the idea, with why."""


class PortalRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        """Employees see the portals of products they see; everybody else those that are open."""
        if actor.is_employee:
            return self.filter(product__in=Product.objects.seen_by(actor))
        return self.filter(is_open=True, product__is_archived=False, product__is_confidential=False)


class Portal(Record):
    """A product's public pages. Closed, until its manager opens it."""

    prefix = "PB"

    product = models.OneToOneField(Product, on_delete=models.CASCADE, related_name="portal")
    is_open = models.BooleanField(default=False)
    headline = models.CharField(max_length=120, default="What you asked for, and what became of it.")
    how = models.TextField(blank=True, default=HOW, help_text="How you choose, in Markdown.")
    privacy = models.TextField(blank=True, help_text="Who answers for what is kept, and how to reach them.")

    objects = PortalRecords.as_manager()

    def __str__(self) -> str:
        return f"the portal of {self.product}"
