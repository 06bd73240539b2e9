from __future__ import annotations

from pathlib import Path
from typing import Self

from django.db import models

from clearspan.core.actor import Actor
from clearspan.core.models import User
from clearspan.core.records import Record, Records


class BackupRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.is_admin else self.none()


class Backup(Record):
    """An archive that was made, or is being: for a person who asked for an export, or by the clock as a backup."""

    prefix = "BK"
    is_work = True

    class Status(models.TextChoices):
        WAITING = "waiting", "waiting"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "did not finish"

    asked_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text="Whose export it is; nobody’s: a backup.",
    )  # fmt: skip
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    rows = models.BigIntegerField(default=0)
    size = models.BigIntegerField(default=0, help_text="In bytes.")
    digest = models.CharField(max_length=64, blank=True, help_text="Of its manifest: the same for the same content.")
    path = models.CharField(max_length=500, blank=True, help_text="Where the file lies; empty when it is gone.")
    words = models.CharField(max_length=500, blank=True, help_text="Why it did not finish.")
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = BackupRecords.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"export {self.ref}" if self.asked_by_id else f"backup {self.ref}"

    @property
    def file_name(self) -> str:
        return Path(self.path).name

    @property
    def is_under_way(self) -> bool:
        return self.status in (self.Status.WAITING, self.Status.RUNNING)
