"""Forms that do an action: what the action refuses stands at the field it is about, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest

from clearspan.core.actions import Action, Done, Invalid
from clearspan.core.web import perform


class ActionForm(forms.Form):
    """A form whose fields are named as the parameters of the action it does."""

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """A whole number is shown as one: 45, where the database has 45.0."""
        value = super().get_initial_for_field(field, field_name)
        return int(value) if isinstance(value, float) and value.is_integer() else value

    def perform(self, request: HttpRequest, action: Action, **given: Any) -> Done | None:
        """Does the action; None when it refused what was given, with its reasons at the fields."""
        try:
            return perform(request, action, **given)
        except Invalid as error:
            for name, words in error.faults.items():
                field = name.partition(".")[0]
                self.add_error(field if field in self.fields else None, f"{words[:1].upper()}{words[1:]}.")
            return None
