from __future__ import annotations

from django.db import models

from clearspan.catalogue.models import Product
from clearspan.catalogue.models.customers import OfProducts
from clearspan.core.models import StudyRecord
from clearspan.stages.development.models.items import Team
from clearspan.stages.options.models import Option


class DeliveryStudy(StudyRecord):
    """When the open items of a product, a team or one option will be done."""

    prefix = "DL"
    engine = "delivery"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="delivery_studies")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="delivery_studies")
    option = models.ForeignKey(Option, null=True, blank=True, on_delete=models.CASCADE, related_name="delivery_studies")
    p10 = models.DateField(null=True)
    p50 = models.DateField(null=True)
    p85 = models.DateField(null=True)
    p95 = models.DateField(null=True)

    objects = OfProducts.as_manager()
