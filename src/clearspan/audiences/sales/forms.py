"""The form for a request of a deal."""

from __future__ import annotations

from typing import Any

from django import forms

from clearspan.catalogue.choosing import RowField, asked_at
from clearspan.catalogue.models import Deal, Product
from clearspan.core.actor import Actor
from clearspan.core.forms import ActionForm
from clearspan.stages.evidence.models import Ask


class ChangeAskForm(ActionForm):
    wants = forms.CharField(label="What they ask for, in one line", max_length=200)
    needed_by = forms.DateField(
        label="Answer needed by", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    is_condition = forms.BooleanField(label="Without it the deal is lost", required=False)

    def changes(self) -> dict[str, Any]:
        """What the change action is given: an emptied day is taken away."""
        return {**self.cleaned_data, "without_date": self.cleaned_data["needed_by"] is None}

    @classmethod
    def initial_of(cls, ask: Ask) -> dict[str, Any]:
        return {name: getattr(ask, name) for name in cls.base_fields}


class AskForm(ChangeAskForm):
    field_order = ("deal", "wants", "text", "needed_by", "is_condition")

    deal = forms.CharField()  # made anew for each person: who sees which deals
    text = forms.CharField(
        label="In their own words",
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text="As near to what they said as you can: it is evidence, and the manager did not hear it.",
    )

    def __init__(self, actor: Actor, product: Product, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["deal"] = RowField(
            Deal.objects.visible_to(actor).filter(product=product),
            asked_at(product, "deal"),
            label="Deal",
            help_text="Its name or reference.",
        )
        self.order_fields(self.field_order)
