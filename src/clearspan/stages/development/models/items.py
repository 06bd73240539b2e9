from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from clearspan.catalogue.models import Product, Supplier
from clearspan.catalogue.models.customers import OfProducts
from clearspan.core.models import Function, Source
from clearspan.core.records import Record
from clearspan.stages.definition.models import Requirement
from clearspan.stages.options.models import Option


class Team(Record):
    """Who builds: people of ours, or a supplier's."""

    prefix = "TM"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(max_length=80)
    function = models.ForeignKey(Function, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    supplier = models.ForeignKey(Supplier, null=True, blank=True, on_delete=models.PROTECT, related_name="teams")

    objects = OfProducts.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["product", "name"], name="one_team_a_name")]

    def __str__(self) -> str:
        return self.name


class WorkItem(Source, Record):
    """One piece of work, as a tracker has it: an issue, a ticket, a card.

    It answers "why are we building this?" by the option it serves (through a requirement, where one is named). Without
    an option it is upkeep of what is there, or it has no reason at all: that is what drift is made of.
    """

    prefix = "WI"

    class Kind(models.TextChoices):
        FEATURE = "feature", "feature"
        FIX = "fix", "fix"
        TASK = "task", "task"
        EPIC = "epic", "epic"

    class State(models.TextChoices):
        TODO = "todo", "to do"
        DOING = "doing", "being done"
        DONE = "done", "done"
        DROPPED = "dropped", "dropped"

    class Linked(models.TextChoices):
        REFERENCE = "reference", "named in its text"
        HAND = "hand", "by hand"
        SUGGESTION = "suggestion", "suggested and accepted"
        PARENT = "parent", "through what it is a part of"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="items")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="items")
    tracker = models.ForeignKey(
        "development.Tracker", null=True, blank=True, on_delete=models.SET_NULL, related_name="items"
    )
    key = models.CharField(max_length=80, blank=True, help_text="What people call it in its tracker, such as TIDE-12.")
    url = models.URLField(max_length=500, blank=True)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.TASK)
    state = models.CharField(max_length=7, choices=State, default=State.TODO)
    status = models.CharField(max_length=80, blank=True, help_text="The tracker's own word for where it stands.")
    assignee = models.CharField(max_length=120, blank=True)
    labels = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    estimate = models.FloatField(null=True, blank=True, help_text="In the team's own points.")
    effort = models.FloatField(null=True, blank=True, help_text="Person-days spent, where somebody counted them.")
    added_on = models.DateField(help_text="When it came up.")
    started_on = models.DateField(null=True, blank=True)
    finished_on = models.DateField(null=True, blank=True, help_text="When it was done or dropped.")
    due_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True, help_text="When its tracker last saw a change.")
    parent = models.CharField(
        max_length=200, blank=True, help_text="The identity of what it is a part of, an epic say."
    )
    is_upkeep = models.BooleanField(default=False, help_text="Keeps going what is there: fixes, upgrades, security.")
    upkeep_by_hand = models.BooleanField(default=False, help_text="Somebody said so; its labels no longer do.")
    option = models.ForeignKey(Option, null=True, blank=True, on_delete=models.SET_NULL, related_name="items")
    requirement = models.ForeignKey(Requirement, null=True, blank=True, on_delete=models.SET_NULL, related_name="items")
    linked = models.CharField(
        max_length=10,
        choices=Linked,
        blank=True,
        help_text="How its reason was found. By hand without a reason: there is none.",
    )
    search = models.GeneratedField(
        expression=SearchVector("key", weight="A", config="simple")
        + SearchVector("title", weight="A", config="english")
        + SearchVector("text", weight="B", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = OfProducts.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["product", "state", "-id"]),
            models.Index(fields=["product", "state", "started_on"]),  # what is in hand, the longest first
            models.Index(fields=["product", "state", "added_on"]),  # what waits, the longest first
            models.Index(fields=["product", "finished_on"]),
            models.Index(fields=["product", "-id"]),
            models.Index(fields=["product", "added_on", "id"]),
            models.Index(
                fields=["product", "added_on", "id"],
                condition=models.Q(state__in=("todo", "doing")),
                name="open_item_by_age",
            ),
            models.Index(  # all that is counted of a product is counted from this alone
                fields=["product", "option"],
                include=["state", "kind", "is_upkeep", "team", "estimate", "effort", "started_on", "finished_on"],
                name="item_counted",
            ),
            models.Index(  # how far an option is, of hundreds at once
                fields=["option", "state"], include=["product", "kind", "started_on"], name="item_of_option"
            ),
            models.Index(fields=["product", "parent"], condition=~models.Q(parent=""), name="item_by_parent"),
            models.Index(fields=["brought_by"]),
            GinIndex(fields=["search"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "external_id"], condition=~models.Q(external_id=""), name="item_once_a_source"
            ),
            models.CheckConstraint(
                condition=models.Q(requirement__isnull=True) | models.Q(option__isnull=False),
                name="a_requirement_has_an_option",
            ),
            models.CheckConstraint(
                condition=models.Q(started_on__gte=models.F("added_on"))
                & models.Q(finished_on__gte=models.F("added_on"))
                & models.Q(finished_on__gte=models.F("started_on")),
                name="item_dates_in_order",  # what is not known is in order
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.TODO, self.State.DOING)
