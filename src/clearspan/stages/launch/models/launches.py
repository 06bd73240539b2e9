from __future__ import annotations

from typing import Self

from django.db import models

from clearspan.catalogue.models import Product
from clearspan.catalogue.models.customers import OfProducts
from clearspan.core.actor import Actor
from clearspan.core.models import Function, User
from clearspan.core.records import Record, Records
from clearspan.stages.launch.models.templates import LaunchTemplate
from clearspan.stages.options.models import Option


class Launch(Record):
    """Bringing one or more options to market, on a day that every function works towards."""

    prefix = "LA"

    class State(models.TextChoices):
        PLANNED = "planned", "being prepared"
        GO = "go", "go"
        NO_GO = "no_go", "no-go"
        LAUNCHED = "launched", "launched"
        OFF = "off", "called off"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="launches")
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True, help_text="What is launched, for whom, where.")
    template = models.ForeignKey(LaunchTemplate, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    keeper = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    planned_on = models.DateField()
    first_planned_on = models.DateField(null=True, blank=True, help_text="Where it was moved: its first day.")
    moves = models.PositiveSmallIntegerField(default=0, help_text="How often its day was moved.")
    decide_on = models.DateField(null=True, blank=True, help_text="When go or no-go is decided.")
    launched_on = models.DateField(null=True, blank=True)
    options = models.ManyToManyField(Option, through="LaunchOption", related_name="launches")

    objects = OfProducts.as_manager()

    class Meta:
        ordering = ["-planned_on", "-id"]
        indexes = [models.Index(fields=["product", "state"])]

    def __str__(self) -> str:
        return self.title


class OfLaunches(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(launch__in=Launch.objects.visible_to(actor))


class LaunchOption(Record):
    """An option that a launch brings to market."""

    prefix = "LO"

    launch = models.ForeignKey(Launch, on_delete=models.CASCADE, related_name="brings")
    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="+")

    objects = OfLaunches.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["launch", "option"], name="launched_once_a_launch")]

    def __str__(self) -> str:
        return f"{self.launch} brings {self.option}"


class Commitment(Record):
    """Something a function has ready by a day. Asked until the function promises it; done when there is evidence."""

    prefix = "LC"

    class State(models.TextChoices):
        ASKED = "asked", "not answered"
        PROMISED = "promised", "promised"
        DONE = "done", "done"
        DECLINED = "declined", "declined"

    launch = models.ForeignKey(Launch, on_delete=models.CASCADE, related_name="commitments")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True, help_text="What must be there for it to count as done.")
    must = models.BooleanField(default=True, help_text="Without it there is no launch.")
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_on = models.DateField(null=True, blank=True, help_text="When the function was last asked.")
    due_on = models.DateField()
    is_fixed = models.BooleanField(default=False, help_text="Its day was set by hand and stays when the launch moves.")
    evidence = models.TextField(blank=True, help_text="What shows that it is done: words, an address, a document.")
    words = models.TextField(blank=True, help_text="What the function says to it.")
    done_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = OfLaunches.as_manager()

    class Meta:
        ordering = ["function__position", "position", "id"]
        indexes = [models.Index(fields=["launch", "state"])]

    def __str__(self) -> str:
        return self.title


class LaunchMeasure(Record):
    """What is expected of a launch, as a number with how sure it is, and what came."""

    prefix = "LM"

    launch = models.ForeignKey(Launch, on_delete=models.CASCADE, related_name="measures")
    name = models.CharField(max_length=120)
    unit = models.CharField(max_length=40, blank=True)
    low = models.FloatField(help_text="Undercut once in ten.")
    likely = models.FloatField()
    high = models.FloatField(help_text="Exceeded once in ten.")
    source = models.CharField(max_length=200, blank=True, help_text="Who says so; “guess” is a source.")
    due_on = models.DateField(help_text="When to look.")
    came = models.FloatField(null=True, blank=True)
    came_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    objects = OfLaunches.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(likely__gte=models.F("low"), high__gte=models.F("likely")), name="measure_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.name
