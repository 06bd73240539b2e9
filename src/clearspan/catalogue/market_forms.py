"""Forms about competitors, offers and prices. Their fields are named as the parameters of the actions they do."""

from __future__ import annotations

from typing import Any

from django import forms

from clearspan.catalogue.forms import CatalogueForm, day_field
from clearspan.catalogue.models import Competitor, Offer, Price, Product, Standing
from clearspan.core.actor import Actor


class CompetitorForm(CatalogueForm):
    """Somebody the market can choose instead."""

    name = forms.CharField(
        label="Name", max_length=120, help_text="Doing nothing and a spreadsheet are competitors too."
    )  # fmt: skip
    strengths = forms.CharField(
        label="Where they are better, and who says so", required=False, widget=forms.Textarea({"rows": 4})
    )
    reply = forms.CharField(
        label="What to say to that", required=False, widget=forms.Textarea({"rows": 3}),
        help_text="In words a seller can speak; true ones.",
    )  # fmt: skip
    weaknesses = forms.CharField(
        label="Where we are better, and who says so", required=False, widget=forms.Textarea({"rows": 4})
    )
    landmines = forms.CharField(
        label="Questions a buyer should put to them", required=False, widget=forms.Textarea({"rows": 3}),
        help_text="One a line; and what not to walk into yourself.",
    )  # fmt: skip
    website = forms.URLField(label="Website", required=False, max_length=200, assume_scheme="https")

    @classmethod
    def initial_of(cls, competitor: Competitor) -> dict[str, Any]:
        return {name: getattr(competitor, name) for name in cls.base_fields}


class PriceForm(CatalogueForm):
    """What an offer cost on a day, and who says so."""

    amount = forms.DecimalField(
        label="It costs", required=False, min_value=0, max_digits=14, decimal_places=2,
        help_text="Empty: they tell it on request only.",
    )  # fmt: skip
    currency = forms.CharField(
        label="Currency", required=False, min_length=3, max_length=3, help_text="Empty is that of the price before."
    )
    per = forms.CharField(label="For what", required=False, max_length=60, help_text="Such as “a berth, a month”.")
    seen_on = day_field("Seen on, or valid from", "Empty is today.")
    source = forms.CharField(
        label="Who says so", max_length=200, help_text="Their price list, a buyer, an offer you were shown."
    )
    url = forms.URLField(label="Where it can be read", required=False, max_length=500, assume_scheme="https")
    note = forms.CharField(label="Note", required=False, max_length=300)
    is_confidential = forms.BooleanField(
        label="Not to be handed out", required=False, help_text="It stays off battlecards and what is printed."
    )

    def changes(self) -> dict[str, Any]:
        """What the change action is given: no amount is one that is told on request."""
        return {**self.cleaned_data, "on_request": self.cleaned_data["amount"] is None}

    @classmethod
    def initial_of(cls, price: Price) -> dict[str, Any]:
        return {name: getattr(price, name) for name in cls.base_fields}


class OfferForm(CatalogueForm):
    """What is sold, by whom."""

    name = forms.CharField(label="What it is called", max_length=120)
    plan = forms.CharField(
        label="Plan, edition or size", required=False, max_length=120, help_text="Each has a price of its own."
    )
    note = forms.CharField(label="What is in it, for whom", required=False, widget=forms.Textarea({"rows": 3}))
    ended_on = day_field("Sold no more since")

    def changes(self) -> dict[str, Any]:
        """What the change action is given: an emptied day means that it is sold."""
        return {**self.cleaned_data, "still_sold": self.cleaned_data["ended_on"] is None}

    @classmethod
    def initial_of(cls, offer: Offer) -> dict[str, Any]:
        return {name: getattr(offer, name) for name in cls.base_fields}


class NewOfferForm(CatalogueForm):
    """What is sold, by whom, and what it costs, in one step."""

    field_order = ("competitor", "name", "plan", "amount", "currency", "per", "seen_on", "source", "url", "note")

    competitor = forms.ModelChoiceField(None, label="Who sells it", required=False, empty_label="we do")
    name = OfferForm.base_fields["name"]
    plan = OfferForm.base_fields["plan"]
    note = OfferForm.base_fields["note"]
    amount = PriceForm.base_fields["amount"]
    currency = PriceForm.base_fields["currency"]
    per = PriceForm.base_fields["per"]
    seen_on = PriceForm.base_fields["seen_on"]
    source = forms.CharField(
        label="Who says so", required=False, max_length=200, help_text="Needed with a price: their list, a buyer."
    )
    url = PriceForm.base_fields["url"]

    def __init__(self, actor: Actor, product: Product, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["competitor"].queryset = Competitor.objects.visible_to(actor).filter(product=product)  # type: ignore[attr-defined]


class StandingForm(CatalogueForm):
    """How far somebody does something, and who says so."""

    says = forms.ChoiceField(label="It does", choices=Standing.Says.choices)
    source = forms.CharField(
        label="Who says so", max_length=200, help_text="We tried it, their manual, a buyer who left; “guess” is one."
    )
    seen_on = day_field("Seen on", "Empty is today.")
    note = forms.CharField(label="How far, with what", required=False, max_length=300)
    url = forms.URLField(label="Where it can be read", required=False, max_length=500, assume_scheme="https")

    @classmethod
    def initial_of(cls, standing: Standing | None) -> dict[str, Any]:
        return {name: getattr(standing, name) for name in cls.base_fields} if standing else {}
