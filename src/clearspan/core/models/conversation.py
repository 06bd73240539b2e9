from __future__ import annotations

from typing import Self

from django.db import models

from clearspan.core.actor import Actor
from clearspan.core.models.people import User
from clearspan.core.records import Record, Records


class CommentRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.is_employee else self.none()


class Comment(Record):
    """What somebody said about a row, inside the company. The row is named by its reference, such as OP-118."""

    prefix = "CM"

    about = models.CharField(max_length=30, db_index=True)
    person = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()

    objects = CommentRecords.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]
