"""Indexes and references of tables that get many rows rest while these come, and are made again in one go.

An index that is built over what is there is sorted once; one that is kept row by row is searched for each of them, and
each reference likewise looks up its row by itself. PostgreSQL tells how each was made, and is told just that again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

MANY = 10_000  # rows; of fewer, making everything again would take longer than it spares
_MEMORY = "256MB"  # to sort in while an index is built, for this transaction alone

# Keys and what constraints hold unique stay: rows come in the order of their keys, and references need them.
_INDEXES = """
SELECT format('DROP INDEX %%s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
FROM pg_index i WHERE i.indrelid = ANY(%s::regclass[])
    AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
ORDER BY i.indexrelid
"""
_REFERENCES = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', c.conrelid::regclass, c.conname),
    format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
FROM pg_constraint c WHERE c.contype = 'f' AND c.conrelid = ANY(%s::regclass[])
ORDER BY c.oid
"""


@dataclass(frozen=True)
class Resting:
    """What was taken away, as the statements that make it again."""

    indexes: tuple[str, ...]
    references: tuple[str, ...]

    def wake(self, cursor: Any) -> None:
        """Makes everything again. A row that refers to none, or is there twice, raises DatabaseError."""
        cursor.execute("SELECT set_config('maintenance_work_mem', %s, true)", [_MEMORY])
        for statement in (*self.indexes, *self.references):
            cursor.execute(statement)


def rest(cursor: Any, tables: Iterable[str]) -> Resting:
    """Takes away indexes and references of tables (by their names in SQL), within the transaction under way."""
    names = list(tables)
    return Resting(_taken(cursor, _INDEXES, names), _taken(cursor, _REFERENCES, names))


def _taken(cursor: Any, query: str, names: list[str]) -> tuple[str, ...]:
    cursor.execute(query, [names])
    found = cursor.fetchall()
    for drop, _ in found:
        cursor.execute(drop)
    return tuple(make for _, make in found)
