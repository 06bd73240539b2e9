"""Ways to meet a need: what each would take, whom it touches, and what it is worth, with how sure we are."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from clearspan.catalogue.models import Product
from clearspan.catalogue.models.customers import OfProducts
from clearspan.core.actor import Actor
from clearspan.core.models import Function, StudyRecord, User
from clearspan.core.records import Record, Records
from clearspan.stages.opportunities.models import Opportunity


class Option(Record):
    """A way to meet one or more needs."""

    prefix = "OT"

    class State(models.TextChoices):
        DRAFT = "draft", "being worked out"
        READY = "ready", "ready to decide"
        CHOSEN = "chosen", "chosen"
        PARKED = "parked", "parked"
        DECLINED = "declined", "declined"

    class Feasibility(models.IntegerChoices):
        UNKNOWN = 0, "not judged yet"
        PROVEN = 1, "done before"
        LIKELY = 2, "likely possible"
        OPEN = 3, "open questions"
        DOUBTFUL = 4, "doubtful"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="options")
    title = models.CharField(max_length=160)
    summary = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    keeper = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    feasibility = models.PositiveSmallIntegerField(choices=Feasibility, default=Feasibility.UNKNOWN)
    feasibility_note = models.TextField(blank=True)
    duration = models.PositiveSmallIntegerField(default=1, help_text="Quarters from start to finish.")
    earliest = models.DateField(null=True, blank=True, help_text="First day of the quarter in which it may start.")
    latest = models.DateField(null=True, blank=True, help_text="First day of the last quarter in which it may start.")
    bucket = models.CharField(max_length=60, blank=True, help_text="What kind of effort it is: new, improve, upkeep.")
    must = models.BooleanField(default=False, help_text="It has to be done: by law, by contract.")
    opportunities = models.ManyToManyField(Opportunity, through="Meets", related_name="options")
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector("summary", weight="B", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = OfProducts.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["product", "state"]), GinIndex(fields=["search"])]

    def __str__(self) -> str:
        return self.title


class OfOptions(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(option__in=Option.objects.visible_to(actor))


class Meets(Record):
    """An option meets a need."""

    prefix = "ME"

    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="meets")
    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="met_by")

    objects = OfOptions.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["option", "opportunity"], name="meets_once")]

    def __str__(self) -> str:
        return f"{self.option} meets {self.opportunity}"


class Needs(Record):
    """An option can start only when another is finished, or never together with it."""

    prefix = "NE"

    class Kind(models.TextChoices):
        REQUIRES = "requires", "requires"
        EXCLUDES = "excludes", "excludes"

    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="needs")
    other = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="needed_by")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.REQUIRES)

    objects = OfOptions.as_manager()

    class Meta:
        verbose_name_plural = "needs"
        constraints = [
            models.UniqueConstraint(fields=["option", "other"], name="needs_once"),
            models.CheckConstraint(condition=~models.Q(option=models.F("other")), name="needs_another"),
        ]

    def __str__(self) -> str:
        return f"{self.option} {self.kind} {self.other}"


class Effort(Record):
    """What an option takes of a function's people, in people-quarters: one chance in ten each of less and of more."""

    prefix = "EF"

    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="efforts")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="+")
    low = models.FloatField()
    likely = models.FloatField()
    high = models.FloatField()
    source = models.CharField(max_length=200, blank=True, help_text="Who says so; “guess” is a source.")

    objects = OfOptions.as_manager()

    class Meta:
        ordering = ["function__position"]
        constraints = [
            models.UniqueConstraint(fields=["option", "function"], name="one_effort_a_function"),
            models.CheckConstraint(
                condition=models.Q(low__gte=0, likely__gte=models.F("low"), high__gte=models.F("likely")),
                name="effort_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.function}: {self.likely}"


class Impact(Record):
    """What an option means for a function of the company, in that function's own words."""

    prefix = "IP"

    class Weight(models.IntegerChoices):
        RELIEF = 1, "makes it easier"
        NONE = 2, "no change"
        SOME = 3, "some work"
        HEAVY = 4, "heavy"
        STOP = 5, "cannot do it as it is"

    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="impacts")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="+")
    weight = models.PositiveSmallIntegerField(choices=Weight, default=Weight.NONE)
    note = models.TextField(blank=True)
    stated_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = OfOptions.as_manager()

    class Meta:
        ordering = ["function__position"]
        constraints = [models.UniqueConstraint(fields=["option", "function"], name="one_impact_a_function")]

    def __str__(self) -> str:
        return f"{self.function}: {self.get_weight_display()}"


class BusinessCase(Record):
    """One version of an option's business case. `spec` is what the case engine reads (a case.toml as JSON).

    A driver that draws on a demand study says `from_study = "OP-118"`; it is resolved to the newest study when run.
    """

    prefix = "BC"

    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="cases")
    version = models.PositiveIntegerField()
    spec = models.JSONField()
    note = models.CharField(max_length=200, blank=True, help_text="What changed, and why.")
    written_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = OfOptions.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["option", "version"], name="one_case_a_version")]

    def __str__(self) -> str:
        return f"business case {self.version} of {self.option}"


class CaseStudyRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(case__in=BusinessCase.objects.visible_to(actor))


class CaseStudy(StudyRecord):
    """What a business case is worth. The result has one entry; `draws` in the arrays are NPVs, for the portfolio."""

    prefix = "CS"
    engine = "case"

    case = models.ForeignKey(BusinessCase, on_delete=models.CASCADE, related_name="studies")
    npv = models.FloatField(null=True, help_text="Mean, in the company's currency.")
    npv_p05 = models.FloatField(null=True)
    npv_p25 = models.FloatField(null=True)
    npv_p50 = models.FloatField(null=True)
    npv_p75 = models.FloatField(null=True)
    npv_p95 = models.FloatField(null=True)
    probability_of_loss = models.FloatField(null=True)
    demand_study = models.ForeignKey(
        "opportunities.DemandStudy",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="case_studies",
        help_text="The demand study it drew on.",
    )

    objects = CaseStudyRecords.as_manager()
