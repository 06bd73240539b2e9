"""What a supplier says: to a quote that is asked of it, and of a milestone."""

from __future__ import annotations

from typing import Any

from django import forms

from clearspan.catalogue.forms import CatalogueForm, day_field, money_field
from clearspan.stages.development.forms.supply import words_field
from clearspan.stages.development.models import Milestone, Quote


class GiveQuoteForm(CatalogueForm):
    """What it would take, and by when."""

    amount = money_field("What it would take in all", required=True)
    delivers_on = day_field("All of it would be there on", required=True)
    valid_until = day_field("The quote is valid until")
    words = words_field("What is in it, what is not, what it rests on", rows=4)

    def __init__(self, quote: Quote, data: Any = None) -> None:
        given = {name: getattr(quote, name) for name in self.base_fields}
        super().__init__(data, initial=given, prefix=quote.ref)


class PassForm(CatalogueForm):
    """Why no quote is given."""

    words = words_field("Why not", required=True, rows=2)

    def __init__(self, quote: Quote, data: Any = None) -> None:
        super().__init__(data, prefix=f"pass-{quote.ref}")


class ReportForm(CatalogueForm):
    """How a milestone stands: against each criterion; there, or when it will be."""

    met = forms.TypedMultipleChoiceField(
        label="Met", required=False, coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text="What is left open needs words: what is missing, and when it comes.",
    )  # fmt: skip
    expected_on = day_field("Not there yet: it will be on")
    words = words_field("Why it moved, or what is to be known of the delivery", rows=3)

    def __init__(self, milestone: Milestone, data: Any = None) -> None:
        given = {"met": milestone.met, "expected_on": milestone.expected_on}
        super().__init__(data, initial=given, prefix=milestone.ref)
        self.is_delivery = data is not None and "delivered" in data
        self.fields["met"].choices = list(enumerate(milestone.criteria, 1))  # type: ignore[attr-defined]
        if not milestone.criteria:
            del self.fields["met"]

    def given(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return {**given, "delivered": True, "expected_on": None} if self.is_delivery else given
