from __future__ import annotations

from typing import Any, Self

from django.db import models

from clearspan.catalogue.models import Product
from clearspan.catalogue.models.customers import OfProducts
from clearspan.core.actor import Actor
from clearspan.core.models import User
from clearspan.core.records import Record, Records
from clearspan.stages.development.models.items import Team


class Tracker(Record):
    """A tracker whose items are pulled on a schedule. Its secret is kept sealed, and is never shown again."""

    prefix = "TR"

    class System(models.TextChoices):
        GITHUB = "github", "GitHub"
        GITLAB = "gitlab", "GitLab"
        JIRA = "jira", "Jira"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="trackers")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="trackers")
    system = models.CharField(max_length=6, choices=System)
    address = models.URLField(help_text="Of its API, such as https://api.github.com.")
    project = models.CharField(max_length=200, help_text="owner/repository, group/project, or a Jira key.")
    account = models.CharField(max_length=200, blank=True, help_text="Jira: the e-mail address the token belongs to.")
    secret = models.TextField(blank=True, help_text="The token, sealed with Clearspan's own key.")
    every = models.PositiveIntegerField(default=60, help_text="Minutes between pulls; 0: only when asked.")
    pull_requests = models.BooleanField(default=False, help_text="GitHub: pull requests are items too.")
    cursor: Any = models.JSONField(default=dict, blank=True, help_text="How far the pulls came.")

    objects = OfProducts.as_manager()

    class Meta:
        ordering = ["system", "project"]
        constraints = [
            # Whatever the address: an item's identity is made of system and project (see Incoming).
            models.UniqueConstraint(fields=["product", "system", "project"], name="one_tracker_a_project")
        ]

    def __str__(self) -> str:
        return f"{self.get_system_display()} {self.project}"


class OfTrackers(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(tracker__in=Tracker.objects.visible_to(actor))


class Pull(Record):
    """One pull from a tracker: how far it came, what it brought, or why it did not finish."""

    prefix = "PU"
    is_work = True

    class Status(models.TextChoices):
        WAITING = "waiting", "waiting"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "did not finish"

    tracker = models.ForeignKey(Tracker, on_delete=models.CASCADE, related_name="pulls")
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    seen = models.PositiveIntegerField(default=0, help_text="Items that could be read; one may be seen twice.")
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unread = models.PositiveIntegerField(default=0, help_text="Items that could not be read.")
    faults: Any = models.JSONField(default=list, blank=True, help_text="The first of these: key, and why.")
    words = models.CharField(max_length=500, blank=True, help_text="What it is doing, or why it did not finish.")
    asked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = OfTrackers.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tracker"], condition=models.Q(status__in=("waiting", "running")), name="one_pull_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ref} of {self.tracker}"

    @property
    def is_under_way(self) -> bool:
        return self.status in (self.Status.WAITING, self.Status.RUNNING)
