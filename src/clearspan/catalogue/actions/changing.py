"""What every change has in common: only what is given changes."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction

from clearspan.core.actions import Invalid

M = TypeVar("M", bound=models.Model)


def change(row: M, **given: Any) -> M:
    """Sets the fields that are not None and saves them. Raises Invalid when a name is taken."""
    fields = {name: value for name, value in given.items() if value is not None}
    for name, value in fields.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save(update_fields=list(fields)) if fields else None
    except IntegrityError:
        raise taken(row) from None
    return row


def create(model: type[M], **given: Any) -> M:
    """Makes a row. Raises Invalid when its name is taken."""
    try:
        with transaction.atomic():
            return model._default_manager.create(**given)
    except IntegrityError:
        raise taken(model(**given)) from None


def taken(row: models.Model) -> Invalid:
    """The fault of a name that another row has."""
    return Invalid({"name": f"there is a {row._meta.verbose_name} of this name already"})
