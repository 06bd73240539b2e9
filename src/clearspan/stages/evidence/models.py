"""What the market says: feedback of every channel, the asks of deals, and what is known of the market itself."""

from __future__ import annotations

from textwrap import shorten
from typing import Self

from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Left

from clearspan.catalogue.models import Account, Competitor, Contact, Deal, Product, Segment
from clearspan.core.actor import Actor
from clearspan.core.models import Import, Source, User
from clearspan.core.records import Record, Records

_BEGINNING = 100  # characters of a text by which what says the same again is found


class _Number(models.Func):
    """A text as a number of 64 bits: half as long in an index as a digest in words, and quicker to compare."""

    function = "hashtextextended"
    template = "%(function)s(%(expressions)s, 0)"
    output_field = models.BigIntegerField()


BEGINNING = _Number(Left("text", _BEGINNING))


def beginning_of(text: str) -> _Number:
    """What `BEGINNING` is for a row with this text."""
    return _Number(Left(models.Value(text), _BEGINNING))


class FeedbackRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        """Employees see what was said about the products they may see, a customer what its own account said.

        But of what is confidential: that it was noted, and under which title, tells a customer that there is something.
        """
        if actor.is_employee:
            return self.filter(product__in=Product.objects.seen_by(actor))
        return self.filter(account__in=Account.objects.visible_to(actor)).exclude(product__is_confidential=True)


class Feedback(Source, Record):
    """One occasion on which an account was heard: a ticket, call, interview, survey answer, post, ask or note.

    It may speak of several needs or of none: silence is evidence too.
    """

    prefix = "FB"
    guest_fields = ("said_at", "title", "text")

    class Channel(models.TextChoices):
        INTERVIEW = "interview", "interview"
        CALL = "call", "call"
        TICKET = "ticket", "support ticket"
        SURVEY = "survey", "survey"
        FORUM = "forum", "forum"
        PORTAL = "portal", "portal"
        DEAL = "deal", "asked in a deal"
        REVIEW = "review", "review"
        NOTE = "note", "note"

    class State(models.TextChoices):
        NEW = "new", "unsorted"
        SORTED = "sorted", "sorted"
        AWAY = "away", "put away"
        COPY = "copy", "says the same again"

    # Every index of a table of millions costs each import: none here that is the beginning of another, none of what
    # nobody looks up (who recorded it), and of what most rows have not, only of those that have it. What one import
    # brought lies together: which parts of the table it lies in is enough to find it.
    brought_by = models.ForeignKey(
        Import, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="feedback", db_index=False)
    account = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="feedback", db_index=False
    )
    contact = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="feedback", db_index=False
    )
    author = models.CharField(max_length=120, blank=True, help_text="Who said it, where no contact is known.")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.NOTE)
    said_at = models.DateTimeField()
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    url = models.URLField(max_length=500, blank=True)
    state = models.CharField(max_length=6, choices=State, default=State.NEW)
    copy_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies", db_index=False
    )
    recorded_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
        help_text="Who wrote it down; nobody where a file brought it.",
    )
    # evidence_words(title, text), by trigger whenever either changes. No generated column: those are made one row after
    # the other while it is written, and an import makes a million of them on every core beforehand.
    search = SearchVectorField(null=True, editable=False)

    objects = FeedbackRecords.as_manager()

    class Meta:
        verbose_name_plural = "feedback"
        ordering = ["-said_at", "-id"]
        indexes = [
            models.Index(fields=["product", "state", "-said_at", "-id"]),
            models.Index(fields=["product", "-said_at", "-id"]),
            models.Index(  # with its state: which accounts were heard is asked of this alone
                fields=["account", "product", "-said_at"], include=["state"], name="feedback_of_account"
            ),
            models.Index(fields=["contact"], condition=models.Q(contact__isnull=False), name="feedback_of_contact"),
            models.Index(
                fields=["copy_of", "-said_at", "-id"], condition=models.Q(copy_of__isnull=False), name="feedback_copies"
            ),
            models.Index(
                fields=["product", "account"], condition=models.Q(channel="interview"), name="feedback_interviews"
            ),
            models.Index("product", BEGINNING, name="feedback_beginning"),
            BrinIndex(fields=["brought_by"], autosummarize=True, name="feedback_brought_by"),
            GinIndex(fields=["search"]),
            GinIndex(fields=["search"], condition=models.Q(channel="interview"), name="feedback_told"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "external_id"], condition=~models.Q(external_id=""), name="feedback_once_a_source"
            )
        ]

    def __str__(self) -> str:
        return self.title or shorten(self.text, 80, placeholder="…")

    @property
    def original(self) -> Feedback:
        """Itself, or what it says again: that is what is linked to needs, and counted."""
        return self.copy_of if self.copy_of is not None else self

    @property
    def recorder(self) -> User | None:
        """Who is answerable for its being here: who wrote it down, or asked for the import that brought it."""
        return self.recorded_by or (self.brought_by.asked_by if self.brought_by else None)

    @property
    def said_by(self) -> str:
        """Who said it, as far as it is known: the person, else the account."""
        return self.contact.name if self.contact else self.author or (self.account.name if self.account else "")


class InterviewRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        """Only employees: an interview's notes are ours."""
        if not actor.is_employee:
            return self.none()
        return self.filter(feedback__product__in=Product.objects.seen_by(actor))


class Interview(Record):
    """What makes an occasion an interview: who held it, and how. What was said is its feedback's text."""

    prefix = "IV"

    feedback = models.OneToOneField(Feedback, on_delete=models.CASCADE, related_name="interview")
    held_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    guide = models.TextField(blank=True, help_text="The questions that were asked.")

    objects = InterviewRecords.as_manager()

    def __str__(self) -> str:
        return f"interview {self.feedback}"


class AskRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        if not actor.is_employee:
            return self.none()
        return self.filter(deal__product__in=Product.objects.seen_by(actor))


class Ask(Record):
    """A request tied to a deal. What was said is its feedback, so that it counts as evidence like any other."""

    prefix = "AS"

    class State(models.TextChoices):
        OPEN = "open", "to be answered"
        ANSWERED = "answered", "answered"
        WITHDRAWN = "withdrawn", "withdrawn"

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="asks")
    feedback = models.OneToOneField(Feedback, on_delete=models.CASCADE, related_name="ask")
    wants = models.CharField(max_length=200, help_text="What is asked for, in one line.")
    asked_by = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+", help_text="The salesperson."
    )
    needed_by = models.DateField(null=True, blank=True)
    is_condition = models.BooleanField(default=False, help_text="Without it the deal is lost, says the salesperson.")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answer = models.TextField(blank=True, help_text="What sales was told.")
    answered_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, help_text="When the customer was told this answer.")

    objects = AskRecords.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state"]),
            models.Index(fields=["needed_by", "id"], condition=models.Q(state="open"), name="asks_waiting"),
        ]

    def __str__(self) -> str:
        return self.wants


class IntelligenceRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        if not actor.is_employee:
            return self.none()
        return self.filter(product__in=Product.objects.seen_by(actor))


class Intelligence(Source, Record):
    """Something known of the market that no customer said to us: an analyst's figure, a competitor's move, a law."""

    prefix = "MI"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="intelligence")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    source = models.CharField(max_length=200, help_text="Who says so.")
    url = models.URLField(max_length=500, blank=True)
    seen_on = models.DateField()
    competitor = models.ForeignKey(
        Competitor, null=True, blank=True, on_delete=models.SET_NULL, related_name="intelligence"
    )
    segment = models.ForeignKey(Segment, null=True, blank=True, on_delete=models.SET_NULL, related_name="intelligence")
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    feed = models.ForeignKey(
        "evidence.Feed", null=True, blank=True, on_delete=models.SET_NULL, related_name="intelligence"
    )
    is_confidential = models.BooleanField(default=False, help_text="Stays off battlecards and what is handed out.")

    objects = IntelligenceRecords.as_manager()

    class Meta:
        verbose_name_plural = "intelligence"
        ordering = ["-seen_on", "-id"]
        indexes = [models.Index(fields=["product", "-seen_on", "-id"]), models.Index(fields=["brought_by"])]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "external_id"], condition=~models.Q(external_id=""), name="known_once_a_source"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def recorder(self) -> User | None:
        """Who is answerable for its being here; see feedback."""
        return self.recorded_by


class Feed(Record):
    """A site's news (RSS or Atom) that is followed on a schedule: each new entry becomes intelligence, once."""

    prefix = "FE"
    is_work = True

    class Status(models.TextChoices):
        WAITING = "waiting", "waiting"
        RUNNING = "running", "being read"
        DONE = "done", "read"
        FAILED = "failed", "could not be read"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="feeds")
    name = models.CharField(max_length=120, help_text="What its entries name as their source.")
    address = models.URLField(max_length=500)
    competitor = models.ForeignKey(Competitor, null=True, blank=True, on_delete=models.SET_NULL, related_name="feeds")
    segment = models.ForeignKey(Segment, null=True, blank=True, on_delete=models.SET_NULL, related_name="feeds")
    words = models.CharField(max_length=500, blank=True, help_text="How the last reading went, or why it failed.")
    only = models.CharField(max_length=200, blank=True, help_text="Only entries with one of these words; empty: all.")
    every = models.PositiveIntegerField(default=360, help_text="Minutes between readings; 0: only when asked.")
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    etag = models.CharField(max_length=300, blank=True, editable=False)
    modified = models.CharField(max_length=100, blank=True, editable=False)
    failures = models.PositiveIntegerField(default=0, help_text="Readings in a row that failed.")
    read_at = models.DateTimeField(null=True, blank=True, help_text="When it could last be read.")
    next_at = models.DateTimeField(null=True, blank=True, help_text="When it is read next; not set: when asked.")
    finished_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = IntelligenceRecords.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["next_at"])]
        constraints = [models.UniqueConstraint(fields=["product", "address"], name="one_feed_an_address")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_under_way(self) -> bool:
        return self.status in (self.Status.WAITING, self.Status.RUNNING)


class FeedEntry(models.Model):
    """What a feed has brought already, by each name it goes by: an entry that was removed does not come again."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="entries")
    key = models.CharField(max_length=64, help_text="The digest of its identity, its address or its words.")
    seen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "key"], name="one_entry_a_key")]

    def __str__(self) -> str:
        return f"{self.key[:8]} of {self.feed}"
