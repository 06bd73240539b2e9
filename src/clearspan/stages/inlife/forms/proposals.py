"""The forms of proposals, and of what of a line is a decision's doing."""

from __future__ import annotations

from typing import Any

from django import forms

from clearspan.catalogue.choosing import RowsField, asked_at
from clearspan.catalogue.forms import CatalogueForm, day_field
from clearspan.catalogue.models import Product, Segment
from clearspan.core.actor import Actor
from clearspan.stages.inlife.models import KPI, LedgerLine, Proposal
from clearspan.stages.opportunities.models import Opportunity

POINTS = ("low", "likely", "high")


class ChangeProposalForm(CatalogueForm):
    """What would be done, why, whom it concerns and what it is worth a year."""

    kind = forms.ChoiceField(choices=Proposal.Kind.choices, label="What it is")
    title = forms.CharField(max_length=160, label="What would be done", help_text="In a few words.")
    why = forms.CharField(label="What speaks for it", widget=forms.Textarea({"rows": 4}))
    audience = forms.CharField(max_length=200, label="Whom it concerns", required=False)
    segment = forms.ModelChoiceField(None, label="Segment", required=False, empty_label="everybody")
    low = forms.FloatField(label="Worth a year, low", required=False, help_text="Undercut once in ten.")
    likely = forms.FloatField(label="Worth a year, likely", required=False)
    high = forms.FloatField(label="Worth a year, high", required=False, help_text="Exceeded once in ten.")
    source = forms.CharField(
        max_length=200, label="Where these numbers are from", required=False, help_text="“guess” will do."
    )

    def __init__(self, actor: Actor, product: Product, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["segment"].queryset = Segment.objects.visible_to(actor)  # type: ignore[attr-defined]

    def changes(self) -> dict[str, Any]:
        """What the change action is given: what was emptied is taken away."""
        given = self.given()
        nobody_says = all(given[name] is None for name in POINTS)
        return {**given, "without_worth": nobody_says, "without_segment": given["segment"] is None}

    @classmethod
    def initial_of(cls, proposal: Proposal) -> dict[str, Any]:
        return {name: getattr(proposal, name) for name in cls.base_fields}


class ProposalForm(ChangeProposalForm):
    """A new one, with the figures that speak for it."""

    lines = forms.ModelMultipleChoiceField(None, label="Lines of the ledger that speak for it", required=False)
    kpis = forms.ModelMultipleChoiceField(None, label="KPIs that speak for it", required=False)

    def __init__(self, actor: Actor, product: Product, *args: Any, **given: Any) -> None:
        super().__init__(actor, product, *args, **given)
        lines = LedgerLine.objects.visible_to(actor).filter(is_archived=False)
        self.fields["lines"].queryset = lines  # type: ignore[attr-defined]
        here = KPI.objects.visible_to(actor).filter(product=product, is_archived=False)
        self.fields["kpis"].queryset = here  # type: ignore[attr-defined]
        self.fields["opportunities"] = RowsField(
            Opportunity.objects.visible_to(actor).filter(product=product), asked_at(product, "need"), required=False,
            label="Needs it would meet",
        )  # fmt: skip

    def given(self) -> dict[str, Any]:
        lists = {name: list(self.cleaned_data[name]) for name in ("lines", "kpis", "opportunities")}
        return {**self.cleaned_data, **lists}


class DeclineForm(CatalogueForm):
    """Why not."""

    reasons = forms.CharField(
        label="Why not", widget=forms.Textarea({"rows": 3}), help_text="So that nobody has to find out again."
    )


class AttributionForm(CatalogueForm):
    """What of a line is a decision's doing."""

    line = forms.ModelChoiceField(None, label="Line of the ledger", empty_label="choose a line")
    without = forms.DecimalField(
        max_digits=18, decimal_places=2, label="What the line would be without it, a month", required=False,
        help_text="In the ledger’s signs: costs are below nought. Empty is nought: all of the line is its doing.",
    )  # fmt: skip
    share = forms.FloatField(
        label="Of what lies above, in a hundred", min_value=0.1, max_value=100, initial=100, required=False
    )
    starts = day_field("First month that counts", "Empty: when work started.")
    note = forms.CharField(max_length=200, label="Why this level, why this share", required=False)

    def __init__(self, actor: Actor, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        lines = LedgerLine.objects.visible_to(actor).filter(is_archived=False)
        self.fields["line"].queryset = lines  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        found = self.cleaned_data
        return {**found, "without": found["without"] or 0, "share": (found["share"] or 100) / 100}
