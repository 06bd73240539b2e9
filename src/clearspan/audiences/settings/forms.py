"""Forms of the settings. Their fields are named as the parameters of the actions they do."""

from __future__ import annotations

from calendar import month_name
from decimal import Decimal
from typing import Any

from django import forms

from clearspan.catalogue.forms import CatalogueForm
from clearspan.catalogue.models import LifecycleStage, Line, Product, Role
from clearspan.core.actor import Actor, Kind
from clearspan.core.models import Company, Function, User
from clearspan.stages.inlife.models import LedgerLine

HUNDRED = Decimal(100)
MONTHS = [(at, month_name[at]) for at in range(1, 13)]


class PercentField(forms.DecimalField):
    """A fraction that is written and read in hundredths: 0.09 is 9."""

    def prepare_value(self, value: Any) -> Any:
        return f"{(value * HUNDRED).normalize():f}" if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        written = super().clean(value)
        return None if written is None else written / HUNDRED


class CompanyForm(CatalogueForm):
    """The company's name and money, and when a need counts as a segment's."""

    name = forms.CharField(label="What the company is called", max_length=120)
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$", label="Its currency", help_text="Three letters, such as GBP. Amounts are not converted.",
        error_messages={"invalid": "Three letters, such as GBP."},
    )  # fmt: skip
    discount_rate = PercentField(
        label="Discount rate, % a year", min_value=0, max_value=99, decimal_places=2,
        help_text="What money in a year is worth less than money now. Business cases are worked out with it.",
    )  # fmt: skip
    need_threshold = PercentField(
        label="A need is a segment’s from, %", min_value=Decimal("0.01"), max_value=99, decimal_places=2,
        help_text="Of a segment’s accounts. A lower share is a few customers’ wish.",
    )  # fmt: skip

    year_starts = forms.TypedChoiceField(
        label="Its years begin in", choices=MONTHS, coerce=int,
        help_text="Of the books: the P&L, budgets and earnings. Entries stay in their months.",
    )  # fmt: skip

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    @classmethod
    def initial_of(cls, company: Company) -> dict[str, Any]:
        return {name: getattr(company, name) for name in cls.base_fields}


class InviteForm(CatalogueForm):
    """Somebody who is to come in."""

    name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(label="Email", help_text="They sign in with it.")
    function = forms.ModelChoiceField(
        Function.objects.none(), label="Function", help_text="What they may do follows.", empty_label="choose one"
    )
    is_admin = forms.BooleanField(label="May change these settings and invite people", required=False)

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["function"].queryset = Function.objects.visible_to(actor)  # type: ignore[attr-defined]


class PersonForm(InviteForm):
    """One who is in. A customer has no function until they are given one."""

    email = None  # type: ignore[assignment]  # what one signs in with stays
    is_active = forms.BooleanField(
        label="May sign in", required=False, help_text="Without this, what they did stays, and they cannot come in."
    )

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(actor, *args, **options)
        self.fields["function"].required = bool(self.initial.get("function"))

    @classmethod
    def initial_of(cls, person: User) -> dict[str, Any]:
        return {name: getattr(person, name) for name in cls.base_fields}


class ProductForm(CatalogueForm):
    """What is sold, or to be sold, and for which somebody answers."""

    name = forms.CharField(label="What it is called", max_length=80)
    description = forms.CharField(
        label="What it is, in a sentence or two", required=False, widget=forms.Textarea({"rows": 3})
    )
    line = forms.CharField(
        label="Product line", required=False, max_length=80,
        help_text="Products planned and accounted for together. Empty: a line of its own.",
        widget=forms.TextInput({"list": "lines", "autocomplete": "off"}),
    )  # fmt: skip
    stage = forms.ModelChoiceField(None, label="Where it stands in its life", required=False, empty_label="not said")
    is_confidential = forms.BooleanField(
        label="Confidential", required=False, help_text="Seen only by leadership and by people with a role on it."
    )

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["stage"].queryset = LifecycleStage.objects.visible_to(actor)  # type: ignore[attr-defined]
        self.lines = list(Line.objects.visible_to(actor).values_list("name", flat=True))

    def changes(self) -> dict[str, Any]:
        """What the change action is given: an emptied stage is taken away, an emptied line stays."""
        given = self.given()
        return {**given, "line": given["line"] or None, "without_stage": given["stage"] is None}

    @classmethod
    def initial_of(cls, product: Product) -> dict[str, Any]:
        names = ("name", "description", "stage", "is_confidential")
        return {"line": product.line.name, **{name: getattr(product, name) for name in names}}


class RoleOnProductForm(CatalogueForm):
    """Who has which role on a product."""

    person = forms.ModelChoiceField(None, label="Who", empty_label="choose somebody")
    role = forms.ModelChoiceField(None, label="As", empty_label="choose a role")

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        people = User.objects.visible_to(actor).filter(is_active=True, function__isnull=False)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["role"].queryset = Role.objects.visible_to(actor)  # type: ignore[attr-defined]


def _place() -> forms.IntegerField:
    return forms.IntegerField(label="Place in lists", required=False, min_value=0, max_value=32_000)


class FunctionForm(CatalogueForm):
    """A function of the company."""

    name = forms.CharField(label="Name", max_length=60)
    kind = forms.ChoiceField(label="What its people may do follows from", choices=Kind.LABELS, initial=Kind.OTHER)
    is_scarce = forms.BooleanField(
        label="Its people limit what can be built", required=False, help_text="Plans count them by quarter."
    )
    position = _place()


class RoleForm(CatalogueForm):
    """A role on a product."""

    name = forms.CharField(label="Name", max_length=60)
    grants = forms.ChoiceField(label="Who has it", choices=Role.Grants.choices, initial=Role.Grants.CONTRIBUTE)


class StageForm(CatalogueForm):
    """A stage of a product's life."""

    name = forms.CharField(label="Name", max_length=60)
    is_live = forms.BooleanField(label="Customers use products in this stage", required=False)
    position = _place()


class GateForm(CatalogueForm):
    """A point at which it is decided whether to go on."""

    name = forms.CharField(label="Name", max_length=60)
    asks = forms.CharField(label="What must be known to pass", required=False, widget=forms.Textarea({"rows": 3}))
    position = _place()


class SegmentForm(CatalogueForm):
    """A part of the market, the same for every product."""

    name = forms.CharField(label="Name", max_length=80)
    description = forms.CharField(
        label="What its accounts have in common", required=False, widget=forms.Textarea({"rows": 3})
    )
    position = _place()


class LedgerLineForm(CatalogueForm):
    """A line of every product's P&L."""

    name = forms.CharField(label="Name", max_length=80)
    kind = forms.ChoiceField(label="It is", choices=LedgerLine.Kind.choices, initial=LedgerLine.Kind.REVENUE)
    unit = forms.CharField(
        label="What its quantity counts", required=False, max_length=40, help_text="Accounts, hours ... Empty: nothing."
    )
    other_names = forms.CharField(
        label="What files call it", required=False, widget=forms.Textarea({"rows": 3}),
        help_text="One a line: names, numbers of accounts in your books.",
    )  # fmt: skip
    position = _place()
    is_archived = forms.BooleanField(label="Nothing new comes in under it", required=False)


class LineForm(CatalogueForm):
    """A product line's name."""

    name = forms.CharField(label="Name", max_length=80)
