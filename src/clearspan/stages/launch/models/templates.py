from __future__ import annotations

from django.db import models

from clearspan.catalogue.models import OwnRecords
from clearspan.core.models import Function
from clearspan.core.records import Record


class Kind(models.TextChoices):
    """Documents that a launch may need."""

    SALES_SHEET = "sales_sheet", "sales sheet"
    PRICE_LIST = "price_list", "price list"
    BATTLECARD = "battlecard", "battlecard"
    TRAINING = "training", "training"
    RUNBOOK = "runbook", "runbook"
    SUPPORT = "support", "support article"
    RELEASE_NOTES = "release_notes", "release notes"


class LaunchTemplate(Record):
    """What this company asks of its functions for a launch of a given size."""

    prefix = "LT"

    name = models.CharField(max_length=60, unique=True)
    description = models.TextField(blank=True, help_text="For what kind of launch it is meant.")
    decide_before = models.SmallIntegerField(default=7, help_text="Days before the launch that go or no-go is decided.")
    position = models.PositiveSmallIntegerField(default=0)

    objects = OwnRecords.as_manager()

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class TemplateLine(Record):
    """One thing that a function is asked to have ready, so many days before the launch."""

    prefix = "TL"

    template = models.ForeignKey(LaunchTemplate, on_delete=models.CASCADE, related_name="lines")
    function = models.ForeignKey(Function, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True, help_text="What must be there for it to count as done.")
    days_before = models.SmallIntegerField(default=14)
    must = models.BooleanField(default=True, help_text="Without it there is no launch.")
    collateral = models.CharField(
        max_length=14, choices=Kind, blank=True, help_text="The kind of document it is, if it is one."
    )
    position = models.PositiveSmallIntegerField(default=0)

    objects = OwnRecords.as_manager()

    class Meta:
        ordering = ["function__position", "position", "id"]

    def __str__(self) -> str:
        return self.title
