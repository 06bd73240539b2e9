"""What the company's people fill in about the portal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from clearspan.catalogue.choosing import RowField
from clearspan.catalogue.forms import CatalogueForm
from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.stages.launch.models import Launch
from clearspan.stages.portal.models import ChangelogEntry, Idea, Portal


class PortalForm(CatalogueForm):
    """Whether the public may read and write, and what the pages say of themselves."""

    is_open = forms.BooleanField(
        label="Open to the public", required=False,
        help_text="Anybody may then read what was published, and send ideas. Off, nobody sees that it is there.",
    )  # fmt: skip
    headline = forms.CharField(label="The first line", max_length=120)
    how = forms.CharField(
        label="How you choose",
        required=False,
        max_length=5_000,
        widget=forms.Textarea({"rows": 6}),
        help_text="Markdown.",
    )
    privacy = forms.CharField(
        label="Who answers for what is kept, and how to reach them", required=False, max_length=5_000,
        widget=forms.Textarea({"rows": 3}), help_text="Markdown. The law of most countries asks for it.",
    )  # fmt: skip

    @classmethod
    def initial_of(cls, portal: Portal) -> dict[str, Any]:
        return {name: getattr(portal, name) for name in cls.base_fields}


class PublishForm(CatalogueForm):
    """An idea goes onto the list."""

    title = forms.CharField(label="In one line, as the list has it", max_length=160)
    with_name = forms.BooleanField(label="With the sender’s name", required=False)


class MergeForm(CatalogueForm):
    """It is another idea, in other words."""

    def __init__(self, actor: Actor, product: Product, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        public = Idea.objects.visible_to(actor).filter(product=product, state=Idea.State.PUBLIC)
        self.fields["into"] = RowField(
            public,
            reverse("like", args=[product.key, "idea"]),
            "title",
            label="Into",
            help_text="Its title or reference.",
        )


class DeclineForm(CatalogueForm):
    """Why it is not published."""

    words = forms.CharField(
        label="What its sender is told", max_length=4_000, widget=forms.Textarea({"rows": 3}),
        help_text="Why it does not go onto the list, and what you do with it instead.",
    )  # fmt: skip


class NotNowForm(CatalogueForm):
    """Why what is public is declined."""

    words = forms.CharField(
        label="Why not, as everybody reads it", max_length=400, widget=forms.Textarea({"rows": 2}),
        help_text="What you looked at, and what would change your mind.",
    )  # fmt: skip
    tells = forms.BooleanField(label="Those who follow it get this by mail", required=False, initial=True)


class StandingForm(CatalogueForm):
    """Where a public idea stands."""

    standing = forms.ChoiceField(
        label="It is", required=False, choices=[("", "as the line of its need stands"), *Idea.Standing.choices]
    )
    words = forms.CharField(
        label="What the public reads beside it", required=False, max_length=400, widget=forms.Textarea({"rows": 2})
    )
    tells = forms.BooleanField(label="Those who follow it get this by mail", required=False)

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "standing": self.cleaned_data["standing"] or None}


class AnswerForm(CatalogueForm):
    """In public, in the company's name."""

    text = forms.CharField(
        label="In public, in the company’s name", max_length=4_000, widget=forms.Textarea({"rows": 3})
    )
    tells = forms.BooleanField(label="Those who follow it get this by mail", required=False, initial=True)


class EntryForm(CatalogueForm):
    """Something new."""

    title = forms.CharField(label="What is new, in one line", max_length=160)
    text = forms.CharField(
        label="What it does for whom", required=False, max_length=20_000, widget=forms.Textarea({"rows": 14}),
        help_text="Markdown. In the words of those who use it.",
    )  # fmt: skip

    @classmethod
    def initial_of(cls, entry: ChangelogEntry) -> dict[str, Any]:
        return {name: getattr(entry, name) for name in cls.base_fields}


class FromLaunchForm(CatalogueForm):
    """From what a launch brings."""

    launch = forms.ModelChoiceField(None, label="Draft it from a launch", empty_label="choose one")

    def __init__(self, actor: Actor, product: Product, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        rows = Launch.objects.visible_to(actor).filter(product=product).exclude(state=Launch.State.OFF)
        self.fields["launch"].queryset = rows  # type: ignore[attr-defined]


class LetterForm(CatalogueForm):
    """What those who asked are told."""

    subject = forms.CharField(label="Subject", max_length=160)
    text = forms.CharField(
        label="The letter", max_length=10_000, widget=forms.Textarea({"rows": 12}),
        help_text="Each gets it by name, with the address of the idea they asked for. Nobody sees the others.",
    )  # fmt: skip
