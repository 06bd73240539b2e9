from __future__ import annotations

from typing import Any, Self

from django.db import models

from clearspan.core.actor import Actor
from clearspan.core.models import whose
from clearspan.core.models.events import Event
from clearspan.core.models.people import User
from clearspan.core.records import Record, Records


class ImportRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        """Employees see what was brought in, but of products that do not exist for them."""
        return whose.but_hidden(self, actor) if actor.is_employee else self.none()


class Import(Record):
    """One file that was, or is being, brought in: how its columns were understood, what it gave, how it stands."""

    prefix = "IM"
    is_work = True

    class Status(models.TextChoices):
        DRAFT = "draft", "columns being matched"
        WAITING = "waiting", "waiting"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "did not finish"
        UNDONE = "undone", "undone"

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200, help_text="The file's name.")
    digest = models.CharField(
        max_length=64, help_text="Of its content, which names the file under the company's files."
    )
    size = models.BigIntegerField(default=0, help_text="In bytes.")
    mapping: Any = models.JSONField(default=dict, help_text="Column of the file to field.")
    options: Any = models.JSONField(
        default=dict, blank=True, help_text="Answers that hold for every row: product, segment, channel ..."
    )
    status = models.CharField(max_length=8, choices=Status, default=Status.DRAFT)
    rows = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0, help_text="Rows that were there already.")
    faults: Any = models.JSONField(default=list, help_text="The first faults: row, column, found, expected.")
    faulty = models.PositiveIntegerField(default=0)
    words = models.CharField(max_length=300, blank=True, help_text="How it stands, in one sentence.")
    result: Any = models.JSONField(
        default=dict, blank=True, help_text="What else came of it: notes, what was made beside, what an undo kept."
    )
    asked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    products = whose.field()

    objects = ImportRecords.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps which products it is about. What was done to the file before that was known is about them too."""
        about = whose.placed({"file": self})
        if self.asked_by is not None:  # naming what one may not see tells nothing: the file stays one's own
            about = whose.known_to(Actor(self.asked_by), about)
        before, self.products = self.products, about or self.products
        super().save(*args, **kwargs)
        if self.products != before:
            done = Event.objects.filter(changes__table=self._meta.db_table, changes__row=self.pk)
            Event.objects.filter(pk__in=done.values("pk")).update(products=self.products)


class ImportProgress(models.Model):
    """How far a running import is. A row of its own: the import's row is locked by the transaction that does the work,
    and this one is written beside it."""

    file = models.OneToOneField(Import, primary_key=True, on_delete=models.CASCADE, related_name="progress")
    share = models.FloatField(default=0, help_text="From 0 to 1.")
    words = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(help_text="When it was last written.")

    def __str__(self) -> str:
        return f"{self.share:.0%} of {self.file_id}"


class Source(models.Model):
    """Mixin: where a row came from, so that an import run again adds nothing and can be undone whole."""

    brought_by = models.ForeignKey(Import, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    external_id = models.CharField(max_length=200, blank=True, help_text="Its identity in the system it came from.")

    class Meta:
        abstract = True
