"""Forms of suppliers, quotes and milestones. Their fields are named as the parameters of the actions they do."""

from __future__ import annotations

from typing import Any

from django import forms

from clearspan.catalogue.choosing import RowField, asked_at
from clearspan.catalogue.forms import CatalogueForm, day_field, money_field
from clearspan.catalogue.models import Product, Supplier, SupplierContact
from clearspan.core.actor import Actor
from clearspan.stages.development.models import Milestone
from clearspan.stages.options.models import Option


class LinesField(forms.CharField):
    """A list, one entry a line."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": rows}), **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]  # a list is what it is for
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


def words_field(label: str, help_text: str = "", *, required: bool = False, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=10_000, widget=forms.Textarea({"rows": rows})
    )


class SupplierForm(CatalogueForm):
    """A company that builds, makes or delivers something for us."""

    name = forms.CharField(label="Name", max_length=160)
    website = forms.URLField(label="Website", required=False, max_length=200, assume_scheme="https")
    note = words_field("What they do for us, and under which contract", "They never see it.", rows=4)

    @classmethod
    def initial_of(cls, supplier: Supplier) -> dict[str, Any]:
        return {name: getattr(supplier, name) for name in cls.base_fields}


class SupplierContactForm(CatalogueForm):
    """A person at a supplier."""

    name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(
        label="Email", required=False, help_text="With it they can be invited to see what is theirs."
    )

    @classmethod
    def initial_of(cls, contact: SupplierContact) -> dict[str, Any]:
        return {name: getattr(contact, name) for name in cls.base_fields}


class ForOption(CatalogueForm):
    """What is for an option of the product, or for none."""

    def __init__(self, actor: Actor, product: Product, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["option"] = RowField(
            Option.objects.visible_to(actor).filter(product=product), asked_at(product, "option"), "title",
            label="The option it is for", required=False,
            help_text="Some of its words, or its reference. The supplier does not see it.",
        )  # fmt: skip


class AskQuoteForm(ForOption):
    """What a supplier is asked to quote for."""

    title = forms.CharField(label="What it is", max_length=200, help_text="Such as “Forty berth sensors”.")
    text = words_field("What exactly is asked for", "The supplier’s people read these words.", rows=6)
    due_on = day_field("The quote is needed by")


class MilestoneForm(ForOption):
    """What is agreed with a supplier: what, by when, and when it counts as there."""

    title = forms.CharField(label="What is delivered", max_length=200)
    due_on = day_field("Agreed for", required=True)
    criteria = LinesField(
        label="When it is accepted", required=False, help_text="One criterion a line, so that each can be judged."
    )
    amount = money_field("Due when it is accepted")

    def changes(self) -> dict[str, Any]:
        """What the change action is given: an emptied amount or option is taken away."""
        given = self.cleaned_data
        return {**given, "without_amount": given["amount"] is None, "without_option": given["option"] is None}

    @classmethod
    def initial_of(cls, milestone: Milestone) -> dict[str, Any]:
        return {name: getattr(milestone, name) for name in ("title", "due_on", "criteria", "amount", "option")}


class PartForm(CatalogueForm):
    """One milestone that an accepted quote makes."""

    title = forms.CharField(label="What is delivered", max_length=200)
    due_on = day_field("Agreed for", required=True)
    amount = money_field("Amount")
    criteria = LinesField(label="When it is accepted", required=False, rows=3, help_text="One criterion a line.")


Parts = forms.formset_factory(PartForm, extra=2, max_num=12)


class AnswerForm(CatalogueForm):
    """What we say when we take something as it is."""

    answer = words_field("What we say to it", "The supplier reads it.", rows=2)


class DeclineForm(CatalogueForm):
    """Why not."""

    words = words_field("Why not", "The supplier reads it.", required=True, rows=2)


class SendBackForm(CatalogueForm):
    """What is missing in what was delivered."""

    missing = forms.TypedMultipleChoiceField(
        label="Not met", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    answer = words_field("What is missing", "The supplier reads it.", required=True)

    def __init__(self, milestone: Milestone, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["missing"].choices = list(enumerate(milestone.criteria, 1))  # type: ignore[attr-defined]
        if not milestone.criteria:
            del self.fields["missing"]
