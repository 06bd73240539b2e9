"""Undo: puts the rows of an event back as they were, newest change first, in one transaction.

One rule serves every action, undo itself included: undoing an undo does it again. It is refused, with nothing changed,
when somebody has since changed or built on one of the rows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, models

from clearspan.core.actions import Invalid, action, current_event
from clearspan.core.actor import Actor
from clearspan.core.models import Change, Event


def may_undo(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Who did it may undo it, and so may an admin."""
    event: Event = given["event"]
    return actor.is_admin or (actor.person is not None and event.person_id == actor.person.pk)


@action(rule=may_undo, says="undid: {event}")
def undo(actor: Actor, *, event: Event) -> Event:
    """Puts everything that one action changed back as it was. Undoing that does it again."""
    if not event.can_undo:
        raise Invalid({"event": "this cannot be undone; nothing was changed"})
    if event.undone_by_id:
        raise Invalid({"event": "this was undone already; nothing was changed"})
    changes = list(Change.objects.filter(event=event).order_by("-id"))
    if not changes:
        raise Invalid({"event": "this changed nothing that could be put back"})
    try:
        for change in changes:
            _put_back(change)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError:
        raise Invalid({"event": "something was built on this since; undo that first. Nothing was changed"}) from None
    Event.objects.filter(undone_by=event).update(undone_by=None)  # what this had undone stands again
    Event.objects.filter(pk=event.pk).update(undone_by=current_event())
    return event


def _put_back(change: Change) -> None:
    columns = _stored_columns(change.table)
    if change.before is None:
        _expect(change, _execute(f'DELETE FROM "{change.table}" t WHERE id = %s', [change.row]))
        return
    values = json.dumps(change.before)
    names = ", ".join(f'"{name}"' for name in columns if name in change.before)
    if change.after is None:
        _execute(
            f'INSERT INTO "{change.table}" ({names}) SELECT {names} '
            f'FROM jsonb_populate_record(NULL::"{change.table}", %s::jsonb)',
            [values],
        )
        return
    moved = [
        name for name in columns if name in change.before and change.before[name] != (change.after or {}).get(name)
    ]
    sets = ", ".join(f'"{name}" = b."{name}"' for name in moved)
    same = {name: change.after.get(name) for name in moved}
    _expect(
        change,
        _execute(
            f'UPDATE "{change.table}" t SET {sets} FROM jsonb_populate_record(NULL::"{change.table}", %s::jsonb) b '
            "WHERE t.id = %s AND to_jsonb(t) @> %s::jsonb",
            [values, change.row, json.dumps(same)],
        )
        if moved
        else 1,
    )


def _expect(change: Change, rows: int) -> None:
    if rows != 1:
        kind = next(m._meta.verbose_name for m in apps.get_models() if m._meta.db_table == change.table)
        raise Invalid({"event": f"the {kind} was changed by somebody since. Nothing was changed"})


def _execute(statement: str, values: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def _stored_columns(table: str) -> list[str]:
    """Columns that can be written: not those PostgreSQL generates."""
    model = next(m for m in apps.get_models() if m._meta.db_table == table)
    return [f.column for f in model._meta.concrete_fields if not isinstance(f, models.GeneratedField)]
