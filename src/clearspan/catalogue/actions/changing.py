"""What every change has in common: only what is given changes, names are one's own, what is in use stays."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from pydantic import Field, StringConstraints

from clearspan.core.actions import Invalid

M = TypeVar("M", bound=models.Model)

CALLED = Field(description="What it is called")
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160), CALLED]
PersonName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120), CALLED]
ShortName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60), CALLED]
MarketName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), CALLED]
Position = Annotated[int, Field(ge=0, le=32_000, description="Its place in lists, from 0")]


def change(row: M, **given: Any) -> M:
    """Sets the fields that are not None and saves them. Raises Invalid when a name is taken."""
    fields = {name: value for name, value in given.items() if value is not None}
    for name, value in fields.items():
        setattr(row, name, value)
    if not fields:
        return row
    try:
        with transaction.atomic():
            row.save(update_fields=list(fields))
    except IntegrityError:
        raise taken(row) from None
    return row


def clear(row: M, **taken_away: bool) -> M:
    """Empties the fields whose flag is set: a change that is given nothing leaves a field as it is."""
    fields = [name for name, wished in taken_away.items() if wished]
    for name in fields:
        setattr(row, name, None)
    if fields:
        row.save(update_fields=fields)
    return row


def create(model: type[M], **given: Any) -> M:
    """Makes a row. Raises Invalid when its name is taken."""
    try:
        with transaction.atomic():
            return model._default_manager.create(**given)
    except IntegrityError:
        raise taken(model(**given)) from None


def remove(row: models.Model, parameter: str, in_use: str) -> None:
    """Removes a row that nothing needs. Raises Invalid with the words of `in_use` when something does."""
    try:
        row.delete()
    except ProtectedError:
        raise Invalid({parameter: in_use}) from None


def named(name: str | None) -> str:
    """The name of a new row. Raises Invalid when there is none."""
    if not name:
        raise Invalid({"name": "a new one needs a name"})
    return name


def taken(row: models.Model) -> Invalid:
    """The fault of a name that another row has."""
    return Invalid({"name": f"there is a {row._meta.verbose_name} of this name already"})
