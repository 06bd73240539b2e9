"""How the embedded server is set up."""

from __future__ import annotations

import pytest
from django.db import connection

from clearspan.config import database

_GB = 1024**3


def test_the_server_takes_an_eighth_of_the_memory_between_its_usual_and_four_gigabytes() -> None:
    asked = [database.settings(memory)["shared_buffers"] for memory in (_GB // 2, 4 * _GB, 64 * _GB)]
    assert asked == ["128MB", "512MB", "4096MB"]


@pytest.mark.django_db
def test_nothing_is_faster_for_being_less_safe() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(SAFE)])
        assert dict(cursor.fetchall()) == SAFE


SAFE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


@pytest.mark.django_db
def test_questions_of_pages_are_not_compiled() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
