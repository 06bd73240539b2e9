"""A form's field for one of many rows: written by name, offered as one writes, where a list would be too long."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor

Find = Callable[[Actor, Product, str], QuerySet[Any]]
finders: dict[str, Find] = {}  # field to rows of a product like the words in it; stages add their own


class RowInput(forms.TextInput):
    """Asks `hx-get` for rows like what is written, and offers them; without scripts a name or reference will do."""

    template_name = "catalogue/widgets/row.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}-like"
        return context


class RowField(forms.CharField):
    """One of many rows, named: "Northmole Marina (AC-12)", "AC-12", or its name when only one is called so.

    `called` is the model's field that holds the name.
    """

    def __init__(self, rows: QuerySet[Any], url: str, called: str = "name", **options: Any) -> None:
        self.rows, self.kind, self.called = rows, rows.model._meta.verbose_name, called
        asks = {"hx-get": url, "hx-trigger": "input changed delay:200ms", "hx-target": "next datalist"}
        super().__init__(widget=RowInput(attrs={**asks, "autocomplete": "off"}), **options)

    def prepare_value(self, value: Any) -> Any:
        return named(value) if hasattr(value, "ref") else value

    def clean(self, value: Any) -> Any:
        words = super().clean(value).strip()
        if not words:
            return None
        reference = re.search(r"\(([A-Za-z]{2}-\d+)\)$", words)
        found = list(self.rows.referred(reference[1] if reference else words)) or list(
            self.rows.filter(**{f"{self.called}__iexact": words})[:2]
        )
        if len(found) == 1:
            return found[0]
        several = f"More than one {self.kind} is called “{words}”: choose it from the list as you write."
        raise forms.ValidationError(several if found else f"There is no {self.kind} “{words}”.")


def named(row: Any) -> str:
    """A row as RowField reads it back."""
    return f"{row} ({row.ref})"
