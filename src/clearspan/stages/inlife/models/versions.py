from __future__ import annotations

from django.db import models

from clearspan.catalogue.models import Product
from clearspan.catalogue.models.customers import OfProducts
from clearspan.core.models import Source
from clearspan.core.records import Record


class LedgerVersion(Source, Record):
    """One round of a product's actual, budget or forecast: what entries belong together.

    The version that began to count last counts for every month it has an entry in, whole; what an older one has there
    is kept and does not count. So a new budget replaces the one before for its months, and can be put aside again.
    """

    prefix = "BR"

    class Kind(models.TextChoices):
        ACTUAL = "actual", "actual"
        BUDGET = "budget", "budget"
        FORECAST = "forecast", "forecast"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="ledger_versions")
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=80)
    note = models.TextField(blank=True, help_text="Why it was made, who agreed.")
    counts_at = models.DateTimeField(
        null=True, blank=True, help_text="When it began to count. None: it is kept beside and does not count."
    )

    objects = OfProducts.as_manager()

    class Meta:
        ordering = ["kind", "-counts_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["product", "kind", "name"], name="one_ledger_version_of_a_name")]

    def __str__(self) -> str:
        return self.name
