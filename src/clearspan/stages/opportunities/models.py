"""Needs of the market: what evidence speaks of them, and how sure we are whose need each is."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from clearspan.catalogue.models import Account, Product, Standing
from clearspan.catalogue.models.customers import OfProducts
from clearspan.core.actor import Actor
from clearspan.core.models import Blob, StudyRecord, User
from clearspan.core.records import Record, Records
from clearspan.stages.evidence.models import Feedback, Intelligence


class Opportunity(Record):
    """A need of the market (never a CRM deal). Needs form a tree: a wide need is the parent of narrower ones."""

    prefix = "OP"

    class State(models.TextChoices):
        OPEN = "open", "open"
        MET = "met", "met"
        CLOSED = "closed", "put away"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="opportunities")
    title = models.CharField(max_length=200, help_text="The need, in the customer's words; not a feature.")
    description = models.TextField(blank=True)
    outcome = models.CharField(max_length=200, blank=True, help_text="What would be better for whom if it were met.")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children")
    keeper = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector("description", "outcome", weight="B", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = OfProducts.as_manager()

    class Meta:
        verbose_name_plural = "opportunities"
        ordering = ["-id"]
        indexes = [models.Index(fields=["product", "state"]), GinIndex(fields=["search"])]

    def __str__(self) -> str:
        return self.title


class OfOpportunities(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(opportunity__product__in=Product.objects.seen_by(actor))


class Mention(Record):
    """A piece of evidence speaks of a need: the quote that says so, how much it matters, and whether it was asked."""

    prefix = "MN"

    class Importance(models.IntegerChoices):
        PASSING = 1, "in passing"
        USEFUL = 2, "would be useful"
        IMPORTANT = 3, "important"
        BLOCKING = 4, "cannot do without"

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="mentions", db_index=False)
    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="mentions", db_index=False)
    # The feedback's said_at. A trigger writes it whenever either changes (0003), whatever is given here: a need has
    # thousands of mentions, and without it each list and month would look up the feedback of every one.
    heard_at = models.DateTimeField(editable=False)
    # The feedback's account, kept by the same triggers (0005): who spoke of a need, and of which segment they are, is
    # asked of thousands of mentions at once. The feedback's own key holds that the account is there.
    heard_from = models.ForeignKey(
        Account, null=True, editable=False, on_delete=models.DO_NOTHING, related_name="+", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    quote = models.TextField(blank=True, help_text="The sentence that says it, word for word.")
    importance = models.PositiveSmallIntegerField(choices=Importance, default=Importance.USEFUL)
    prompted = models.BooleanField(default=False, help_text="The account was asked about this very need.")
    answer = models.BooleanField(default=True, help_text="What it said, when asked: has the need or not.")
    linked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    suggested = models.FloatField(null=True, blank=True, help_text="The similarity at which it was suggested.")
    agreed = models.CharField(
        max_length=200, blank=True, db_default="",
        help_text="Who agreed that we may quote it to others, and when; empty: nobody, it is for us alone.",
    )  # fmt: skip

    objects = OfOpportunities.as_manager()

    class Meta:
        ordering = ["-heard_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["opportunity", "feedback"], name="mentioned_once_an_occasion")]
        indexes = [
            models.Index(fields=["feedback"]),
            models.Index(fields=["opportunity", "-heard_at", "-id"]),
            models.Index(fields=["opportunity", "heard_from"]),
            models.Index(fields=["heard_from", "opportunity"], name="mentions_of_account"),
        ]

    def __str__(self) -> str:
        return self.quote[:80] or str(self.feedback)


class NeedStanding(Standing):
    """How far a competitor, or our product, meets a need today."""

    prefix = "AL"

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="standings")

    objects = OfOpportunities.as_manager()

    class Meta(Standing.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "competitor"], nulls_distinct=False, name="one_standing_a_need"
            )
        ]


class NeedIntelligence(Record):
    """Something known of the market speaks of a need. No account said it, so it counts in no study: it is context."""

    prefix = "KN"

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="known")
    intelligence = models.ForeignKey(Intelligence, on_delete=models.CASCADE, related_name="needs")
    note = models.CharField(max_length=300, blank=True, help_text="What in it speaks of this.")
    linked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = OfOpportunities.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["opportunity", "intelligence"], name="known_once_a_need")]

    def __str__(self) -> str:
        return f"{self.intelligence} speaks of {self.opportunity}"


class DemandStudy(StudyRecord):
    """Whose needs they are: all needs of a product, against all that was heard."""

    prefix = "DS"
    engine = "demand"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="demand_studies")

    objects = OfProducts.as_manager()


class Verdict(Record):
    """What the newest demand study says of a need: one row a need, so that lists sort and filter by it.

    Shares are of the whole market's accounts, 0 to 1; value is the product's currency a year. `detail` is the
    engine's own entry for the need (segments, reasons, whom to ask next ...).
    """

    prefix = "VD"

    class Kind(models.TextChoices):
        MARKET = "market", "Market need"
        SEGMENT = "segment", "Segment need"
        SINGLE = "single_customer", "One customer"
        LITTLE = "too_little_evidence", "Too little evidence"

    opportunity = models.OneToOneField(Opportunity, on_delete=models.CASCADE, related_name="verdict")
    study = models.ForeignKey(DemandStudy, on_delete=models.CASCADE, related_name="verdicts")
    kind = models.CharField(max_length=20, choices=Kind)
    probability = models.FloatField()
    rank = models.PositiveIntegerField()
    share = models.FloatField()
    share_p05 = models.FloatField()
    share_p25 = models.FloatField()
    share_p75 = models.FloatField()
    share_p95 = models.FloatField()
    value = models.FloatField()
    value_p05 = models.FloatField()
    value_p25 = models.FloatField()
    value_p75 = models.FloatField()
    value_p95 = models.FloatField()
    heard = models.PositiveIntegerField()
    asking = models.PositiveIntegerField()
    mentions = models.PositiveIntegerField(default=0, help_text="How often it was said: its votes.")
    largest_account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    largest_share = models.FloatField(default=0)
    detail = models.JSONField(default=dict)

    objects = OfOpportunities.as_manager()

    class Meta:
        ordering = ["rank"]
        indexes = [
            models.Index(fields=["rank"]),
            models.Index(fields=["-value"]),
            models.Index(fields=["-mentions", "rank"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.opportunity}"


class ThemeStudy(StudyRecord):
    """What unsorted feedback is about: themes that may be needs."""

    prefix = "TS"
    engine = "themes"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="theme_studies")

    objects = OfProducts.as_manager()


class ThemeRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(study__in=ThemeStudy.objects.visible_to(actor))


class Theme(Record):
    """A group of like feedback that a theme study proposes as a need, and what became of the proposal."""

    prefix = "TH"

    class State(models.TextChoices):
        PROPOSED = "proposed", "proposed"
        ACCEPTED = "accepted", "made a need"
        DISMISSED = "dismissed", "dismissed"

    study = models.ForeignKey(ThemeStudy, on_delete=models.CASCADE, related_name="themes")
    label = models.CharField(max_length=200)
    keywords = models.JSONField(default=list)
    size = models.PositiveIntegerField()
    accounts = models.PositiveIntegerField(default=0, help_text="Distinct accounts among them.")
    members = models.JSONField(default=list, help_text="[[feedback, similarity], ...], nearest first.")
    state = models.CharField(max_length=9, choices=State, default=State.PROPOSED)
    opportunity = models.ForeignKey(Opportunity, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = ThemeRecords.as_manager()

    class Meta:
        ordering = ["-size", "id"]

    def __str__(self) -> str:
        return self.label

    @property
    def product_id(self) -> int:
        """Of the study: rules look for the product a row belongs to."""
        return self.study.product_id


class NeedIndex(models.Model):
    """What suggestions are made from: texts and accepted links, learnt by a job. Derived, so no `Record`."""

    product = models.OneToOneField(Product, on_delete=models.CASCADE, related_name="+")
    learnt = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    built_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"what is known of the needs of {self.product}"
