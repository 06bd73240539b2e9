from __future__ import annotations

from django.db import models

from clearspan.catalogue.models import OwnRecords
from clearspan.core.records import Record


class LedgerLine(Record):
    """A line of the P&L, as this company names it. Its kind says under which subtotal it stands."""

    prefix = "LG"

    class Kind(models.TextChoices):
        REVENUE = "revenue", "revenue"
        SALES = "sales", "cost of sales"
        OPERATING = "operating", "operating cost"

    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=9, choices=Kind)
    position = models.PositiveSmallIntegerField(default=0)
    unit = models.CharField(max_length=40, blank=True, help_text="What its quantity counts: accounts, hours ...")
    other_names = models.TextField(blank=True, help_text="What files call it, one a line: names, numbers of accounts.")
    is_archived = models.BooleanField(default=False)

    objects = OwnRecords.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_cost(self) -> bool:
        return self.kind != self.Kind.REVENUE

    @property
    def names(self) -> list[str]:
        """Every name it goes by in files."""
        return [self.name, *filter(None, (one.strip() for one in self.other_names.splitlines()))]
