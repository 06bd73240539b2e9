from __future__ import annotations

from typing import Self

from django.db import models

from clearspan.catalogue.models import Product
from clearspan.catalogue.models.customers import OfProducts
from clearspan.core.actor import Actor
from clearspan.core.models import User
from clearspan.core.records import Record, Records


class DriftNote(Record):
    """A note that brings work back on track: what was seen, what to do, and whom it was sent to."""

    prefix = "DN"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="drift_notes")
    title = models.CharField(max_length=200)
    text = models.TextField()
    written_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = OfProducts.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title


class NoteReaderRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(note__in=DriftNote.objects.visible_to(actor))


class NoteReader(Record):
    """Somebody whom a note concerns, and when they had read it."""

    prefix = "NR"

    note = models.ForeignKey(DriftNote, on_delete=models.CASCADE, related_name="readers")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoteReaderRecords.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["note", "person"], name="one_note_a_reader")]

    def __str__(self) -> str:
        return f"{self.note} for {self.person}"
