"""The forms of commitments and of documents."""

from __future__ import annotations

from typing import Any

from django import forms

from clearspan.catalogue.forms import day_field
from clearspan.core.actor import Actor
from clearspan.core.forms import ActionForm
from clearspan.core.models import Function
from clearspan.stages.launch.forms.launches import people
from clearspan.stages.launch.models import Collateral, Commitment, Kind


class CommitmentForm(ActionForm):
    """Something that a function is asked to have ready."""

    function = forms.ChoiceField(label="Of which function")
    title = forms.CharField(max_length=200, label="What must be there")
    text = forms.CharField(
        required=False, widget=forms.Textarea({"rows": 3}), label="When it counts as done",
        help_text="What somebody else could look at and agree.",
    )  # fmt: skip
    due_on = day_field("By", "A day set by hand stays when the launch moves.", required=True)
    must = forms.BooleanField(required=False, label="Without it there is no launch", initial=True)
    owner = forms.ChoiceField(required=False, label="Who answers for it")

    def __init__(self, actor: Actor, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["function"].choices = [(one.ref, one.name) for one in Function.objects.visible_to(actor)]  # type: ignore[attr-defined]
        self.fields["owner"].choices = [("", "whoever promises it"), *people(actor)]  # type: ignore[attr-defined]


class ChangeCommitmentForm(ActionForm):
    """What is asked, changed."""

    title = forms.CharField(max_length=200, label="What must be there")
    text = forms.CharField(required=False, widget=forms.Textarea({"rows": 3}), label="When it counts as done")
    due_on = day_field("By", required=True)
    must = forms.BooleanField(required=False, label="Without it there is no launch")
    follows = forms.BooleanField(required=False, label="Its day moves with the launch")

    @classmethod
    def initial_of(cls, one: Commitment) -> dict[str, Any]:
        kept = {name: getattr(one, name) for name in ("title", "text", "due_on", "must")}
        return {**kept, "follows": not one.is_fixed}


class PromiseForm(ActionForm):
    """By when it will be there."""

    due_on = day_field("It will be there by", required=True)
    words = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea({"rows": 2}), label="Anything to say"
    )


class DoneForm(ActionForm):
    """What shows that it is there."""

    evidence = forms.CharField(
        required=False, max_length=4000, widget=forms.Textarea({"rows": 3}), label="What shows it",
        help_text="In words, or an address.",
    )  # fmt: skip
    document = forms.ChoiceField(required=False, label="Or the document that it is")

    def __init__(self, documents: list[Collateral], *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        named = [(one.ref, f"{one.title} ({one.get_state_display()})") for one in documents]
        self.fields["document"].choices = [("", "none"), *named]  # type: ignore[attr-defined]


class DeclineForm(ActionForm):
    """Why it will not be there."""

    words = forms.CharField(
        max_length=2000, widget=forms.Textarea({"rows": 3}), label="Why not, and what would change it"
    )


class HandOverForm(ActionForm):
    """To whom."""

    owner = forms.ChoiceField(required=False, label="Who answers for it now")

    def __init__(self, actor: Actor, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["owner"].choices = [("", "whoever promises it"), *people(actor)]  # type: ignore[attr-defined]


class NewDocumentForm(ActionForm):
    """A document to draft."""

    kind = forms.ChoiceField(choices=Kind.choices, label="Which document")
    function = forms.ChoiceField(required=False, label="Who finishes it")

    def __init__(self, actor: Actor, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        named = [(one.ref, one.name) for one in Function.objects.visible_to(actor)]
        self.fields["function"].choices = [("", "nobody yet"), *named]  # type: ignore[attr-defined]


class DocumentForm(ActionForm):
    """A document's own words."""

    title = forms.CharField(max_length=160, label="Its title")
    text = forms.CharField(
        required=False, widget=forms.Textarea({"rows": 28, "class": "mono", "spellcheck": "true"}), label="Its text",
        help_text="Markdown. Replace each line that begins with “> **Gap.**” by what is missing.",
    )  # fmt: skip
