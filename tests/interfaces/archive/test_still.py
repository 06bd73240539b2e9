"""What happens while an export is written is not in it."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from django.db import connections
from django.db.utils import InternalError

from clearspan.interfaces.archive import writing
from tests.world import World


@pytest.fixture
def another(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A connection beside the test's own: one transaction cannot be begun within another."""
    opened = connections.create_connection("default")
    with monkeypatch.context() as patch:
        patch.setattr(writing, "connection", opened)
        patch.setattr(writing.transaction, "get_connection", lambda using=None: opened)
        yield
    opened.close()


def test_it_is_one_picture_that_nothing_moves_and_that_changes_nothing(another: None) -> None:
    with pytest.raises(InternalError, match="read-only"), writing.still() as cursor:
        cursor.execute("SHOW transaction_isolation")
        assert cursor.fetchone()[0] == "repeatable read"
        cursor.execute("DELETE FROM core_comment")


def test_inside_of_something_else_it_refuses(world: World) -> None:
    with pytest.raises(writing.NotNow):
        writing.write(io.BytesIO())
