"""Undo: puts the rows of an event back as they were, newest change first, in one transaction.

One rule serves every action, undo itself included: undoing an undo does it again. It is refused, with nothing changed,
when somebody has since changed or built on one of the rows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, models
from psycopg import sql

from clearspan.core.actions import Invalid, action, current_event
from clearspan.core.actor import Actor
from clearspan.core.models import Change, Event

Follower = Callable[[Sequence[Change]], None]
_followers: list[Follower] = []


def follows_undo(function: Follower) -> Follower:
    """Has `function` told what was put back, in the same transaction: for what follows from rows by a rule, and would
    else be as it was when the rows were as they were."""
    _followers.append(function)
    return function


def may_undo(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Who did it may undo it, and so may an admin."""
    event: Event = given["event"]
    return actor.is_admin or (actor.person is not None and event.person_id == actor.person.pk)


@action(rule=may_undo, says="undid: {event}", open_to_guests=True)
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
        for follower in _followers:
            follower(changes)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError:
        raise Invalid({"event": "something was built on this since; undo that first. Nothing was changed"}) from None
    Event.objects.filter(undone_by=event).update(undone_by=None)  # what this had undone stands again
    Event.objects.filter(pk=event.pk).update(undone_by=current_event())
    return event


def _put_back(change: Change) -> None:
    """One row as it was before: removed when it was new, back when it was deleted, else its changed columns only."""
    table, columns = sql.Identifier(change.table), _stored_columns(change.table)
    if change.before is None:
        _expect(change, _execute(sql.SQL("DELETE FROM {} WHERE id = %s").format(table), [change.row]))
        return
    row = sql.SQL("jsonb_populate_record(NULL::{}, %s::jsonb) b").format(table)
    before = json.dumps(change.before)
    if change.after is None:
        names = sql.SQL(", ").join(sql.Identifier(name) for name in columns if name in change.before)
        _execute(sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(table, names, names, row), [before])
        return
    moved = [name for name in columns if change.before.get(name) != change.after.get(name)]
    if not moved:
        return
    sets = sql.SQL(", ").join(sql.SQL("{0} = b.{0}").format(sql.Identifier(name)) for name in moved)
    as_left = json.dumps({name: change.after.get(name) for name in moved})
    update = sql.SQL("UPDATE {} t SET {} FROM {} WHERE t.id = %s AND to_jsonb(t) @> %s::jsonb").format(table, sets, row)
    _expect(change, _execute(update, [before, change.row, as_left]))


def _expect(change: Change, rows: int) -> None:
    if rows != 1:
        kind = next(m._meta.verbose_name for m in apps.get_models() if m._meta.db_table == change.table)
        raise Invalid({"event": f"the {kind} was changed by somebody since. Nothing was changed"})


def _execute(statement: sql.Composed, values: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def _stored_columns(table: str) -> list[str]:
    """Columns that can be written: not those PostgreSQL generates."""
    model = next(m for m in apps.get_models() if m._meta.db_table == table)
    return [str(f.column) for f in model._meta.concrete_fields if not isinstance(f, models.GeneratedField)]
