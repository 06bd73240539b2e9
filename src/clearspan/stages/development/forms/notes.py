"""The form of a note."""

from __future__ import annotations

from django import forms

from clearspan.core.forms import ActionForm


class NoteForm(ActionForm):
    """What is said, and to whom. `to` is filled with the people who may see the product."""

    title = forms.CharField(max_length=200, label="What it is about")
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 22}), label="The note", help_text="Markdown.")
    to = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, label="To")
