"""Moments are read as they were written, in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import DataError, connection

from clearspan.core.moments import MomentLoader


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
        datetime(2026, 3, 2, 9, 30, 0, 120_000, tzinfo=UTC),
        datetime(2026, 3, 2, 9, 30, 0, 1, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=5, minutes=45))),
    ],
)
def test_a_moment_comes_back(db: None, moment: datetime) -> None:
    read = _read("SELECT %s::timestamptz", moment)
    assert read == moment
    assert read.tzinfo is UTC


def test_another_time_zone_of_the_connection_is_no_other_moment(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'Asia/Kathmandu'")
    assert _read("SELECT '2026-03-02 09:30+00'::timestamptz") == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("words", ["infinity", "0044-03-15 12:00+00 BC"])
def test_what_no_datetime_can_be_is_refused(db: None, words: str) -> None:
    with pytest.raises(DataError):
        _read(f"SELECT '{words}'::timestamptz")


def test_every_connection_reads_so(db: None) -> None:
    oid = connection.connection.adapters.types["timestamptz"].oid
    assert connection.connection.adapters.get_loader(oid, 0) is MomentLoader


def _read(query: str, *given: object) -> datetime:
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        found: datetime = cursor.fetchone()[0]
        return found
