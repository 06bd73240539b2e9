"""Forms of this stage."""

from __future__ import annotations

from typing import Any

from django import forms

from clearspan.catalogue.choosing import RowField, asked_at
from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.forms import ActionForm
from clearspan.core.models import User
from clearspan.stages.opportunities.models import Mention, Opportunity


class NeedForm(ActionForm):
    """A need: made by `create_opportunity`, changed by `change_opportunity`."""

    title = forms.CharField(
        max_length=200,
        label="The need",
        help_text="In the customer’s words, not as a feature: “Swap a shift without a manager”.",
    )
    outcome = forms.CharField(
        max_length=200, required=False, label="Outcome", help_text="What would be better, for whom, if it were met."
    )
    description = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 5}), label="More about it")
    keeper = forms.ModelChoiceField(User.objects.none(), required=False, label="Kept by", empty_label="whoever adds it")

    def __init__(self, actor: Actor, product: Product, *args: Any, of: Opportunity | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        needs = Opportunity.objects.visible_to(actor).filter(product=product, state=Opportunity.State.OPEN)
        self.fields["parent"] = RowField(
            needs.exclude(pk=of.pk if of else None),
            asked_at(product, "parent"),
            called="title",
            required=False,
            label="Part of a wider need",
            help_text="Write some of its words. Left empty, the need stands at the top.",
        )
        self.order_fields(["title", "outcome", "description", "parent", "keeper"])
        people = User.objects.visible_to(actor).filter(is_active=True).exclude(function=None)
        self.fields["keeper"].queryset = people.order_by("name")  # type: ignore[attr-defined]  # as above


class MentionForm(ActionForm):
    """How a piece of feedback speaks of a need."""

    quote = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}), label="Quote, word for word")
    importance = forms.TypedChoiceField(choices=Mention.Importance.choices, coerce=int, label="How much it matters")
    prompted = forms.BooleanField(required=False, label="We asked about this very need")
    answer = forms.BooleanField(required=False, label="It has the need", help_text="Untick it when the answer was no.")
    agreed = forms.CharField(
        required=False, max_length=200, label="Who agreed that we may tell it to others, and when",
        help_text="Only then does the quote stand on battlecards. Empty: it is for us alone.",
    )  # fmt: skip
