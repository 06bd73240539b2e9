"""The forms of options."""

from __future__ import annotations

from typing import Any

from django import forms

from clearspan.catalogue.choosing import RowsField, asked_at
from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.forms import ActionForm
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import Option


class OptionForm(ActionForm):
    """A new option, or an option's own words."""

    title = forms.CharField(
        max_length=160, label="What would be done", help_text="In a few words, such as “Open swap board”."
    )
    summary = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 4}), label="How it meets the need")
    duration = forms.IntegerField(min_value=1, max_value=40, initial=1, label="Quarters from start to finish")
    earliest = forms.DateField(
        required=False, label="May start from", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    latest = forms.DateField(
        required=False, label="Must start by", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    bucket = forms.CharField(
        required=False,
        max_length=60,
        label="What kind of effort",
        help_text="new, improve, upkeep, or a word of your own",
    )
    must = forms.BooleanField(required=False, label="It has to be done: by law, by contract")

    def __init__(self, actor: Actor, product: Product, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["opportunities"] = RowsField(
            Opportunity.objects.visible_to(actor).filter(product=product), asked_at(product, "need"), required=False,
            label="The needs it meets", add="Add a need: write some of its words",
        )  # fmt: skip
        self.order_fields(("title", "summary", "opportunities"))


class CaseForm(ActionForm):
    """A business case as text."""

    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 32, "spellcheck": "false", "class": "mono"}), label="The case",
        help_text="Drivers with their three points and sources, lines with formulas.",
    )  # fmt: skip
    note = forms.CharField(required=False, max_length=200, label="What changed, and why")

    def only_to_read(self) -> None:
        """For who may not write it: the text stays, as it is."""
        self.fields["text"].widget.attrs["readonly"] = True
        del self.fields["note"]


class ImpactForm(ActionForm):
    """What the option means for a function."""

    function = forms.ChoiceField(label="Function")
    weight = forms.ChoiceField(label="What it means for it")
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}), label="In its own words")


class FeasibilityForm(ActionForm):
    """Whether it can be built."""

    feasibility = forms.TypedChoiceField(choices=Option.Feasibility.choices, coerce=int, label="Can it be built?")
    note = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 3}), label="What is known, what is open"
    )
