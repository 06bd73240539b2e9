"""Keeps every row before and after an action, in the database itself.

A trigger on each table of a `Record` writes what a statement inserted, changed or deleted into core_change, under the
event whose number the running action has put into `clearspan.event`. Whatever way a row is written (save, bulk, COPY,
raw SQL) it is kept; outside an action nothing is. Undo is then one rule for everything: put the rows back.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connections, models

from clearspan.core.records import Record

# search, vector, heard_at and heard_from are columns that PostgreSQL or a job fills from others: not worth keeping.
_FUNCTION = """
CREATE OR REPLACE FUNCTION clearspan_track() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    event bigint := nullif(current_setting('clearspan.event', true), '')::bigint;
    derived text[] := ARRAY['search', 'vector', 'heard_at', 'heard_from_id'];
BEGIN
    IF event IS NULL THEN
        RETURN NULL;
    ELSIF TG_OP = 'INSERT' THEN
        INSERT INTO core_change (event_id, "table", "row", before, after)
        SELECT event, TG_TABLE_NAME, n.id, NULL, to_jsonb(n) - derived FROM new_rows n;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO core_change (event_id, "table", "row", before, after)
        SELECT event, TG_TABLE_NAME, o.id, to_jsonb(o) - derived, NULL FROM old_rows o;
    ELSE
        INSERT INTO core_change (event_id, "table", "row", before, after)
        SELECT event, TG_TABLE_NAME, o.id, to_jsonb(o) - derived, to_jsonb(n) - derived
        FROM old_rows o JOIN new_rows n USING (id) WHERE to_jsonb(o) - derived <> to_jsonb(n) - derived;
    END IF;
    RETURN NULL;
END $$;
"""
_ROWS = {
    "INSERT": "REFERENCING NEW TABLE AS new_rows",
    "UPDATE": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "REFERENCING OLD TABLE AS old_rows",
}


def tracked_models() -> list[type[models.Model]]:
    """Every model whose rows' changes are kept."""
    return [model for model in apps.get_models() if issubclass(model, Record)]


def install(using: str = "default", **_: Any) -> None:
    """Puts the trigger on every tracked table. Runs after each migration; doing it again changes nothing."""
    with connections[using].cursor() as cursor:
        tables = {table.name for table in connections[using].introspection.get_table_list(cursor)}
        if "core_change" not in tables:
            return
        cursor.execute(_FUNCTION)
        for model in tracked_models():
            table = model._meta.db_table
            if table not in tables:
                continue
            for when, rows in _ROWS.items():
                cursor.execute(
                    f'CREATE OR REPLACE TRIGGER track_{when.lower()} AFTER {when} ON "{table}" {rows} '
                    "FOR EACH STATEMENT EXECUTE FUNCTION clearspan_track()"
                )
