from __future__ import annotations

from typing import Any

from django import forms

from clearspan.catalogue.models import Product
from clearspan.core.actions import registry
from clearspan.core.actor import Actor
from clearspan.core.forms import ActionForm
from clearspan.interfaces.webhooks.actions import groups
from clearspan.interfaces.webhooks.words import called


class WebhookForm(ActionForm):
    """Where it goes, and what it tells."""

    name = forms.CharField(max_length=80, label="Name", help_text="What it is for, such as “our chat”.")
    address = forms.CharField(
        max_length=300,
        label="Address",
        help_text="Such as https://hooks.example.com/clearspan; it hears what you see.",
    )
    groups = forms.MultipleChoiceField(
        required=False, label="Groups of actions", widget=forms.CheckboxSelectMultiple,
        help_text="None, here and below: every action.",
    )  # fmt: skip
    actions = forms.CharField(
        required=False, max_length=4000, label="Single actions",
        help_text="Their names, with commas between: decide, adopt_plan. The reference lists them.",
    )  # fmt: skip
    products = forms.ModelMultipleChoiceField(
        Product.objects.none(), required=False, label="Products", widget=forms.CheckboxSelectMultiple,
        help_text="None: whatever you may see.",
    )  # fmt: skip

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        shown = Product.objects.visible_to(actor).filter(is_archived=False).order_by("name")
        self.fields["products"].queryset = shown  # type: ignore[attr-defined]  # a field of rows
        self.fields["groups"].choices = [(name, called(name)) for name in groups()]  # type: ignore[attr-defined]  # of choices

    def given(self) -> dict[str, Any]:
        """The action's parameters: groups and single actions are one list there."""
        data = self.cleaned_data
        single = [word for word in data["actions"].replace(",", " ").split() if word]
        return {
            "name": data["name"], "address": data["address"], "actions": [*data["groups"], *single],
            "products": list(data["products"]),
        }  # fmt: skip

    @staticmethod
    def initial_of(row: Any) -> dict[str, Any]:
        return {
            "name": row.name, "address": row.address, "products": row.products,
            "groups": [one for one in row.actions if one not in registry],
            "actions": ", ".join(one for one in row.actions if one in registry),
        }  # fmt: skip
