"""Takes an import back: every row it brought, but those on which others have built since; these are kept and listed.

Built on means: a row that does not go too refers to it, or somebody has changed it. What the import changed in rows
that were here before (an update) is put back where nobody changed it since.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Q

from clearspan.core.imports import progress
from clearspan.core.imports.kinds import Brought, Kind
from clearspan.core.imports.staging import MANY
from clearspan.core.models import Change, Import

_LISTED = 20


@dataclass
class Undone:
    """How many rows went, how many stayed and why, the first of these in words."""

    removed: int = 0
    kept: int = 0
    listed: list[str] = field(default_factory=list)
    restored: int = 0

    def __str__(self) -> str:
        words = f"{self.removed:,} {'row' if self.removed == 1 else 'rows'} removed"
        if self.restored:
            words += f", {self.restored:,} put back as before"
        if self.kept:
            words += f", {self.kept:,} kept because others have built on {'it' if self.kept == 1 else 'them'}"
        return words


def take_back(file: Import, kind: Kind) -> Undone:
    """Removes what the import brought, in the running transaction."""
    undone = Undone()
    if file.added >= MANY:
        with connection.cursor() as cursor:  # see `look_again`: a hundred times faster where nobody has looked since
            for brought in kind.brings:
                cursor.execute(f'ANALYZE "{brought.model._meta.db_table}"')
    _restore(file, undone)
    undone.removed += kind.let_go(file)
    tell = progress.current() or (lambda share, words: None)
    for at, brought in enumerate(kind.brings):
        tell(at / len(kind.brings), f"taking back {brought.model._meta.verbose_name_plural}")
        _remove(file, brought, undone)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return undone


def _remove(file: Import, brought: Brought, undone: Undone) -> None:
    model = brought.model
    rows = model._default_manager.filter(**_of(file, model))
    built_on = Q(_changed(model, file))
    for relation in model._meta.related_objects:
        built_on |= Q(_referred(relation, brought, file))
    kept = _with_what_they_name(rows, set(rows.filter(built_on).values_list("pk", flat=True)))
    undone.kept += len(kept)
    room = max(0, _LISTED - len(undone.listed))
    names = model._default_manager.filter(pk__in=sorted(kept)[:room])
    undone.listed += [f"{getattr(row, 'ref', row.pk)} {row}" for row in names]
    gone = rows.exclude(pk__in=kept)
    for part, way, _ in brought.parts:
        going = part._default_manager.filter(**{f"{way}__in": gone.values("pk")})
        going._raw_delete(going.db)
    undone.removed += int(gone._raw_delete(gone.db) or 0)  # None where no row could be meant


def _of(file: Import, model: type[models.Model]) -> dict[str, Any]:
    """Rows of tables that know their import, else those the import wrote down."""
    if any(one.name == "brought_by" for one in model._meta.fields):
        return {"brought_by": file}
    return {"pk__in": file.result.get("rows", {}).get(model._meta.db_table, [])}


def _changed(model: type[models.Model], file: Import) -> Exists:
    """Somebody has changed the row since it came."""
    changes = Change.objects.filter(table=model._meta.db_table, row=OuterRef("pk"))
    return Exists(changes.filter(event__at__gt=file.finished_at) if file.finished_at else changes.none())


def _referred(relation: Any, brought: Brought, file: Import) -> Exists:
    """A row of another table, or another row of this one, refers to it and does not go with it."""
    there = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
    for part, way, untouched in brought.parts:
        if relation.related_model is part and relation.field.name == way:
            there = there.exclude(untouched)
    if relation.related_model is brought.model:
        there = there.exclude(pk=F(relation.field.attname))
        there = there.exclude(**_of(file, brought.model))  # they go too; if one stays, so does what it names
    return Exists(there)


def _with_what_they_name(rows: models.QuerySet[Any], kept: set[int]) -> set[int]:
    """Rows that stay, and all of the same table that these refer to, however far."""
    ways = [one.field.name for one in rows.model._meta.related_objects if one.related_model is rows.model]
    more = kept
    while more and ways:
        named = models.Q()
        for way in ways:
            named |= models.Q(pk__in=rows.model._default_manager.filter(pk__in=more).values(way))
        more = set(rows.filter(named).values_list("pk", flat=True)) - kept
        kept |= more
    return kept


def _restore(file: Import, undone: Undone) -> None:
    """Puts back what the import's update changed in rows that were here, unless somebody changed them since."""
    tables = {change.table for change in Change.objects.filter(event=file.result.get("event"))}
    tables.discard(Import._meta.db_table)
    for change in Change.objects.filter(event=file.result.get("event"), table__in=tables, before__isnull=False):
        after = change.after or {}
        moved = [name for name, value in change.before.items() if value != after.get(name)]
        sets = ", ".join(f'"{name}" = b."{name}"' for name in moved)
        with connection.cursor() as cursor:
            cursor.execute(
                f'UPDATE "{change.table}" t SET {sets} '  # noqa: S608 names of tables and columns, as the database gave them
                f'FROM jsonb_populate_record(NULL::"{change.table}", %s::jsonb) b '
                "WHERE t.id = %s AND to_jsonb(t) @> %s::jsonb",
                [json.dumps(change.before), change.row, json.dumps({name: after.get(name) for name in moved})],
            )
            if cursor.rowcount:
                undone.restored += 1
            else:
                undone.kept += 1
