from __future__ import annotations

from typing import Any, Self

from django.db import models

from clearspan.core.actor import Actor
from clearspan.core.models import whose
from clearspan.core.models.people import User
from clearspan.core.records import Record, Records


class CommentRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        """Employees see what was said, but of products that do not exist for them."""
        return whose.but_hidden(self, actor) if actor.is_employee else self.none()


class Comment(Record):
    """What somebody said about a row, inside the company. The row is named by its reference, such as OP-118."""

    prefix = "CM"

    about = models.CharField(max_length=30, db_index=True)
    person = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    products = whose.field()

    objects = CommentRecords.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps which products it is about: the row it names says so."""
        if self._state.adding:
            self.products = whose.placed({"about": self.about})
        super().save(*args, **kwargs)
