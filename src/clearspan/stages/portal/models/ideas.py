from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5, Left, Lower
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.models import Source, User
from clearspan.core.records import Record, Records
from clearspan.engines.themes import packed, titled
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.portal.models.portals import Portal
from clearspan.stages.portal.models.visitors import Visitor

_READ = 1_000  # characters of a text whose meaning is kept: a subject shows in its beginning
SAME = MD5(Lower(Left("text", 200)))  # by which the same text sent again is found


class IdeaRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        """Employees see all of a product's ideas, everybody else what was published where the portal is open."""
        if actor.is_employee:
            return self.filter(product__in=Product.objects.seen_by(actor))
        open_ = Portal.objects.visible_to(actor).values("product")
        return self.filter(product__in=open_, state__in=Idea.SHOWN)


class Idea(Source, Record):
    """What somebody wishes of a product, in public. Behind it stands its feedback, evidence like any other."""

    prefix = "ID"

    class State(models.TextChoices):
        SENT = "sent", "address not confirmed"
        WAITING = "waiting", "to be read"
        HELD = "held", "put aside"
        PUBLIC = "public", "public"
        MERGED = "merged", "merged"
        DECLINED = "declined", "not published"
        SPAM = "spam", "spam"
        WITHDRAWN = "withdrawn", "taken back"

    class Standing(models.TextChoices):
        FINDING = "finding", "We are finding out"
        PLANNED = "planned", "Planned"
        BUILDING = "building", "Being built"
        HERE = "here", "Here"
        NOT_NOW = "not_now", "Not now"

    SHOWN = (State.PUBLIC, State.MERGED)

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="ideas")
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    visitor = models.ForeignKey(Visitor, null=True, blank=True, on_delete=models.SET_NULL, related_name="ideas")
    author = models.CharField(max_length=80, blank=True, help_text="The name that is shown; empty shows none.")
    feedback = models.OneToOneField(Feedback, null=True, blank=True, on_delete=models.SET_NULL, related_name="idea")
    state = models.CharField(max_length=9, choices=State, default=State.SENT)
    standing = models.CharField(
        max_length=8, choices=Standing, blank=True, help_text="Said by hand; empty: as the line of its need stands."
    )
    words = models.CharField(max_length=400, blank=True, help_text="What the public reads beside its state.")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")
    why_held = models.CharField(max_length=120, blank=True)
    votes = models.PositiveIntegerField(default=0, help_text="Confirmed votes, and those brought along without names.")
    votes_brought = models.PositiveIntegerField(default=0, help_text="From a tool that told numbers and no names.")
    said_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    nonce = models.CharField(max_length=22, blank=True, editable=False)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector("text", weight="B", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = IdeaRecords.as_manager()

    class Meta:
        ordering = ["-said_at", "-id"]
        indexes = [
            models.Index(fields=["product", "state", "-votes", "-id"]),
            models.Index(fields=["product", "state", "-said_at", "-id"]),
            models.Index("product", SAME, name="idea_same"),
            models.Index(fields=["brought_by"]),
            GinIndex(fields=["search"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "external_id"], condition=~Q(external_id=""), name="idea_once_a_source"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps what it means beside it, whenever its words change."""
        words = kwargs.get("update_fields")
        super().save(*args, **kwargs)
        if words is None or {"title", "text"} & set(words):
            IdeaMeaning.keep([self])


class IdeaMeaning(models.Model):
    """What an idea means, as the text model reads it: by it, ideas in other words are found. Derived from its words."""

    idea = models.OneToOneField(Idea, primary_key=True, on_delete=models.CASCADE, related_name="meaning")
    vector = models.BinaryField(help_text="A signed byte a dimension.")
    read_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"what {self.idea_id} means"

    @classmethod
    def keep(cls, ideas: Sequence[Idea]) -> None:
        """Reads ideas and keeps what they mean. Without a word that the model knows there is nothing to keep."""
        rows = titled([one.title for one in ideas], [one.text[:_READ] for one in ideas])
        known: list[bool] = (rows != 0).any(axis=1).tolist()
        cls.objects.filter(
            idea__in=[one.pk for one, is_known in zip(ideas, known, strict=True) if not is_known]
        ).delete()
        means = [
            IdeaMeaning(idea=one, vector=vector)
            for one, vector, is_known in zip(ideas, packed(rows), known, strict=True)
            if is_known
        ]
        IdeaMeaning.objects.bulk_create(
            means, batch_size=2_000, update_conflicts=True, unique_fields=["idea"], update_fields=["vector", "read_at"]
        )


class OfIdeas(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(idea__in=Idea.objects.visible_to(actor)) if actor.is_employee else self.none()


class IdeaVote(Source, Record):
    """One person wants one idea. It counts once its address is confirmed, and is then an occasion of evidence."""

    prefix = "VT"

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="cast")
    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="cast")
    feedback = models.OneToOneField(Feedback, null=True, blank=True, on_delete=models.SET_NULL, related_name="vote")
    nonce = models.CharField(max_length=22, blank=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = OfIdeas.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["idea", "visitor"], name="one_vote_a_person")]

    def __str__(self) -> str:
        return f"a vote for {self.idea}"


class IdeaCommentRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        seen = self.filter(idea__in=Idea.objects.visible_to(actor))
        return seen if actor.is_employee else seen.filter(state=IdeaComment.State.PUBLIC)


class IdeaComment(Source, Record):
    """What somebody adds to an idea, in public: a visitor, or one of the company's people, who is marked as such."""

    prefix = "PC"

    class State(models.TextChoices):
        SENT = "sent", "address not confirmed"
        WAITING = "waiting", "to be read"
        HELD = "held", "put aside"
        PUBLIC = "public", "public"
        REMOVED = "removed", "removed"
        WITHDRAWN = "withdrawn", "taken back"

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="comments")
    visitor = models.ForeignKey(Visitor, null=True, blank=True, on_delete=models.SET_NULL, related_name="comments")
    person = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    author = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    state = models.CharField(max_length=9, choices=State, default=State.SENT)
    is_ours = models.BooleanField(default=False, help_text="Said by the company.")
    why_held = models.CharField(max_length=120, blank=True)
    said_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    nonce = models.CharField(max_length=22, blank=True, editable=False)

    objects = IdeaCommentRecords.as_manager()

    class Meta:
        ordering = ["said_at", "id"]
        indexes = [models.Index(fields=["idea", "state", "said_at", "id"]), models.Index(fields=["state", "-id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "external_id"], condition=~Q(external_id=""), name="comment_once_a_source"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
