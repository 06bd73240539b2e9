from __future__ import annotations

from typing import Any

from django import forms

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.forms import ActionForm
from clearspan.stages.development.models import Team, WorkItem


class _Day(forms.DateField):
    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), **options)


class ItemForm(ActionForm):
    """A work item: made by `add_item`, changed by `change_item`."""

    title = forms.CharField(max_length=300, label="What is to be done")
    text = forms.CharField(
        required=False,
        widget=forms.Textarea({"rows": 6}),
        label="More about it",
        help_text="In Markdown. RQ-12 or OT-4 here, or in the title, says why it is built.",
    )
    kind = forms.ChoiceField(choices=WorkItem.Kind.choices, label="Kind")
    team = forms.ModelChoiceField(Team.objects.none(), required=False, label="Team", empty_label="no team")
    assignee = forms.CharField(required=False, max_length=120, label="Who does it")
    labels = forms.CharField(required=False, label="Labels", help_text="Separated by commas.")
    estimate = forms.FloatField(required=False, min_value=0, label="Estimate", help_text="In the team’s own points.")
    effort = forms.FloatField(required=False, min_value=0, label="Effort", help_text="Person-days spent so far.")
    added_on = _Day(required=False, label="Came up on", help_text="Empty is today.")
    due_on = _Day(required=False, label="Has to be done by")

    def __init__(self, actor: Actor, product: Product, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        teams = Team.objects.visible_to(actor).filter(product=product)
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]  # a choice of rows

    def clean_labels(self) -> list[str]:
        return [label.strip() for label in self.cleaned_data["labels"].split(",") if label.strip()]

    @staticmethod
    def initial_of(item: WorkItem) -> dict[str, Any]:
        names = ("title", "text", "kind", "team", "assignee", "estimate", "effort", "added_on", "due_on")
        return {name: getattr(item, name) for name in names} | {"labels": ", ".join(item.labels)}
