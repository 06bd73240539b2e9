from __future__ import annotations

from typing import Any, Self

from django.db import models

from clearspan.core.actor import Actor
from clearspan.core.models import whose
from clearspan.core.models.people import Token, User
from clearspan.core.records import Records


class EventRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        """Employees see what was done, but to products that do not exist for them; a guest sees what they did.

        An event says in words what it was about: what one may not see may not stand there either.
        """
        if actor.is_employee:
            return whose.but_hidden(self, actor)
        return self.filter(person=actor.guest) if actor.guest else self.none()


class Event(models.Model):
    """One action that was done: by whom, on whose behalf, through which interface, with what, and what it changed."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    person = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="events", db_index=False)
    token = models.ForeignKey(Token, null=True, on_delete=models.SET_NULL, related_name="+")
    interface = models.CharField(max_length=10)
    action = models.CharField(max_length=80, db_index=True)
    given: Any = models.JSONField(default=dict, help_text="What the action was given, references for rows.")
    summary = models.CharField(max_length=300, help_text="What was done, in words.")
    can_undo = models.BooleanField(default=True)
    products = whose.field()
    undone_by = models.OneToOneField("self", null=True, on_delete=models.SET_NULL, related_name="undoes")

    guest_fields = ("at", "action", "summary")
    objects = EventRecords.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["person", "-id"], name="event_by_person"),
            models.Index(  # every page offers to undo what its reader did last
                fields=["person", "-id"], condition=models.Q(can_undo=True, undone_by=None), name="event_to_undo"
            ),
        ]

    def __str__(self) -> str:
        return self.summary

    @classmethod
    def key_of(cls, reference: str) -> int | None:
        return int(reference) if reference.isdigit() else None


class Change(models.Model):
    """One row before and after an event, as written by the database's triggers (see tracking)."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="changes")
    table = models.CharField(max_length=63)
    row = models.BigIntegerField()
    before: Any = models.JSONField(null=True)
    after: Any = models.JSONField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["table", "row"])]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"
