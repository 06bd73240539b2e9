"""The forms of definitions."""

from __future__ import annotations

from typing import Any

from django import forms

from clearspan.core.forms import ActionForm
from clearspan.stages.definition.models import Requirement

_DAY = "%Y-%m-%d"


class TextField(forms.CharField):
    """Several lines, whose ends are told as everywhere else, not as browsers send them."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


def _text(label: str, help_text: str, rows: int = 6) -> forms.CharField:
    return TextField(
        required=False, max_length=20_000, strip=False, label=label, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class NumberField(forms.FloatField):
    """A number with the digits it has: 60, not 60.0."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.12g}" if isinstance(value, float) else value


class _Written(ActionForm):
    """A form over something that others may write at the same time.

    It gives its action only what was changed in it; and what somebody else has changed meanwhile is shown before it is
    written over. What a person saw when the form was opened is in it, unseen, beside each field.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def clean(self) -> dict[str, Any]:
        for name in self.changed_data:
            seen, now = self._seen(name), self.fields[name].clean(self.get_initial_for_field(self.fields[name], name))
            if seen != now and self.cleaned_data.get(name) not in (None, now) and name not in self.errors:
                self._take_notice(name)
                was = f"It reads: “{now}”. " if now else "It is empty. "
                self.add_error(
                    name, f"Somebody changed this meanwhile. {was}Yours is kept; save again to put it there."
                )
        return self.cleaned_data

    def changed(self) -> dict[str, Any]:
        """What the person has changed, by name."""
        return {name: self.cleaned_data[name] for name in self.changed_data}

    def _seen(self, name: str) -> Any:
        field = self.fields[name]
        shown = self[name]
        value = field.hidden_widget().value_from_datadict(self.data, self.files, shown.html_initial_name)
        try:
            return field.clean(value)
        except forms.ValidationError:
            return None

    def _take_notice(self, name: str) -> None:
        """The next time it is sent, this change has been seen."""
        shown = self[name]
        self.data = self.data.copy()
        self.data[shown.html_initial_name] = (
            shown.field.prepare_value(self.get_initial_for_field(shown.field, name)) or ""
        )


class DefinitionForm(_Written):
    """All texts of a definition, in the order in which they are thought of."""

    title = forms.CharField(max_length=160, label="What it is called")
    problem = _text("Problem", "Who has it, when, and what it costs them. Markdown.", 8)
    outcome = _text("Outcome", "What is different for them when it is there.", 4)
    measure = forms.CharField(
        required=False, max_length=200, label="Measure", help_text="The number that says whether the outcome came."
    )
    unit = forms.CharField(required=False, max_length=40, label="Unit")
    baseline = NumberField(required=False, label="Today")
    target = NumberField(required=False, label="Target")
    measured_by = forms.DateField(required=False, label="By", widget=forms.DateInput({"type": "date"}, _DAY))
    left_out = _text("What it is not", "So that nobody waits for it.", 4)
    audience = _text("For whom", "Segments and the people in them.", 4)
    alternative = _text("Against what", "What they would do or buy instead.", 4)
    difference = _text("Why different and better", "What it does for them that the alternative does not.", 4)
    proof = _text("What shows it", "A trial, a figure, a customer’s word.", 3)


class RequirementForm(_Written):
    """One requirement. Criteria are written one a line."""

    title = forms.CharField(max_length=200, label="What must be true", help_text="In one line, without how.")
    text = _text("What it means", "Whatever the line above leaves open. Markdown.", 6)
    criteria = TextField(
        required=False, max_length=40_000, label="Accepted when", help_text="One thing a line that somebody can check.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    weight = forms.ChoiceField(choices=Requirement.Weight.choices, label="Weight")

    def changed(self) -> dict[str, Any]:
        given = super().changed()
        if "criteria" in given:
            given["criteria"] = lines(given["criteria"])
        return given


class NewRequirementForm(ActionForm):
    """A requirement that is new; `opportunity` offers the needs that the option meets."""

    title = RequirementForm.declared_fields["title"]
    opportunity = forms.ChoiceField(
        required=False, label="It stands on the need", help_text="Other evidence can be named on its own page."
    )
    text = RequirementForm.declared_fields["text"]
    criteria = RequirementForm.declared_fields["criteria"]
    weight = forms.ChoiceField(choices=Requirement.Weight.choices, label="Weight")

    def given(self) -> dict[str, Any]:
        filled = {name: value for name, value in self.cleaned_data.items() if value}
        return filled | {"criteria": lines(self.cleaned_data["criteria"])}


class PublishForm(ActionForm):
    """A version, and who is asked to sign it."""

    note = forms.CharField(
        required=False, max_length=300, label="What changed, and why",
        help_text="Left empty, the changes are listed in words.",
    )  # fmt: skip
    functions = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label="Ask for the sign-off of",
        help_text="Each is asked on its people’s first page. It is signed when all of them agree.",
    )  # fmt: skip
    due_on = forms.DateField(required=False, label="By", widget=forms.DateInput({"type": "date"}, _DAY))


class AskForm(ActionForm):
    """Who else is asked to sign the newest version."""

    functions = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, label="Ask for the sign-off of")
    due_on = forms.DateField(required=False, label="By", widget=forms.DateInput({"type": "date"}, _DAY))


def lines(text: str) -> list[str]:
    """Lines that say something; a leading dash or box is how they are marked, not what they say."""
    return [
        words for line in text.splitlines() if (words := line.strip().removeprefix("- ").removeprefix("[ ] ").strip())
    ]
