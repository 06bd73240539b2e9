from __future__ import annotations

from django.db import models

from clearspan.core.models import Function, User
from clearspan.core.records import Record
from clearspan.stages.definition.models import DefinitionVersion
from clearspan.stages.launch.models.launches import Commitment, Launch, OfLaunches
from clearspan.stages.launch.models.templates import Kind


class Collateral(Record):
    """A document that a launch needs, drafted from the definition and finished by people. Its text is Markdown."""

    prefix = "CL"

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        READY = "ready", "ready"

    launch = models.ForeignKey(Launch, on_delete=models.CASCADE, related_name="collateral")
    kind = models.CharField(max_length=14, choices=Kind)
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=5, choices=State, default=State.DRAFT)
    function = models.ForeignKey(Function, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    commitment = models.ForeignKey(
        Commitment, null=True, blank=True, on_delete=models.SET_NULL, related_name="documents"
    )
    drafted_from = models.ForeignKey(
        DefinitionVersion, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = OfLaunches.as_manager()

    class Meta:
        verbose_name_plural = "collateral"
        ordering = ["kind", "id"]

    def __str__(self) -> str:
        return self.title
