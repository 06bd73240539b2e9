from __future__ import annotations

from typing import Self

from django.db import models

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.models import Blob
from clearspan.core.records import Record, Records
from clearspan.stages.development.models.items import WorkItem
from clearspan.stages.options.models import Option


class OfItems(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(item__in=WorkItem.objects.visible_to(actor))


class RefusedLink(Record):
    """Somebody said that this is not why an item is built: it is not suggested again."""

    prefix = "RL"

    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="refused")
    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="+")

    objects = OfItems.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "option"], name="refused_once")]

    def __str__(self) -> str:
        return f"{self.item} is not for {self.option}"


class ReasonIndex(models.Model):
    """What suggestions of reasons are made from: the words of options and requirements, and what was linked to them,
    learnt by a job. Derived, so no `Record`."""

    product = models.OneToOneField(Product, on_delete=models.CASCADE, related_name="+")
    learnt = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    built_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"what is known of the reasons of {self.product}"
