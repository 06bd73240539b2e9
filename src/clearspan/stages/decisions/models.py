"""What we do, what we don't, and why: the plan that the people there are can carry, and what each decision promised."""

from __future__ import annotations

from typing import Self

from django.db import models

from clearspan.catalogue.models import Gate, Product
from clearspan.catalogue.models.customers import OfProducts
from clearspan.core.actor import Actor, Kind
from clearspan.core.models import Function, StudyRecord, User
from clearspan.core.records import Record, Records
from clearspan.stages.decisions.audiences import PUBLISHED_TO, open_to
from clearspan.stages.decisions.precision import Precision
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import CaseStudy, Option


class Capacity(Record):
    """How many people of a function a product has in a quarter."""

    prefix = "CA"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="capacity")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="+")
    quarter = models.DateField(help_text="First day of the quarter.")
    people = models.FloatField()

    objects = OfProducts.as_manager()

    class Meta:
        verbose_name_plural = "capacity"
        ordering = ["quarter", "function__position"]
        constraints = [
            models.UniqueConstraint(fields=["product", "function", "quarter"], name="one_capacity_a_quarter"),
            models.CheckConstraint(condition=models.Q(people__gte=0), name="capacity_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.function}, {self.quarter}: {self.people}"


class Bucket(Record):
    """A share of all effort that a kind of work must have at least, or may have at most."""

    prefix = "BU"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="buckets")
    name = models.CharField(max_length=60)
    floor = models.FloatField(default=0)
    cap = models.FloatField(default=1)

    objects = OfProducts.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["product", "name"], name="one_bucket_a_name"),
            models.CheckConstraint(
                condition=models.Q(floor__gte=0, cap__lte=1, floor__lte=models.F("cap")), name="bucket_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PortfolioStudy(StudyRecord):
    """Which options, when, with the people there are; `options` has risk, budget and what was forced in."""

    prefix = "PS"
    engine = "portfolio"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="portfolio_studies")
    name = models.CharField(max_length=80, blank=True, help_text="Of a variant that is kept.")

    objects = OfProducts.as_manager()


class DisplacementRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(option__in=Option.objects.visible_to(actor))


class Displacement(Record):
    """What forcing an option into the newest plan costs it: the price of an ad-hoc ask. One row an option."""

    prefix = "DP"

    option = models.OneToOneField(Option, on_delete=models.CASCADE, related_name="displacement")
    study = models.ForeignKey(PortfolioStudy, on_delete=models.CASCADE, related_name="displacements")
    fits = models.BooleanField(default=True)
    loss = models.FloatField(default=0, help_text="Value the plan loses, in the company's currency.")
    leaves = models.JSONField(default=list, help_text="Options that leave, by reference.")
    moves = models.JSONField(default=list, help_text="Options that start later, by reference.")

    objects = DisplacementRecords.as_manager()

    class Meta:
        ordering = ["-loss"]

    def __str__(self) -> str:
        return f"what {self.option} displaces"


class Decision(Record):
    """What was decided about an option or a need, by whom, why, and what was expected of it. Kept for ever.

    What was expected is a copy of the numbers at the time: NPV, effort, finish. It is later held against what came.
    """

    prefix = "DC"

    class Kind(models.TextChoices):
        CHOOSE = "choose", "chosen"
        PARK = "park", "parked"
        DECLINE = "decline", "declined"
        STOP = "stop", "stopped"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=8, choices=Kind)
    option = models.ForeignKey(Option, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    opportunity = models.ForeignKey(
        Opportunity, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    gate = models.ForeignKey(Gate, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=200)
    reasons = models.TextField()
    decided_on = models.DateField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="decisions")
    review_on = models.DateField(null=True, blank=True, help_text="When to look at it again.")
    case_study = models.ForeignKey(
        CaseStudy, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    portfolio_study = models.ForeignKey(
        PortfolioStudy, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    expected = models.JSONField(
        default=dict,
        help_text="npv {mean, p05, p25, p50, p75, p95}, probability_of_loss, measure, and to_date: the same by period.",
    )
    starts = models.DateField(null=True, blank=True, help_text="First day of the quarter in which work starts.")
    ends = models.DateField(null=True, blank=True, help_text="Last day of the quarter in which it should be done.")

    objects = OfProducts.as_manager()

    class Meta:
        ordering = ["-decided_on", "-id"]
        indexes = [models.Index(fields=["product", "kind"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(option__isnull=False) | models.Q(opportunity__isnull=False), name="decides_something"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class WordingRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        """Who manages or leads sees every wording; others of the company what was published to audiences of theirs."""
        seen = self.filter(option__in=Option.objects.visible_to(actor))
        if actor.is_system or actor.kind in (Kind.PRODUCT, Kind.LEADERSHIP):
            return seen
        return seen.filter(is_published=True, audience__in=[one.key for one in open_to(actor)])


class RoadmapWording(Record):
    """What an audience that is shown only what was published is told of an option, in words written for it."""

    prefix = "RW"

    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="wordings")
    audience = models.CharField(max_length=12, choices=[(one.key, one.name) for one in PUBLISHED_TO])
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True, help_text="What it will do for them. Markdown.")
    precision = models.CharField(
        max_length=12, choices=Precision, blank=True, help_text="How exactly they are told when; empty is the rule's."
    )
    is_published = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = WordingRecords.as_manager()

    class Meta:
        ordering = ["option", "audience"]
        constraints = [models.UniqueConstraint(fields=["option", "audience"], name="one_wording_an_audience")]

    def __str__(self) -> str:
        return self.title


class OutcomeRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(decision__in=Decision.objects.visible_to(actor))


class Outcome(Record):
    """What had come of a decision by a day, from where it is known. The newest is what stands; all of them are kept.

    The amount is in the unit of what was expected: NPV to date, money discounted to the day on which work started.
    """

    prefix = "OC"

    class Known(models.TextChoices):
        SAID = "said", "entered by hand"
        LEDGER = "ledger", "the ledger"
        MEASURE = "measure", "a measure"

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="outcomes")
    day = models.DateField(help_text="What had come up to and with this day.")
    amount = models.FloatField(null=True, blank=True, help_text="None: it is known in words only.")
    known = models.CharField(max_length=7, choices=Known, default=Known.SAID, help_text="Where the amount is from.")
    source = models.CharField(max_length=200, blank=True, help_text="Which lines, which measure, who says so.")
    note = models.TextField(blank=True, help_text="What explains it.")
    is_final = models.BooleanField(default=False, help_text="Nothing more is to come of it.")
    noted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = OutcomeRecords.as_manager()

    class Meta:
        ordering = ["-day", "-id"]
        indexes = [models.Index(fields=["decision", "-day"])]

    def __str__(self) -> str:
        return f"what came of {self.decision} by {self.day:%-d %b %Y}"
