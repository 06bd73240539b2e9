from __future__ import annotations

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from clearspan.core.actor import Actor
from clearspan.core.models import Event, User
from clearspan.core.records import Record, Records


class WebhookRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.is_admin else self.none()


class Webhook(Record):
    """An address that is told what is done here, as far as its owner may see it."""

    prefix = "WH"

    owner = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=80, help_text="What it is for, such as “our chat”.")
    address = models.URLField(max_length=300)
    secret = models.TextField(help_text="What deliveries are signed with; sealed with Clearspan's own key.")
    actions = ArrayField(
        models.CharField(max_length=80), default=list, blank=True,
        help_text="Names of actions, or of groups of them, such as opportunities; none: all.",
    )  # fmt: skip
    products = ArrayField(models.BigIntegerField(), default=list, blank=True, help_text="Their numbers; none: all.")
    is_on = models.BooleanField(default=True)
    failing_since = models.DateTimeField(null=True, blank=True, help_text="Nothing has come through since.")
    failures = models.PositiveIntegerField(default=0, help_text="In a row.")
    rests_until = models.DateTimeField(null=True, blank=True, help_text="Before this nothing is sent.")
    words = models.CharField(max_length=300, blank=True, help_text="Why it was switched off.")

    objects = WebhookRecords.as_manager()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def wants(self, event: Event, group: str) -> bool:
        """Whether it is to hear of such an action at all; of which products, the sender looks."""
        return not self.actions or event.action in self.actions or group in self.actions


class DeliveryRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.is_admin else self.none()


class Delivery(models.Model):
    """One event on its way to one webhook, and how that went. A log, so no `Record`: undo leaves it as it is."""

    class Status(models.TextChoices):
        WAITING = "waiting", "waits"
        SENT = "sent", "received"
        FAILED = "failed", "given up"

    prefix = "WD"

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=7, choices=Status, default=Status.WAITING)
    created_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(default=timezone.now, help_text="When it is tried next.")
    tries = models.PositiveIntegerField(default=0)
    answered = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The last answer's HTTP status.")
    milliseconds = models.PositiveIntegerField(null=True, blank=True, help_text="How long the last try took.")
    answer = models.CharField(max_length=500, blank=True, help_text="How the last answer began.")
    words = models.CharField(max_length=300, blank=True, help_text="Why the last try did not go well.")
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryRecords.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["webhook", "-id"]),
            models.Index(fields=["next_at"], condition=models.Q(status="waiting"), name="delivery_waits"),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def ref(self) -> str:
        return f"{self.prefix}-{self.pk}"

    @property
    def about(self) -> str:
        """What was done, by its action's name; a test is one too."""
        return self.event.action if self.event is not None else "ping"

    @property
    def done(self) -> str:
        """The same in words, for a page."""
        return self.about.replace("_", " ").capitalize() if self.event is not None else "A test"

    key_of: Any = classmethod(Record.key_of.__func__)  # type: ignore[attr-defined]  # references as of any row
