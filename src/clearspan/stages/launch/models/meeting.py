from __future__ import annotations

from typing import Any

from django.db import models

from clearspan.core.models import Function, User
from clearspan.core.records import Record
from clearspan.stages.launch.models.launches import Launch, OfLaunches


class GoVote(Record):
    """What a function says to launching: go, go if, or no-go."""

    prefix = "GV"

    class Says(models.TextChoices):
        GO = "go", "go"
        GO_IF = "go_if", "go, if"
        NO_GO = "no_go", "no-go"

    launch = models.ForeignKey(Launch, on_delete=models.CASCADE, related_name="votes")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="+")
    says = models.CharField(max_length=5, choices=Says)
    words = models.TextField(blank=True, help_text="The condition, or what stands against it.")
    person = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    said_at = models.DateTimeField()

    objects = OfLaunches.as_manager()

    class Meta:
        ordering = ["function__position"]
        constraints = [models.UniqueConstraint(fields=["launch", "function"], name="one_vote_a_function")]

    def __str__(self) -> str:
        return f"{self.function}: {self.get_says_display()}"


class GoDecision(Record):
    """Go or no-go, by whom, why, and how ready everything was at the time. Kept for ever."""

    prefix = "GD"

    launch = models.ForeignKey(Launch, on_delete=models.CASCADE, related_name="go_decisions")
    goes = models.BooleanField()
    reasons = models.TextField()
    decided_on = models.DateField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    readiness: Any = models.JSONField(default=dict, help_text="Commitments, votes and dates as they stood.")

    objects = OfLaunches.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{'go' if self.goes else 'no-go'} for {self.launch}"
