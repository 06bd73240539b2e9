"""The forms of KPIs."""

from __future__ import annotations

from typing import Any

from django import forms

from clearspan.catalogue.forms import CatalogueForm, day_field
from clearspan.core.actor import Actor
from clearspan.core.models import User
from clearspan.stages.inlife.models import KPI


class KPIForm(CatalogueForm):
    """What is counted, which way is good, where it should be by when."""

    name = forms.CharField(max_length=120, label="What is counted", help_text="Such as “Renewals within the month”.")
    unit = forms.CharField(max_length=40, label="Unit", required=False, help_text="Such as %, days, tickets a week.")
    direction = forms.ChoiceField(choices=KPI.Direction.choices, label="Which way is good")
    text = forms.CharField(
        label="What exactly, and from where", required=False, widget=forms.Textarea({"rows": 2}),
        help_text="So that the next reading counts the same.",
    )  # fmt: skip
    target = forms.FloatField(label="Where it should be", required=False)
    target_on = day_field("By when")
    chance = forms.FloatField(
        label="How likely is that, in a hundred", required=False, min_value=0, max_value=100,
        help_text="Said now, and held against what comes.",
    )  # fmt: skip
    owner = forms.ModelChoiceField(None, label="Who answers for it", required=False, empty_label="nobody yet")

    def __init__(self, actor: Actor, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        people = User.objects.visible_to(actor).filter(function__isnull=False, is_active=True)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        chance = self.cleaned_data["chance"]
        return {**self.cleaned_data, "chance": None if chance is None else chance / 100}

    def changes(self) -> dict[str, Any]:
        """What the change action is given: an emptied target is taken away."""
        given = self.given()
        return {**given, "without_target": given["target"] is None and given["target_on"] is None}

    @classmethod
    def initial_of(cls, kpi: KPI) -> dict[str, Any]:
        shown = {name: getattr(kpi, name) for name in cls.base_fields}
        return {**shown, "chance": None if kpi.chance is None else round(100 * kpi.chance, 1)}


class ReadingForm(CatalogueForm):
    """What it stood at on a day."""

    value = forms.FloatField(label="It stood at")
    day = day_field("On", "Empty is today.")
    source = forms.CharField(max_length=200, label="Where it is from", required=False)
    note = forms.CharField(label="What explains it", required=False, widget=forms.Textarea({"rows": 2}))
