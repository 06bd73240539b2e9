from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.db import models

from clearspan.core.actor import Actor
from clearspan.core.records import Record, Records
from clearspan.stages.decisions.models import Decision
from clearspan.stages.inlife.models.lines import LedgerLine


class AttributionRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(decision__in=Decision.objects.visible_to(actor))


class Attribution(Record):
    """What of a line of the ledger is a decision's doing: what lies above what it would be without, or a share of it.

    Each month's figure is (amount - without) * share, in the ledger's signs: costs are below nought.
    """

    prefix = "LD"

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="attributions")
    line = models.ForeignKey(LedgerLine, on_delete=models.PROTECT, related_name="+")
    region = models.CharField(max_length=80, blank=True, help_text="Empty: all regions.")
    share = models.FloatField(default=1, help_text="Of what lies above, 0 to 1.")
    without = models.DecimalField(
        max_digits=18, decimal_places=2, default=Decimal(0), help_text="What the line would be without it, a month."
    )
    starts = models.DateField(null=True, blank=True, help_text="First month that counts; empty: when work started.")
    note = models.CharField(max_length=200, blank=True, help_text="Why this share, why this level.")

    objects = AttributionRecords.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "line", "region"], name="attributed_once"),
            models.CheckConstraint(condition=models.Q(share__gt=0, share__lte=1), name="attributed_share"),
        ]

    def __str__(self) -> str:
        return f"{self.line} of {self.decision}"
