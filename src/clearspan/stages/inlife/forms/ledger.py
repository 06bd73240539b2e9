"""The forms of the books."""

from __future__ import annotations

from typing import Any

from django import forms

from clearspan.catalogue.choosing import RowField, asked_at
from clearspan.catalogue.forms import CatalogueForm
from clearspan.catalogue.models import Account, Product
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.stages.inlife.models import LedgerEntry, LedgerLine, LedgerVersion
from clearspan.stages.inlife.models.entries import PLACES
from clearspan.stages.options.models import Option


def _amount(label: str, help_text: str, required: bool = True) -> forms.DecimalField:
    return forms.DecimalField(label=label, help_text=help_text, required=required, max_digits=18, decimal_places=PLACES)


class EntryForm(CatalogueForm):
    """One amount."""

    line = forms.ModelChoiceField(None, label="Line", empty_label="choose one")
    month = forms.DateField(
        label="Month", widget=forms.DateInput({"type": "month"}, "%Y-%m"), input_formats=["%Y-%m", "%Y-%m-%d"]
    )
    amount = _amount("Amount", "Revenue and costs above nought; a reversal below.")
    quantity = _amount("Quantity", "In the line’s unit. With it, price and volume can be told apart.", required=False)
    region = forms.CharField(label="Region", required=False, max_length=80)
    note = forms.CharField(label="Note", required=False, max_length=200, help_text="Why it was booked by hand.")

    def __init__(self, actor: Actor, product: Product, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["amount"].label = f"Amount, {Company.ours().currency}"
        there = LedgerLine.objects.visible_to(actor).filter(is_archived=False)
        self.fields["line"].queryset = there  # type: ignore[attr-defined]
        self.fields["account"] = RowField(
            Account.objects.visible_to(actor), asked_at(product, "account"), label="Account",
            required=False, help_text="Whose it is. Written by name.",
        )  # fmt: skip
        self.fields["option"] = RowField(
            Option.objects.visible_to(actor).filter(product=product), asked_at(product, "option"), label="Option",
            required=False, help_text="What it was spent on or earned by. It then counts as what came of its decision.",
        )  # fmt: skip


class NewEntryForm(EntryForm):
    """One amount, and which of the three it is."""

    kind = forms.ChoiceField(choices=LedgerVersion.Kind.choices, label="It is")
    version = forms.CharField(
        label="Version", required=False, max_length=80,
        help_text="Made when it is new, and then it counts for its months. Empty: the one that counts.",
    )  # fmt: skip


class ChangeEntryForm(EntryForm):
    """As it was booked."""

    def changes(self) -> dict[str, Any]:
        given = self.given()
        return {
            **given, "without_account": given["account"] is None, "without_quantity": given["quantity"] is None,
            "without_option": given["option"] is None,
        }  # fmt: skip

    @classmethod
    def initial_of(cls, entry: LedgerEntry) -> dict[str, Any]:
        names = ("line", "month", "quantity", "region", "note", "account", "option")
        written = -entry.amount if entry.line.is_cost else entry.amount
        return {**{name: getattr(entry, name) for name in names}, "amount": written}


class VersionForm(CatalogueForm):
    """What it is called, and why it was made."""

    name = forms.CharField(max_length=80, label="What it is called")
    note = forms.CharField(label="Why it was made, who agreed", required=False, widget=forms.Textarea({"rows": 2}))
