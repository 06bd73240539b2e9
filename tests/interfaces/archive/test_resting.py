"""What rests while many rows come is there again afterwards, the very same, and holds what it held."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from clearspan.interfaces.archive import checking, contents, resting, restoring
from tests.browser.pages import Rows
from tests.interfaces.archive.conftest import everything, wipe
from tests.interfaces.archive.forging import forged
from tests.world import World

_THERE = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
    JOIN pg_class t ON t.oid = i.indrelid WHERE t.relnamespace = 'public'::regnamespace
UNION ALL
SELECT c.conrelid::regclass || ' ' || c.conname, pg_get_constraintdef(c.oid) || c.convalidated FROM pg_constraint c
    WHERE c.connamespace = 'public'::regnamespace
"""


@pytest.fixture
def all_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every table is one of many rows."""
    monkeypatch.setattr(resting, "MANY", 0)


def structure() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_THERE)
        return set(cursor.fetchall())


def settle() -> None:
    """PostgreSQL words some conditions otherwise once it has read its own words, as after a pg_dump; then always so."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        resting.rest(cursor, [table.sql_name for table in contents.tables()]).wake(cursor)


def test_everything_that_rested_is_as_it_was(
    company: tuple[World, Rows], export: Callable[[], Path], all_large: None
) -> None:
    settle()
    path, before, held = export(), structure(), everything()
    wipe()
    restoring.restore(checking.check(path))
    assert structure() == before
    assert everything() == held


def test_while_they_rest_only_keys_are_left(world: World) -> None:
    tables = [table.sql_name for table in contents.tables()]
    settle()
    with connection.cursor() as cursor:
        before = structure()
        rested = resting.rest(cursor, tables)
        assert len(rested.indexes) > len(tables)
        assert len(rested.references) > len(tables)
        assert len(structure()) == len(before) - len(rested.indexes) - len(rested.references)
        rested.wake(cursor)
    assert structure() == before


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [("product_id", 99_999, "foreign key"), ("external_id", "the same", "could not create unique index")],
)
def test_what_does_not_fit_together_is_refused_and_all_is_as_before(
    company: tuple[World, Rows], export: Callable[[], Path], all_large: None, column: str, value: object, says: str
) -> None:
    def change(held: dict[str, bytes]) -> None:
        name = "tables/evidence.Feedback.jsonl"
        rows = [json.loads(line) | {column: value} for line in held[name].splitlines()]
        held[name] = b"".join(json.dumps(row).encode() + b"\n" for row in rows)

    bad, before = forged(export(), change), structure()
    wipe()
    with pytest.raises(checking.Unusable, match=says):
        restoring.restore(checking.check(bad))
    assert structure() == before
    assert not any(everything().values())
