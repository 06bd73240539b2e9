"""The forms of launch templates."""

from __future__ import annotations

from typing import Any

from django import forms

from clearspan.catalogue.forms import CatalogueForm
from clearspan.core.actor import Actor
from clearspan.core.models import Function
from clearspan.stages.launch.models import Kind, LaunchTemplate, TemplateLine


class TemplateForm(CatalogueForm):
    """A template's own words."""

    name = forms.CharField(label="What such a launch is called", max_length=60)
    description = forms.CharField(
        label="For which launches it is meant", required=False, widget=forms.Textarea({"rows": 2})
    )
    decide_before = forms.IntegerField(
        label="Go or no-go is decided so many days before", min_value=0, max_value=365,
        help_text="Late enough to know, early enough to stop.",
    )  # fmt: skip

    @classmethod
    def initial_of(cls, row: LaunchTemplate) -> dict[str, Any]:
        return {name: getattr(row, name) for name in cls.base_fields}


class LineForm(CatalogueForm):
    """One thing that a function is asked for."""

    function = forms.ChoiceField(label="Of which function")
    title = forms.CharField(label="What must be there", max_length=200)
    text = forms.CharField(
        label="When it counts as done", required=False, widget=forms.Textarea({"rows": 4}),
        help_text="What somebody else could look at and agree. Questions to answer belong here, too.",
    )  # fmt: skip
    days_before = forms.IntegerField(
        label="So many days before the launch", min_value=-365, max_value=730, help_text="Less than nought is after it."
    )
    must = forms.BooleanField(label="Without it there is no launch", required=False)
    collateral = forms.ChoiceField(
        label="The document that it is", required=False, choices=[("", "none"), *Kind.choices],
        help_text="It is drafted when a launch is planned.",
    )  # fmt: skip

    def __init__(self, actor: Actor, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["function"].choices = _functions(actor)  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """The action's parameters: an emptied document is taken away."""
        given = dict(self.cleaned_data)
        document = given.pop("collateral")
        return {**given, "collateral": document} if document else {**given, "without_collateral": True}

    @classmethod
    def initial_of(cls, row: TemplateLine) -> dict[str, Any]:
        return {**{name: getattr(row, name) for name in cls.base_fields}, "function": row.function.ref}


class PasteForm(CatalogueForm):
    """A checklist, pasted."""

    markdown = forms.CharField(
        label="The checklist", max_length=500_000,
        widget=forms.Textarea({"rows": 16, "class": "mono", "spellcheck": "false"}),
        help_text="Markdown: boxes and headings that ask something become lines. A function’s name says whose.",
    )  # fmt: skip
    function = forms.ChoiceField(
        label="Whose are lines under no function’s name",
        required=False,
        help_text="They can be changed one by one later.",
    )

    def __init__(self, actor: Actor, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["function"].choices = [("", "choose one"), *_functions(actor)]  # type: ignore[attr-defined]


def _functions(actor: Actor) -> list[tuple[str, str]]:
    return [(one.ref, one.name) for one in Function.objects.visible_to(actor)]
