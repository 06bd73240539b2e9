from __future__ import annotations

from django.db import models

from clearspan.catalogue.models import Product
from clearspan.catalogue.models.customers import OfProducts
from clearspan.core.models import StudyRecord


class LedgerForecast(StudyRecord):
    """What a product will earn: its lines by month, forecast from what they brought so far, adding up."""

    prefix = "FO"
    engine = "forecasting"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="ledger_forecasts")

    objects = OfProducts.as_manager()

    class Meta(StudyRecord.Meta):
        indexes = [models.Index(fields=["product", "-id"])]
