"""Forms of the catalogue. Their fields are named as the parameters of the actions they do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest

from clearspan.catalogue.choosing import RowField, asked_at
from clearspan.catalogue.models import Account, Competitor, Contact, Deal, MarketSize, Product, Segment
from clearspan.core.actions import Action, Done
from clearspan.core.actor import Actor
from clearspan.core.forms import ActionForm
from clearspan.core.models import Company

_DAY = "%Y-%m-%d"


def day_field(label: str, help_text: str = "", required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, required=required, widget=forms.DateInput({"type": "date"}, _DAY)
    )


def money_field(label: str, help_text: str = "", required: bool = False) -> forms.DecimalField:
    """An amount in the company's currency, which the label names when the form is shown."""
    field = forms.DecimalField(
        label=label, help_text=help_text, required=required, min_value=0, max_digits=14, decimal_places=2
    )
    field.in_currency = True  # type: ignore[attr-defined]  # read by CatalogueForm
    return field


class CatalogueForm(ActionForm):
    """Does its action when it is sent. Says at each amount which currency it is in."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        amounts = [field for field in self.fields.values() if getattr(field, "in_currency", False)]
        currency = Company.ours().currency if amounts else ""
        for field in amounts:
            field.label = f"{field.label}, {currency}"

    def given(self) -> dict[str, Any]:
        """The action's parameters."""
        return dict(self.cleaned_data)

    def changes(self) -> dict[str, Any]:
        """As `given`, for an action that changes a row and takes away what was emptied."""
        return self.given()

    def do(self, request: HttpRequest, action: Action, **rows: Any) -> Done | None:
        """Does the action; None when the form was not sent yet or what was sent cannot be used."""
        return self.perform(request, action, **rows, **self.given()) if self._can_be_used(request) else None

    def change(self, request: HttpRequest, action: Action, **rows: Any) -> Done | None:
        """As `do`, with what `changes` gives."""
        return self.perform(request, action, **rows, **self.changes()) if self._can_be_used(request) else None

    def _can_be_used(self, request: HttpRequest) -> bool:
        return request.method == "POST" and self.is_valid()


class SizeForm(CatalogueForm):
    """How large a segment is for a product, and who says so."""

    accounts = forms.IntegerField(
        label="Accounts in the whole market", min_value=1, max_value=2_000_000_000, help_text="Customers or not."
    )
    value_per_account = money_field("One is worth a year", "On average: what it pays or could pay.", required=True)
    source = forms.CharField(
        label="Who says so", required=False, max_length=200, help_text="A register, a report, a count; “guess” will do."
    )
    as_of = day_field("As of")

    @classmethod
    def initial_of(cls, size: MarketSize | None) -> dict[str, Any]:
        return {name: getattr(size, name) for name in SizeForm.base_fields} if size else {}


class SegmentForm(CatalogueForm):
    """A part of the market, the same for every product."""

    name = forms.CharField(
        label="What these accounts are", max_length=80, help_text="Such as “Sailing clubs”: alike in what they need."
    )
    description = forms.CharField(
        label="What they have in common", required=False, widget=forms.Textarea({"rows": 2})
    )  # fmt: skip


class NewSegmentForm(SizeForm):
    """A segment and its size in one step."""

    field_order = ("name", "accounts", "value_per_account", "source", "as_of", "description")

    name = SegmentForm.base_fields["name"]
    description = SegmentForm.base_fields["description"]


class AccountForm(CatalogueForm):
    """An organisation that buys or may buy."""

    name = forms.CharField(label="Name", max_length=160)
    segment = forms.ModelChoiceField(None, label="Segment", required=False, empty_label="not known yet")
    is_customer = forms.TypedChoiceField(
        label="It is", choices=[("yes", "a customer"), ("no", "a prospect")], coerce=lambda word: word == "yes"
    )
    value = money_field("What it pays a year, or could pay")
    note = forms.CharField(label="What else is known", required=False, widget=forms.Textarea({"rows": 4}))

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["segment"].queryset = Segment.objects.visible_to(actor)  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """The parameters of a new account: no amount is nought."""
        return {**self.cleaned_data, "value": self.cleaned_data["value"] or 0}

    def changes(self) -> dict[str, Any]:
        """What the change action is given: an emptied segment is taken away."""
        return {**self.given(), "without_segment": self.cleaned_data["segment"] is None}

    @classmethod
    def initial_of(cls, account: Account) -> dict[str, Any]:
        shown = {name: getattr(account, name) for name in ("name", "segment", "value", "note")}
        return {**shown, "is_customer": "yes" if account.is_customer else "no"}


class ContactForm(CatalogueForm):
    """A person at an account."""

    name = forms.CharField(label="Name", max_length=120)
    title = forms.CharField(label="What they do there", required=False, max_length=120)
    email = forms.EmailField(label="Email", required=False)

    @classmethod
    def initial_of(cls, contact: Contact) -> dict[str, Any]:
        return {name: getattr(contact, name) for name in cls.base_fields}


class DealForm(CatalogueForm):
    """A sale under way."""

    field_order = ("account", "name", "amount", "closes_on", "step", "seller", "competitor")

    name = forms.CharField(
        label="The deal in a few words", max_length=160, help_text="Such as “Saltings, 40 berths”."
    )  # fmt: skip
    account = forms.CharField()  # made anew for each person: who sees which accounts
    amount = money_field("Worth a year")
    closes_on = day_field("Should close on")
    step = forms.CharField(
        label="Where it stands", required=False, max_length=60, help_text="The word your CRM has for it."
    )
    seller = forms.CharField(label="Who sells it", required=False, max_length=120)
    competitor = forms.ModelChoiceField(
        None, label="Whom the buyer looks at too", required=False, empty_label="nobody, or nobody knows"
    )

    def __init__(self, actor: Actor, product: Product, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["account"] = RowField(
            Account.objects.visible_to(actor),
            asked_at(product, "account"),
            label="Account",
            help_text="Its name or reference.",
        )
        self.fields["competitor"].queryset = Competitor.objects.visible_to(actor).filter(product=product)  # type: ignore[attr-defined]
        self.order_fields(self.field_order)

    def changes(self) -> dict[str, Any]:
        """What the change action is given: an emptied amount or day is taken away."""
        given = self.cleaned_data
        gone = {"amount": "amount", "date": "closes_on", "competitor": "competitor"}
        return {**given, **{f"without_{word}": given[name] is None for word, name in gone.items()}}

    @classmethod
    def initial_of(cls, deal: Deal) -> dict[str, Any]:
        return {name: getattr(deal, name) for name in cls.field_order}


class CloseForm(CatalogueForm):
    """Whether a deal was won, when, and why."""

    won = forms.TypedChoiceField(
        label="It was", choices=[("yes", "won"), ("no", "lost")], coerce=lambda word: word == "yes"
    )
    reason = forms.CharField(
        label="Why", max_length=200, help_text="What made the difference, in the buyer’s words. “Not known” will do."
    )
    competitor = forms.ModelChoiceField(
        None, label="Against whom", required=False, empty_label="nobody, or nobody knows",
        help_text="Whom it was lost to, or won against.",
    )  # fmt: skip
    on = day_field("On", "Empty is today.")

    def __init__(self, actor: Actor, product: Product, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["competitor"].queryset = Competitor.objects.visible_to(actor).filter(product=product)  # type: ignore[attr-defined]
