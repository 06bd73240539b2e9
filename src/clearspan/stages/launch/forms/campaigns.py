"""The forms of campaigns."""

from __future__ import annotations

from typing import Any

from django import forms

from clearspan.catalogue.choosing import RowField, asked_at
from clearspan.catalogue.forms import CatalogueForm, day_field, money_field
from clearspan.catalogue.models import Product, Segment
from clearspan.core.actor import Actor
from clearspan.core.models import User
from clearspan.stages.launch.models import Campaign, Launch
from clearspan.stages.options.models import Option

POINTS = ("low", "likely", "high")


class CampaignForm(CatalogueForm):
    """Whom it speaks to, what it says, what it costs, and what is expected of it."""

    name = forms.CharField(max_length=120, label="What it is called", help_text="Such as “Boat show, spring”.")
    launch = forms.CharField()  # these two are made anew for each person: who sees which
    option = forms.CharField()
    segment = forms.ModelChoiceField(None, label="Segment", required=False, empty_label="all")
    channel = forms.CharField(
        max_length=80, label="Channel", required=False, help_text="Fair, mail, search, partner, visit ..."
    )
    starts = day_field("First day", required=True)
    ends = day_field("Last day")
    budget = money_field("Budget")
    audience = forms.CharField(label="To whom it speaks", required=False, widget=forms.Textarea({"rows": 2}))
    message = forms.CharField(label="What it says", required=False, widget=forms.Textarea({"rows": 4}))
    low = forms.FloatField(label="Customers won, low", required=False, min_value=0, help_text="Undercut once in ten.")
    likely = forms.FloatField(label="Customers won, likely", required=False, min_value=0)
    high = forms.FloatField(label="Customers won, high", required=False, min_value=0, help_text="Exceeded once in ten.")
    bears = money_field("Winning one customer may cost", "Above it, the case earns nothing by this campaign.")
    source = forms.CharField(
        label="Where these numbers are from", required=False, max_length=200, help_text="“guess” will do."
    )

    def __init__(self, actor: Actor, product: Product, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["segment"].queryset = Segment.objects.visible_to(actor)  # type: ignore[attr-defined]
        self.fields["launch"] = RowField(
            Launch.objects.visible_to(actor).filter(product=product), asked_at(product, "launch"), "title",
            required=False, label="The launch it is for", help_text="Some of its words, or its reference.",
        )  # fmt: skip
        self.fields["option"] = RowField(
            Option.objects.visible_to(actor).filter(product=product), asked_at(product, "option"), "title",
            required=False, label="The option against whose case it is held",
            help_text="Some of its words, or its reference.",
        )  # fmt: skip

    def given(self) -> dict[str, Any]:
        """The parameters of a new campaign: no budget is nought."""
        return {**self.cleaned_data, "budget": self.cleaned_data["budget"] or 0}

    def changes(self) -> dict[str, Any]:
        """What the change action is given: what was emptied is taken away."""
        given = self.given()
        nobody_says = all(given[name] is None for name in POINTS)
        without = {"without_end": given["ends"] is None, "without_bears": given["bears"] is None}
        return {**given, **without, "without_expectation": nobody_says}

    @classmethod
    def initial_of(cls, campaign: Campaign) -> dict[str, Any]:
        return {name: getattr(campaign, name) for name in cls.base_fields}


class ChangeCampaignForm(CampaignForm):
    """As it was planned, and who keeps it."""

    keeper = forms.ModelChoiceField(None, label="Who keeps it", required=False, empty_label="nobody")

    def __init__(self, actor: Actor, product: Product, *args: Any, **given: Any) -> None:
        super().__init__(actor, product, *args, **given)
        people = User.objects.visible_to(actor).filter(function__isnull=False, is_active=True)
        self.fields["keeper"].queryset = people  # type: ignore[attr-defined]


class ResultForm(CatalogueForm):
    """What was spent and what came since the result before."""

    day = day_field("Up to and with", required=True)
    spend = money_field("Spent")
    reached = forms.IntegerField(label="Reached", required=False, min_value=0, help_text="Who saw it.")
    responses = forms.IntegerField(
        label="Responses", required=False, min_value=0, help_text="Who clicked, called, came."
    )
    won = forms.IntegerField(label="Customers won", required=False, min_value=0)
    revenue = money_field("What they pay a year")
    source = forms.CharField(label="Where the numbers are from", required=False, max_length=200)

    def given(self) -> dict[str, Any]:
        numbers = ("spend", "reached", "responses", "won", "revenue")
        return {**self.cleaned_data, **{name: self.cleaned_data[name] or 0 for name in numbers}}


class StopForm(CatalogueForm):
    """Why it stops."""

    note = forms.CharField(label="Why", widget=forms.Textarea({"rows": 2}))
