"""The forms of launches, their meeting and what is expected of them."""

from __future__ import annotations

from typing import Any

from django import forms

from clearspan.catalogue.choosing import RowsField, asked_at
from clearspan.catalogue.forms import day_field
from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.forms import ActionForm
from clearspan.core.models import User
from clearspan.stages.launch import queries
from clearspan.stages.launch.models import GoVote, Launch, LaunchTemplate


class LaunchForm(ActionForm):
    """A new launch: what it brings, when, and what is asked of whom."""

    title = forms.CharField(
        required=False, max_length=160, label="Its name", help_text="Empty: called after what it brings."
    )
    planned_on = day_field("The day it is to be there", required=True)
    template = forms.ChoiceField(
        required=False,
        label="How large it is",
        help_text="Each line of the template becomes a commitment that is asked for.",
    )
    text = forms.CharField(required=False, widget=forms.Textarea({"rows": 3}), label="For whom, where, anything else")

    field_order = ("planned_on", "template", "title", "options", "text")

    def __init__(self, actor: Actor, product: Product, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["options"] = brings(actor, product)
        templates = [(one.ref, f"{one}: {one.description}" if one.description else str(one))
                     for one in LaunchTemplate.objects.visible_to(actor)]  # fmt: skip
        self.fields["template"].choices = [("", "ask for nothing yet"), *templates]  # type: ignore[attr-defined]
        self.order_fields(self.field_order)


class ChangeLaunchForm(LaunchForm):
    """A launch's own words. Its day is moved on its own."""

    title = forms.CharField(max_length=160, label="Its name")
    decide_on = day_field("Go or no-go is decided on")
    keeper = forms.ChoiceField(required=False, label="Who brings it together")
    planned_on = template = None  # type: ignore[assignment]  # Django's way to leave out a field

    field_order = ("title", "options", "decide_on", "keeper", "text")

    def __init__(self, actor: Actor, product: Product, *args: Any, **given: Any) -> None:
        ActionForm.__init__(self, *args, **given)
        self.fields["options"] = brings(actor, product)
        self.order_fields(self.field_order)
        self.fields["keeper"].choices = [("", "nobody"), *people(actor)]  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, launch: Launch) -> dict[str, Any]:
        return {
            "title": launch.title, "text": launch.text, "decide_on": launch.decide_on,
            "keeper": launch.keeper.ref if launch.keeper else "",
            "options": list(launch.options.all()),
        }  # fmt: skip


class MoveForm(ActionForm):
    """Another day."""

    planned_on = day_field("The new day", required=True)
    fixed_too = forms.BooleanField(required=False, label="Move the days that were set by hand, too")


class VoteForm(ActionForm):
    """What a function says."""

    says = forms.ChoiceField(choices=GoVote.Says.choices, label="We say", widget=forms.RadioSelect)
    words = forms.CharField(
        required=False, widget=forms.Textarea({"rows": 3}), label="The condition, or what stands against it"
    )


class GoForm(ActionForm):
    """What is decided."""

    goes = forms.ChoiceField(choices=[("true", "go"), ("false", "no-go")], label="Decision", widget=forms.RadioSelect)
    reasons = forms.CharField(
        widget=forms.Textarea({"rows": 4}), label="Why", help_text="So that somebody who was not there understands."
    )


class ReasonsForm(ActionForm):
    """Why it is called off."""

    reasons = forms.CharField(widget=forms.Textarea({"rows": 4}), label="Why it is called off")


class MeasureForm(ActionForm):
    """What is expected, with how sure one is."""

    name = forms.CharField(max_length=120, label="What is counted", help_text="Such as “marinas using it”.")
    unit = forms.CharField(required=False, max_length=40, label="Unit")
    low = forms.FloatField(label="Low: less comes once in ten")
    likely = forms.FloatField(label="Likely")
    high = forms.FloatField(label="High: more comes once in ten")
    due_on = day_field("When to look", required=True)
    source = forms.CharField(required=False, max_length=200, label="Who says so", help_text="“guess” is a source.")


class ResultForm(ActionForm):
    """What came."""

    came = forms.FloatField(label="What came")
    came_on = day_field("As of", "Empty is today.")
    note = forms.CharField(required=False, widget=forms.Textarea({"rows": 2}), label="What explains it")


def brings(actor: Actor, product: Product) -> RowsField:
    """The field for what a launch brings."""
    return RowsField(
        queries.can_bring(actor, product), asked_at(product, "option"), required=False,
        label="What it brings to market", add="Add an option: write some of its words",
        help_text="Its documents are drafted from what was defined of these.",
    )  # fmt: skip


def people(actor: Actor) -> list[tuple[str, str]]:
    """People of the company, by name."""
    rows = User.objects.visible_to(actor).filter(function__isnull=False, is_active=True).select_related("function")
    return [(one.ref, f"{one.name}, {one.function}") for one in rows.order_by("name")]
