"""A form's field for one of many rows, or for several of them: named in words, offered as one writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.ui.choosing import Choose, ChooseMany

Find = Callable[[Actor, Product, str], QuerySet[Any]]
finders: dict[str, Find] = {}  # kind to rows of a product like some words, the likeliest without any; stages add theirs
MOST = 12  # offered at once


class _Named:
    """What both fields share: how a row is written, and how it is read back."""

    rows: QuerySet[Any]
    called: str
    widget: Choose

    def _kind(self) -> str:
        return str(self.rows.model._meta.verbose_name)

    def _row(self, words: str) -> Any:
        found = list(self.rows.referred(words))  # type: ignore[attr-defined]  # Records
        found = found or list(self.rows.filter(**{f"{self.called}__iexact": words})[:2])
        if len(found) == 1:
            return found[0]
        like = self.rows.filter(**{f"{self.called}__icontains": words}).order_by(self.called)
        self.widget.offered = [named(row) for row in like[:MOST]]
        kind = self._kind()
        if found:
            raise forms.ValidationError(f"More than one {kind} is called “{words}”: choose it from the list.")
        choose = "; choose one of those that have these words" if self.widget.offered else ""
        raise forms.ValidationError(f"There is no {kind} “{words}”{choose}.")


class RowField(_Named, forms.CharField):
    """One of many rows, named: "Northmole Marina (AC-12)", "AC-12", or its name when only one is called so.

    `called` is the model's field that holds the name. Cleans to the row, or None.
    """

    def __init__(self, rows: QuerySet[Any], url: str, called: str = "name", **options: Any) -> None:
        self.rows, self.called = rows, called
        super().__init__(widget=Choose(url), **options)

    def prepare_value(self, value: Any) -> Any:
        if value and not hasattr(value, "ref"):  # a number or a reference, as an address has it
            value = self.rows.referred(value).first() or value  # type: ignore[attr-defined]  # Records
        return named(value) if hasattr(value, "ref") else value

    def clean(self, value: Any) -> Any:
        words = super().clean(value).strip()
        return self._row(words) if words else None


class RowsField(_Named, forms.Field):
    """Several of many rows: those chosen, each with its box, and one more by name. Cleans to the rows, each once."""

    def __init__(self, rows: QuerySet[Any], url: str, called: str = "title", add: str = "", **options: Any) -> None:
        self.rows, self.called = rows, called
        super().__init__(widget=ChooseMany(url, add or "Write some of its words"), **options)

    def prepare_value(self, value: Any) -> list[tuple[str, str]]:
        given = list(value or ())
        keys = {one: one.pk if hasattr(one, "pk") else self.rows.model.key_of(str(one)) for one in given}
        there = self.rows.model._default_manager.in_bulk([key for key in keys.values() if key is not None])
        rows = [(one, there.get(key)) for one, key in keys.items()]
        return [(row.ref, str(row)) if row else ("", str(one)) for one, row in rows]

    def clean(self, value: Any) -> list[Any]:
        rows = {row.pk: row for words in value or () for row in [self._row(words.strip())]}
        if self.required and not rows:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(rows.values())

    def has_changed(self, initial: Any, data: Any) -> bool:
        return [one for one, _ in self.prepare_value(initial)] != list(data or ())


def named(row: Any) -> str:
    """A row as a field reads it back."""
    return f"{row} ({row.ref})"


def asked_at(product: Product, kind: str) -> str:
    """Where a field asks for rows of a kind that `finders` has."""
    return reverse("like", args=[product.key, kind])


def all_named(rows: Iterable[Any]) -> list[str]:
    """Rows as a field offers them."""
    return [named(row) for row in rows]
