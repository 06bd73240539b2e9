"""What is in an archive: every table of the company, whatever part of Clearspan keeps it, by itself.

A table is left out only by name and with its reason; every other model is in, also one that was added yesterday.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

FORMAT = 1  # raised when what is written can no longer be read as before; upgrades.py then says how (see there)
README, SEQUENCES, MANIFEST, STAMP = "README.txt", "sequences.json", "manifest.json", "stamp.json"
UNLISTED = (MANIFEST, STAMP)  # what the manifest does not list: itself, and what differs from one export to the next

_OF_DJANGO = "Django's own way of permissions; Clearspan's rules are code and roles (catalogue.ProductRole)"
_JOBS = "the worker's queue: what waits or runs is found lost after a restore, says so, and can be run again"
LEFT_OUT = {
    "auth.Permission": _OF_DJANGO,
    "auth.Group": _OF_DJANGO,
    "auth.Group_permissions": _OF_DJANGO,
    "core.User_groups": _OF_DJANGO,
    "core.User_user_permissions": _OF_DJANGO,
    "contenttypes.ContentType": "a list of tables that each database makes for itself",
    "sessions.Session": "who is signed in where: everybody signs in anew after a restore",
    "account.EmailConfirmation": "letters under way that prove an address; people come in by invitation instead",
    "socialaccount.SocialApp": "how the identity provider is reached is a setting of the operator",
    "socialaccount.SocialToken": "what a provider lets one do for a moment; a new sign-in brings a new one",
    "portal.Limit": "how much was sent of late: a level that falls within days",
    "procrastinate.ProcrastinateWorker": _JOBS,
    "procrastinate.ProcrastinateJob": _JOBS,
    "procrastinate.ProcrastinateEvent": _JOBS,
    "procrastinate.ProcrastinatePeriodicDefer": _JOBS,
    "core.ImportProgress": "how far an import is that runs just now",
    "archive.Backup": "which archives lie on this machine; that says nothing of the company",
}


@dataclass(frozen=True)
class Column:
    """One column, and how its value stands in a line."""

    field: Any

    @property
    def name(self) -> str:
        return str(self.field.column)

    @property
    def is_binary(self) -> bool:
        return isinstance(self.field, models.BinaryField)

    @property
    def is_json(self) -> bool:
        return isinstance(self.field, models.JSONField)

    @property
    def sql(self) -> str:
        """The value as row_to_json may take it: decimals keep their places, bytes are named by their digest."""
        if self.is_binary:
            return f'encode(sha256("{self.name}"), \'hex\') AS "{self.name}"'
        if isinstance(self.field, models.DecimalField):
            return f'"{self.name}"::text AS "{self.name}"'
        return f'"{self.name}"'

    @property
    def form(self) -> str:
        """The value's form in words, for the reference."""
        target = self.field.related_model
        if target is not None:
            return f"{Column(self.field.target_field).form}: `{self.field.target_field.column}` of {target._meta.label}"
        for kind, words in _FORMS:
            if isinstance(self.field, kind):
                return words
        return "list" if isinstance(self.field, ArrayField) else "text"


_FORMS: tuple[tuple[type[models.Field[Any, Any]], str], ...] = (
    (models.BinaryField, "digest: the bytes are the member `blobs/` and this"),
    (models.JSONField, "JSON"),
    (models.BooleanField, "true or false"),
    (models.DecimalField, "decimal, as text with all its places"),
    (models.FloatField, "number"),
    (models.DateTimeField, "moment, in UTC"),
    (models.DateField, "date"),
    (models.AutoField, "whole number"),
    (models.IntegerField, "whole number"),
)


@dataclass(frozen=True)
class Table:
    """One model's rows, in the order of their keys."""

    model: type[models.Model]

    @property
    def name(self) -> str:
        return self.model._meta.label

    @property
    def member(self) -> str:
        return f"tables/{self.name}.jsonl"

    @property
    def sql_name(self) -> str:
        return f'"{self.model._meta.db_table}"'

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Every stored column, the key first. Not those that PostgreSQL works out of others by itself."""
        key = self.model._meta.pk
        fields = sorted(self.model._meta.concrete_fields, key=lambda field: field is not key)
        return tuple(Column(field) for field in fields if not isinstance(field, models.GeneratedField))

    @property
    def binaries(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.is_binary)

    @property
    def lines(self) -> str:
        """The query whose rows are the lines of the member."""
        key = self.columns[0]
        is_text = isinstance(key.field, models.CharField)
        order = f'"{key.name}"' + (' COLLATE "C"' if is_text else "")
        wanted = ", ".join(column.sql for column in self.columns)
        return f"SELECT row_to_json(r) FROM (SELECT {wanted} FROM {self.sql_name} ORDER BY {order}) r"

    @property
    def has_sequence(self) -> bool:
        """Whether the database numbers the rows."""
        return isinstance(self.model._meta.pk, models.AutoField)

    @property
    def sequence(self) -> str:
        """The query for the sequence's name."""
        return f"SELECT pg_get_serial_sequence('{self.sql_name}', '{self.columns[0].name}')"


def tables() -> list[Table]:
    """Every table of an archive, by name."""
    kinds = [kind for kind in apps.get_models(include_auto_created=True) if not kind._meta.proxy]
    return [Table(kind) for kind in sorted(kinds, key=lambda kind: kind._meta.label) if _is_in(kind)]


def _is_in(kind: type[models.Model]) -> bool:
    return kind._meta.label not in LEFT_OUT


_KEPT = re.compile(r"files/(?:[a-z0-9_-]+/)*(?P<digest>[0-9a-f]{64})")


def files() -> Iterator[tuple[str, Any]]:
    """(member, path) of every file the company keeps: such a file is named by the digest of its content."""
    found = {
        f"files/{path.relative_to(settings.MEDIA_ROOT).as_posix()}": path
        for path in settings.MEDIA_ROOT.rglob("*")
        if path.is_file() and not path.is_symlink()
    }
    yield from sorted((member, path) for member, path in found.items() if _KEPT.fullmatch(member))


def digest_in(member: str) -> str | None:
    """The digest that the name of a member promises, where it does: of files and blobs."""
    match = _KEPT.fullmatch(member) or re.fullmatch(r"blobs/(?P<digest>[0-9a-f]{64})", member)
    return match["digest"] if match else None
