"""The forms of decisions and of the people there are."""

from __future__ import annotations

from django import forms

from clearspan.core.forms import ActionForm
from clearspan.stages.decisions.models import Decision


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


class OutcomeForm(ActionForm):
    """What came of it."""

    outcome = forms.FloatField(required=False, label="What came, as NPV")
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 4}), label="What came, in words")


class PeopleForm(ActionForm):
    """How many people of a function there are."""

    function = forms.ChoiceField(label="Function")
    quarter = forms.DateField(label="From the quarter of", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    people = forms.FloatField(min_value=0, label="People")
    count = forms.IntegerField(min_value=1, max_value=40, initial=8, label="For how many quarters")
