"""Columns of a query, compared cheaply: Django asks each that is read which it is, in every query with an order.

It finds out by the signature of its own constructor, which costs more than to write the column into the SQL. What makes
a column the same is short to say: whose it is, which field, and what it is read as.
"""

from __future__ import annotations

from typing import Any

from django.db.models.expressions import Col
from django.utils.functional import cached_property


def compare_fast() -> None:
    """From now on, in every query."""
    identity = cached_property(_identity)
    identity.__set_name__(Col, "identity")
    Col.identity = identity  # type: ignore[assignment,method-assign]  # the stub has a method there, and it is none


def _identity(column: Col) -> tuple[Any, ...]:
    """As `Expression.identity` says, of the same three parts."""
    target, read_as = column.target, column.output_field
    field = (target.model, target.name)
    return Col, column.alias, field, field if read_as is target else _field(read_as)


def _field(field: Any) -> Any:
    """A field of a model by its name; one that belongs to none by its kind, as Django has it."""
    return (field.model, field.name) if field.name and field.model else type(field)
