from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.models import Source, User
from clearspan.core.records import Record, Records
from clearspan.stages.launch.models import Launch
from clearspan.stages.portal.models.portals import Portal


class ChangelogRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        if actor.is_employee:
            return self.filter(product__in=Product.objects.seen_by(actor))
        open_ = Portal.objects.visible_to(actor).values("product")
        return self.filter(product__in=open_, published_at__isnull=False)


class ChangelogEntry(Source, Record):
    """Something new in a product, in words for those who use it. A draft, until somebody publishes it."""

    prefix = "CH"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="changelog")
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True, help_text="Markdown.")
    launch = models.ForeignKey(Launch, null=True, blank=True, on_delete=models.SET_NULL, related_name="changelog")
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    mailed_at = models.DateTimeField(null=True, blank=True, help_text="When those who want news were sent it.")
    written_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = ChangelogRecords.as_manager()

    class Meta:
        verbose_name_plural = "changelog entries"
        ordering = ["-published_at", "-id"]
        indexes = [models.Index(fields=["product", "-published_at", "-id"]), models.Index(fields=["brought_by"])]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "external_id"], condition=~Q(external_id=""), name="entry_once_a_source"
            )
        ]

    def __str__(self) -> str:
        return self.title
