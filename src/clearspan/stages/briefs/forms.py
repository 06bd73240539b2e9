"""The forms of briefs."""

from __future__ import annotations

from django import forms

from clearspan.core.forms import ActionForm


class PartForm(ActionForm):
    """One paragraph."""

    text = forms.CharField(
        required=False, max_length=8000, widget=forms.Textarea({"rows": 8}), label="In your words",
        help_text="Markdown. Empty, and it is left out.",
    )  # fmt: skip


class SendForm(ActionForm):
    """To whom."""

    everyone = forms.BooleanField(required=False, label="Everyone of this audience", initial=True)
    people = forms.MultipleChoiceField(required=False, label="And to", widget=forms.CheckboxSelectMultiple)
