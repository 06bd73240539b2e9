from __future__ import annotations

from decimal import Decimal
from typing import Any, Self

from django.db import models

from clearspan.core.actor import Actor
from clearspan.core.once import once
from clearspan.core.records import Record, Records


class CompanyRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.is_employee else self.none()


class Company(Record):
    """The company that runs this Clearspan: one row."""

    prefix = "CO"

    name = models.CharField(max_length=120, default="Our company")
    currency = models.CharField(max_length=3, default="EUR", help_text="Three letters, such as GBP.")
    discount_rate = models.DecimalField(
        max_digits=5, decimal_places=4, default=Decimal("0.09"), help_text="A year, as a fraction: 0.09 is 9 %."
    )
    need_threshold = models.DecimalField(
        max_digits=5,
        decimal_places=4,
        default=Decimal("0.05"),
        help_text="The share of a segment from which a need counts as the segment's.",
    )
    year_starts = models.PositiveSmallIntegerField(
        default=1, help_text="The month that a year of the books begins with: 4 is April."
    )
    settings: Any = models.JSONField(default=dict, blank=True)

    objects = CompanyRecords.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_company"),
            models.CheckConstraint(
                condition=models.Q(discount_rate__gte=0, discount_rate__lt=1), name="discount_rate_is_a_fraction"
            ),
            models.CheckConstraint(
                condition=models.Q(need_threshold__gt=0, need_threshold__lt=1), name="need_threshold_is_a_fraction"
            ),
            models.CheckConstraint(condition=models.Q(year_starts__range=(1, 12)), name="year_starts_with_a_month"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def ours(cls) -> Company:
        """The one row, made with its defaults when it is not there yet."""
        return once("company", lambda: cls.objects.get_or_create(pk=1)[0])
