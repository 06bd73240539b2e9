"""Rows as plain values, the same for REST, the command line and MCP: references for rows, ISO dates, no secrets.

Who is not of the company is told of a row what its kind says guests may know (`guest_fields`), and nothing else.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db import models

from clearspan.core.actor import Actor
from clearspan.core.records import Record

# Derived columns, and what nobody outside has to know.
HIDDEN = {
    "search", "secret", "cursor", "password", "secret_hash", "last_login", "is_superuser", "preferences", "doors",
    "brought_by", "path", "digest", "inputs", "settings", "heard_at", "heard_from", "seal", "nonce",
}  # fmt: skip


def plain(actor: Actor, value: Any) -> Any:
    """`value` as JSON takes it, for this actor."""
    if isinstance(value, models.Model):
        return shape(actor, value)
    if isinstance(value, (list, tuple, set)):
        return [plain(actor, item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(actor, item) for key, item in value.items()}
    return _simple(value)


def shape(actor: Actor, row: models.Model) -> dict[str, Any]:
    """One row: its reference, its own fields, and the references of the rows it points to."""
    found: dict[str, Any] = {"ref": row.ref} if isinstance(row, Record) else {"id": row.pk}
    for field in row._meta.concrete_fields:
        if field.primary_key or field.name in HIDDEN:
            continue
        if not actor.is_employee and field.name not in guest_fields(type(row)):
            continue
        if field.is_relation:
            found[field.name] = _reference(field.related_model, getattr(row, field.attname))
        else:
            found[field.name] = _simple(getattr(row, field.attname))
    return found


def guest_fields(model: type[models.Model]) -> tuple[str, ...]:
    """What guests are told of rows of this kind; nothing: such rows are not for them."""
    return getattr(model, "guest_fields", ())


def _reference(model: Any, key: Any) -> Any:
    if key is None:
        return None
    prefix = getattr(model, "prefix", "")
    return f"{prefix}-{key}" if prefix else key


def _simple(value: Any) -> Any:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Enum):
        return value.value
    return value
