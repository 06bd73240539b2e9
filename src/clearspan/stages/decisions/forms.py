"""The forms of decisions and of the people there are."""

from __future__ import annotations

from typing import Any

from django import forms

from clearspan.core.forms import ActionForm
from clearspan.stages.decisions.audiences import Audience
from clearspan.stages.decisions.models import Decision, Outcome
from clearspan.stages.decisions.precision import LADDER


class DecideForm(ActionForm):
    """What is decided, and why."""

    kind = forms.ChoiceField(choices=Decision.Kind.choices, label="Decision")
    reasons = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 5}),
        label="Why",
        help_text="So that somebody who was not there understands.",
    )
    starts = forms.DateField(
        required=False, label="Work starts in the quarter of", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    gate = forms.ChoiceField(required=False, label="The gate it passes")
    review_on = forms.DateField(
        required=False, label="Look at it again on", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )


class WordingForm(ActionForm):
    """What an option is called for an audience, and how exactly it is told when."""

    title = forms.CharField(max_length=120, label="What it is called for them")
    text = forms.CharField(
        required=False, max_length=4000, widget=forms.Textarea({"rows": 8}), label="What it will do for them",
        help_text="Markdown. What they can do then that they cannot do now.",
    )  # fmt: skip
    precision = forms.ChoiceField(required=False, label="When, as exactly as")
    publish = forms.BooleanField(required=False, label="They see it from now on")

    def __init__(self, to: Audience, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        coarser = [(one.value, one.label) for one in LADDER if one.rank >= to.finest.rank and one != to.precision]
        self.fields["precision"].choices = [("", f"{to.precision.label}, as {to.name.lower()} are told"), *coarser]  # type: ignore[attr-defined]
        self.fields["precision"].help_text = "Never more exactly than the delivery forecast knows it."


class OutcomeForm(ActionForm):
    """What came of it by a day."""

    outcome = forms.FloatField(required=False, label="What came by then, as NPV")
    day = forms.DateField(
        required=False, label="Up to and with", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text="Empty is today.",
    )  # fmt: skip
    known = forms.ChoiceField(choices=Outcome.Known.choices, label="Where the number is from", required=False)
    source = forms.CharField(max_length=200, required=False, label="Which lines, which measure, who says so")
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}), label="What came, in words")
    is_final = forms.BooleanField(required=False, label="Nothing more is to come of it")

    def given(self) -> dict[str, Any]:
        """The action's parameters."""
        return {**self.cleaned_data, "known": self.cleaned_data["known"] or Outcome.Known.SAID}


class PeopleForm(ActionForm):
    """How many people of a function there are."""

    function = forms.ChoiceField(label="Function")
    quarter = forms.DateField(label="From the quarter of", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    people = forms.FloatField(min_value=0, label="People")
    count = forms.IntegerField(min_value=1, max_value=40, initial=8, label="For how many quarters")
