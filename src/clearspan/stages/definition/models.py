"""What exactly is to be built, and why: every requirement stands on evidence, every version is kept, functions sign."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from clearspan.catalogue.models import Product, Standing
from clearspan.catalogue.models.customers import OfProducts
from clearspan.core.actor import Actor
from clearspan.core.models import Function, User
from clearspan.core.records import Record, Records
from clearspan.stages.evidence.models import Feedback, Intelligence
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import Option


class Definition(Record):
    """What is to be built of one option: the problem, the outcome and its measure, and how it is positioned.

    The texts are Markdown. What is here is the working copy; what people sign is a `DefinitionVersion` of it.
    """

    prefix = "DF"

    class State(models.TextChoices):
        DRAFT = "draft", "being written"
        ASKED = "asked", "out for sign-off"
        SIGNED = "signed", "signed"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="definitions")
    option = models.OneToOneField(Option, on_delete=models.PROTECT, related_name="definition")
    title = models.CharField(max_length=160)
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
    keeper = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    problem = models.TextField(blank=True, help_text="Who has it, when, and what it costs them.")
    outcome = models.TextField(blank=True, help_text="What is different for them when it is there.")
    left_out = models.TextField(blank=True, help_text="What it is not, so that nobody waits for it.")
    measure = models.CharField(max_length=200, blank=True, help_text="The number that says whether the outcome came.")
    unit = models.CharField(max_length=40, blank=True)
    baseline = models.FloatField(null=True, blank=True, help_text="What it is today.")
    target = models.FloatField(null=True, blank=True, help_text="What it is to be.")
    measured_by = models.DateField(null=True, blank=True, help_text="By when.")
    audience = models.TextField(blank=True, help_text="Positioning: for whom.")
    alternative = models.TextField(blank=True, help_text="Positioning: against what they would do or buy instead.")
    difference = models.TextField(blank=True, help_text="Positioning: why it is different and better.")
    proof = models.TextField(blank=True, help_text="Positioning: what shows that this is so.")

    objects = OfProducts.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["product", "state"])]

    def __str__(self) -> str:
        return self.title


class OfDefinitions(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(definition__in=Definition.objects.visible_to(actor))


class Requirement(Record):
    """Something that must be true of what is built, with how one will know. Everyone calls it by its reference."""

    prefix = "RQ"

    class Weight(models.TextChoices):
        MUST = "must", "must"
        SHOULD = "should", "should"
        COULD = "could", "could"

    definition = models.ForeignKey(Definition, on_delete=models.CASCADE, related_name="requirements")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    weight = models.CharField(max_length=6, choices=Weight, default=Weight.MUST)
    criteria = ArrayField(models.TextField(), default=list, blank=True, help_text="When it is accepted: one each.")
    is_dropped = models.BooleanField(default=False, help_text="Not to be built any more; kept for what refers to it.")

    objects = OfDefinitions.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class OfRequirements(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(requirement__in=Requirement.objects.visible_to(actor))


class RequirementStanding(Standing):
    """How far a competitor, or our product, does today what is required."""

    prefix = "WL"

    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="standings")

    objects = OfRequirements.as_manager()

    class Meta(Standing.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "competitor"], nulls_distinct=False, name="one_standing_a_requirement"
            )
        ]

    @property
    def product_id(self) -> int:
        """Of the definition: rules look for the product a row belongs to."""
        return int(self.requirement.definition.product_id)


class Ground(Record):
    """What a requirement stands on: a need, something that was said, or something known of the market."""

    prefix = "GR"

    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="grounds")
    opportunity = models.ForeignKey(
        Opportunity, null=True, blank=True, on_delete=models.CASCADE, related_name="grounds"
    )
    feedback = models.ForeignKey(Feedback, null=True, blank=True, on_delete=models.CASCADE, related_name="grounds")
    intelligence = models.ForeignKey(
        Intelligence, null=True, blank=True, on_delete=models.CASCADE, related_name="grounds"
    )
    note = models.CharField(max_length=300, blank=True, help_text="What in it asks for this.")

    objects = OfRequirements.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(opportunity__isnull=False, feedback__isnull=True, intelligence__isnull=True)
                    | models.Q(opportunity__isnull=True, feedback__isnull=False, intelligence__isnull=True)
                    | models.Q(opportunity__isnull=True, feedback__isnull=True, intelligence__isnull=False)
                ),
                name="one_ground_a_row",
            ),
            *(
                models.UniqueConstraint(fields=["requirement", kind], name=f"one_ground_a_{kind}")
                for kind in ("opportunity", "feedback", "intelligence")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement} stands on {self.on}"

    @property
    def on(self) -> Opportunity | Feedback | Intelligence:
        """What the requirement stands on."""
        return self.opportunity or self.feedback or self.intelligence  # type: ignore[return-value]  # one of them is

    @property
    def kind(self) -> str:
        """What it is: opportunity, feedback or intelligence."""
        return "opportunity" if self.opportunity_id else "feedback" if self.feedback_id else "intelligence"

    @property
    def product_id(self) -> int:
        """Of the definition: rules look for the product a row belongs to."""
        return int(self.requirement.definition.product_id)


class DefinitionVersion(Record):
    """A definition as it stood when it was put before the functions. Never changed: `content` is the whole of it."""

    prefix = "DV"

    definition = models.ForeignKey(Definition, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField(help_text="Every text, number, requirement, criterion and ground, by name.")
    note = models.CharField(max_length=300, blank=True, help_text="What changed, and why.")
    written_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = OfDefinitions.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["definition", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"version {self.number} of {self.definition}"


class OfVersions(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(version__in=DefinitionVersion.objects.visible_to(actor))


class SignOff(Record):
    """What a function says to a version: asked, agreed, or what stands against it."""

    prefix = "SO"

    class State(models.TextChoices):
        ASKED = "asked", "asked"
        AGREED = "agreed", "agreed"
        OBJECTED = "objected", "objected"

    version = models.ForeignKey(DefinitionVersion, on_delete=models.CASCADE, related_name="sign_offs")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    words = models.TextField(blank=True)
    person = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    said_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)

    objects = OfVersions.as_manager()

    class Meta:
        ordering = ["function__position"]
        constraints = [models.UniqueConstraint(fields=["version", "function"], name="one_sign_off_a_function")]

    def __str__(self) -> str:
        return f"{self.function} on {self.version}: {self.get_state_display()}"
