from __future__ import annotations

import hashlib
from typing import Any, Self

from django.db import models

from clearspan.core.models.people import User
from clearspan.core.records import Record


class Blob(models.Model):
    """Bytes addressed by their content: the arrays a study was run on. Written once, shared by equal studies."""

    digest = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.digest[:12]

    @classmethod
    def keep(cls, content: bytes) -> Self:
        """The blob with this content, written unless it is there."""
        blob = cls(digest=hashlib.sha256(content).hexdigest(), content=content)
        cls.objects.bulk_create([blob], ignore_conflicts=True)
        return blob


class StudyRecord(Record):
    """A saved run of an engine. Each stage has its own kind, which says what it is about."""

    class Status(models.TextChoices):
        WAITING = "waiting", "waiting"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "did not finish"
        STOPPED = "stopped", "stopped with the best so far"

    is_work = True
    engine = ""  # the engine's name, set by each kind

    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    seed = models.BigIntegerField(default=0)
    version = models.CharField(max_length=40, blank=True, help_text="Of Clearspan, when it ran.")
    options: Any = models.JSONField(default=dict, blank=True, help_text="What the engine was asked to do.")
    inputs = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    result: Any = models.JSONField(null=True)
    progress = models.FloatField(default=0, help_text="From 0 to 1.")
    words = models.CharField(max_length=300, blank=True, help_text="What it is doing, or why it did not finish.")
    asked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    stop_asked = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.ref

    @property
    def is_under_way(self) -> bool:
        return self.status in (self.Status.WAITING, self.Status.RUNNING)
