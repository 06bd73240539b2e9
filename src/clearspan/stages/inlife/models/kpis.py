from __future__ import annotations

from typing import Self

from django.db import models

from clearspan.catalogue.models import Product
from clearspan.catalogue.models.customers import OfProducts
from clearspan.core.actor import Actor
from clearspan.core.models import Source, User
from clearspan.core.records import Record, Records


class KPI(Record):
    """A number by which a product is steered: what it counts, which way is good, where it should be by when."""

    prefix = "KP"

    class Direction(models.TextChoices):
        UP = "up", "more is better"
        DOWN = "down", "less is better"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="kpis")
    name = models.CharField(max_length=120)
    unit = models.CharField(max_length=40, blank=True, help_text="Such as %, days, tickets a week.")
    text = models.TextField(blank=True, help_text="What exactly it counts, and from where.")
    direction = models.CharField(max_length=4, choices=Direction, default=Direction.UP)
    target = models.FloatField(null=True, blank=True)
    target_on = models.DateField(null=True, blank=True, help_text="By when.")
    target_set_on = models.DateField(null=True, blank=True, help_text="When the target was set.")
    chance = models.FloatField(null=True, blank=True, help_text="How likely it was thought to be reached, then.")
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="kpis")
    is_archived = models.BooleanField(default=False)

    objects = OfProducts.as_manager()

    class Meta:
        verbose_name = "KPI"
        verbose_name_plural = "KPIs"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["product", "name"], name="one_kpi_of_a_name"),
            models.CheckConstraint(
                condition=models.Q(target__isnull=True)
                | models.Q(target_on__isnull=False, target_set_on__isnull=False),
                name="kpi_target_has_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(chance__isnull=True) | models.Q(chance__gte=0, chance__lte=1, target__isnull=False),
                name="kpi_chance_is_of_a_target",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def up_is_good(self) -> bool:
        return self.direction == self.Direction.UP


class KPIReadingRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(kpi__in=KPI.objects.visible_to(actor))


class KPIReading(Source, Record):
    """What a KPI stood at on a day."""

    prefix = "KR"

    kpi = models.ForeignKey(KPI, on_delete=models.CASCADE, related_name="readings")
    day = models.DateField()
    value = models.FloatField()
    source = models.CharField(max_length=200, blank=True, help_text="Where it is from.")
    note = models.TextField(blank=True, help_text="What explains it.")

    objects = KPIReadingRecords.as_manager()

    class Meta:
        verbose_name = "KPI reading"
        ordering = ["day"]
        indexes = [models.Index(fields=["brought_by"])]
        constraints = [models.UniqueConstraint(fields=["kpi", "day"], name="one_kpi_reading_a_day")]

    def __str__(self) -> str:
        return f"{self.kpi}, {self.day:%-d %b %Y}"
