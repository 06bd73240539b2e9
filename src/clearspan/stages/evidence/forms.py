"""Forms of this stage. Their fields are named as the parameters of the actions they do."""

from __future__ import annotations

from typing import Any

from django import forms

from clearspan.catalogue.choosing import RowField, asked_at
from clearspan.catalogue.models import Account, Contact, Product, Segment
from clearspan.core.actor import Actor
from clearspan.core.forms import ActionForm
from clearspan.core.models import User
from clearspan.stages.evidence.models import Feed, Feedback, Intelligence, Interview

_MOMENT = "%Y-%m-%dT%H:%M"
_RECORDED_ELSEWHERE = (Feedback.Channel.DEAL, Feedback.Channel.INTERVIEW)


class HeardForm(ActionForm):
    """What feedback and interviews share: whose words, and when."""

    account = forms.CharField(required=False)  # made anew for each person: who sees which accounts
    author = forms.CharField(
        label="Who said it", required=False, max_length=120, help_text="A contact of the account is recognised by name."
    )
    said_at = forms.DateTimeField(
        label="When",
        required=False,
        help_text="Empty is now.",
        widget=forms.DateTimeInput({"type": "datetime-local"}, _MOMENT),
    )
    title = forms.CharField(label="In one line", required=False, max_length=300)

    def __init__(self, actor: Actor, product: Product, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["account"] = RowField(
            Account.objects.visible_to(actor),
            asked_at(product, "account"),
            label="Account",
            required=False,
            help_text="Its name or reference; empty when nobody knows.",
        )

    def given(self) -> dict[str, Any]:
        """The action's parameters: the contact instead of the name when the account has a contact called so."""
        given = dict(self.cleaned_data)
        account, author = given["account"], given["author"]
        contact = Contact.objects.filter(account=account, name__iexact=author).first() if account and author else None
        return {**given, "contact": contact, "author": "" if contact else author}

    def changes(self) -> dict[str, Any]:
        """As `given`, for an action that changes a row: an emptied account is taken away."""
        given = self.given()
        return {**given, "without_account": given["account"] is None}

    @staticmethod
    def initial_of(feedback: Feedback) -> dict[str, Any]:
        return {
            "account": feedback.account,
            "author": feedback.contact.name if feedback.contact else feedback.author,
            "said_at": feedback.said_at,
            "title": feedback.title,
        }


class FeedbackForm(HeardForm):
    field_order = ("text", "account", "author", "channel", "said_at", "title", "url")

    text = forms.CharField(
        label="What was said",
        widget=forms.Textarea({"rows": 8}),
        help_text="Word for word where you can: quotes are cut from it.",
    )
    channel = forms.ChoiceField(label="Where it was heard", choices=Feedback.Channel.choices)
    url = forms.URLField(label="Where it can be read", required=False, max_length=500, assume_scheme="https")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        now = self.initial.get("channel")
        offered = [
            choice for choice in Feedback.Channel.choices if choice[0] not in _RECORDED_ELSEWHERE or choice[0] == now
        ]
        self.fields["channel"].choices = offered

    @classmethod
    def initial_of(cls, feedback: Feedback) -> dict[str, Any]:  # type: ignore[override]
        shared = HeardForm.initial_of(feedback)
        return {**shared, "text": feedback.text, "channel": feedback.channel, "url": feedback.url}


class InterviewForm(HeardForm):
    field_order = ("account", "author", "held_by", "said_at", "guide", "notes", "title")

    notes = forms.CharField(
        label="Notes",
        widget=forms.Textarea({"rows": 14}),
        help_text="Their words where you can: quotes are cut from them.",
    )
    guide = forms.CharField(
        label="Guide",
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text="The questions you asked, one a line.",
    )
    held_by = forms.ModelChoiceField(User.objects.none(), label="Who asked", required=False)

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(actor, *args, **options)
        self.fields["held_by"].queryset = User.objects.visible_to(actor).filter(is_active=True, function__isnull=False)

    @classmethod
    def initial_of(cls, interview: Interview) -> dict[str, Any]:  # type: ignore[override]
        shared = HeardForm.initial_of(interview.feedback)
        return {**shared, "notes": interview.feedback.text, "guide": interview.guide, "held_by": interview.held_by}


class IntelligenceForm(ActionForm):
    title = forms.CharField(label="What is known, in one line", max_length=200)
    source = forms.CharField(
        label="Who says so", max_length=200, help_text="A report, a site, a person; “guess” is a source."
    )
    url = forms.URLField(label="Where it can be read", required=False, max_length=500, assume_scheme="https")
    seen_on = forms.DateField(
        label="Seen on",
        required=False,
        help_text="Empty is today.",
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )
    competitor = forms.ModelChoiceField(None, label="Of a competitor", required=False)
    segment = forms.ModelChoiceField(None, label="Of a segment", required=False)
    text = forms.CharField(label="All that is known", required=False, widget=forms.Textarea({"rows": 8}))
    is_confidential = forms.BooleanField(
        label="Not to be handed out", required=False, help_text="It stays off battlecards and what is printed."
    )

    def __init__(self, actor: Actor, product: Product, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["competitor"].queryset = product.competitors.visible_to(actor)
        self.fields["segment"].queryset = Segment.objects.visible_to(actor)

    def changes(self) -> dict[str, Any]:
        """What the change action is given: an emptied choice is taken away."""
        given = self.cleaned_data
        return {**given, **{f"without_{name}": given[name] is None for name in ("competitor", "segment")}}

    @classmethod
    def initial_of(cls, known: Intelligence) -> dict[str, Any]:
        return {name: getattr(known, name) for name in cls.base_fields}


EVERY = [(60, "every hour"), (360, "every six hours"), (1440, "every day"), (10080, "every week"), (0, "when asked")]


class FeedForm(ActionForm):
    """A site's news that is followed."""

    address = forms.URLField(
        label="Address of the feed", max_length=500, assume_scheme="https",
        help_text="RSS or Atom, such as https://news.example.com/feed.xml. It must be open to everybody.",
    )  # fmt: skip
    name = forms.CharField(label="What its entries name as their source", max_length=120)
    competitor = forms.ModelChoiceField(None, label="Of a competitor", required=False)
    segment = forms.ModelChoiceField(None, label="Of a segment", required=False)
    only = forms.CharField(
        label="Only entries with one of these words", required=False, max_length=200,
        help_text="With commas between; empty brings all.",
    )  # fmt: skip
    every = forms.TypedChoiceField(label="Read", choices=EVERY, coerce=int, initial=360)

    def __init__(self, actor: Actor, product: Product, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["competitor"].queryset = product.competitors.visible_to(actor)
        self.fields["segment"].queryset = Segment.objects.visible_to(actor)
        every = self.initial.get("every", 360)
        if every not in dict(EVERY):
            self.fields["every"].choices = [*EVERY, (every, f"every {every} minutes")]

    @classmethod
    def initial_of(cls, feed: Feed) -> dict[str, Any]:
        return {name: getattr(feed, name) for name in cls.base_fields}
