"""How the backups stand, in words: for the page of exports and for `clearspan doctor`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from clearspan.interfaces.archive import backups
from clearspan.interfaces.archive.backups import Good
from clearspan.interfaces.archive.models import Backup
from clearspan.ui.numbers import plural


def is_late(good: Sequence[Good], now: datetime) -> bool:
    """Whether the last good backup is older than two of them should be apart."""
    return not good or now - good[0].at > 2 * backups.every()


def age(since: timedelta) -> str:
    """3 hours, 2 days."""
    hours = int(since.total_seconds() // 3600)
    if hours < 1:
        return "less than an hour"
    return plural(hours, "hour") if hours < 48 else plural(hours // 24, "day")


def answer(place: Path | None, good: Sequence[Good], made: Sequence[Backup], now: datetime) -> str:
    """The first line of the page."""
    if place is None:
        return "Everything can be taken out here. No backups are made: nobody has said where to."
    failed = made[0] if made and made[0].status == Backup.Status.FAILED else None
    if not good:
        return "No backup has been made yet." if failed is None else f"No backup has worked yet: {failed.words}."
    last = f"the last good backup is {age(now - good[0].at)} old"
    if failed is not None:
        return f"The last backup did not work; {last}."
    return f"{last[:1].upper()}{last[1:]}."


def facts(place: Path | None, good: Sequence[Good]) -> list[tuple[str, str]]:
    """Where they go, how often, how many there are."""
    if place is None:
        return []
    often = plural(int(backups.every().total_seconds() // 3600), "hour")
    return [("Folder", str(place)), ("Every", often), ("There are", plural(len(good), "backup"))]
