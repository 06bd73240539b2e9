"""Archives made by the clock into the operator's folder, and for an admin who asks. Old ones go when a new one is good.

A backup has its name (clearspan-20260302T023000Z.zip) only when it was written, read back and found whole. What went
wrong is said on its row, by `clearspan doctor`, and to the admins by mail, once until the next good one.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from clearspan.core import mail
from clearspan.core.models import User
from clearspan.interfaces.archive import checking, handing
from clearspan.interfaces.archive.models import Backup

_NAME = re.compile(r"clearspan-(\d{8}T\d{6}Z)\.zip")
_STAMP = "%Y%m%dT%H%M%SZ"
AGAIN = timedelta(hours=1)  # after one that failed
KEPT = timedelta(days=1)  # for who asked for an export, to fetch it


@dataclass(frozen=True)
class Good:
    """A backup that lies in the folder."""

    path: Path
    at: datetime


def folder() -> Path | None:
    """Where backups go; None: nowhere, the operator has not said."""
    found: Path | None = settings.ENV["backup_folder"]
    return found


def every() -> timedelta:
    return timedelta(hours=settings.ENV["backup_hours"])


def there(place: Path) -> list[Good]:
    """The backups in a folder, newest first. Whatever else lies there is no backup of ours."""
    found = [
        Good(path, datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC))
        for path in (place.iterdir() if place.is_dir() else ())
        if (match := _NAME.fullmatch(path.name))
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def is_due(now: datetime) -> bool:
    """Whether one is to be made: none is under way, the last good one is long enough ago, and the last failure too."""
    place = folder()
    if place is None:
        return False
    mine = Backup.objects.filter(asked_by=None)
    if mine.filter(status__in=(Backup.Status.WAITING, Backup.Status.RUNNING)).exists():
        return False
    if mine.filter(status=Backup.Status.FAILED, finished_at__gt=now - AGAIN).exists():
        return False
    newest = next(iter(there(place)), None)
    return newest is None or now - newest.at >= every()


def back_up(row: Backup, place: Path, keep: int) -> Backup:
    """Makes a backup in `place` and lets go what is more than `keep`. How it went is on the row."""
    path = place / f"clearspan-{datetime.now(UTC).strftime(_STAMP)}.zip"
    if _make(row, path):
        prune(place, keep)
    elif not _failed_before(row):
        _tell_admins(row)
    return row


def export(row: Backup) -> Backup:
    """Makes the archive that a person asked for, where only the download finds it."""
    _make(row, exports_folder() / f"{row.ref}-{secrets.token_hex(8)}.zip")
    return row


def exports_folder() -> Path:
    found = Path(settings.HOME) / "exports"
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


def prune(place: Path, keep: int) -> list[Path]:
    """Removes all but the newest `keep` backups; never the last one."""
    old = [one.path for one in there(place)[max(1, keep) :]]
    for path in old:
        path.unlink(missing_ok=True)
    Backup.objects.filter(path__in=map(str, old)).update(path="")
    return old


def clear_away() -> int:
    """Removes exports that were there for long enough; how many."""
    removed, now = 0, timezone.now()
    for path in exports_folder().iterdir():
        if now - datetime.fromtimestamp(path.stat().st_mtime, UTC) > KEPT:
            path.unlink(missing_ok=True)
            removed += 1
            Backup.objects.filter(path=str(path)).update(path="")
    return removed


def _make(row: Backup, path: Path) -> bool:
    Backup.objects.filter(pk=row.pk).update(status=Backup.Status.RUNNING)
    try:
        kept = handing.write_to(path)
        row.status, row.path = Backup.Status.DONE, str(path)
        row.rows, row.size, row.digest = kept.rows, kept.size, kept.digest
    except (OSError, checking.Unusable) as error:
        row.status, row.words = Backup.Status.FAILED, str(error)[:500]
    row.finished_at = timezone.now()
    row.save()
    return row.status == Backup.Status.DONE


def _failed_before(row: Backup) -> bool:
    before = Backup.objects.filter(asked_by=None, finished_at__isnull=False).exclude(pk=row.pk).first()
    return before is not None and before.status == Backup.Status.FAILED


def _tell_admins(row: Backup) -> None:
    newest = next(iter(there(folder() or Path())), None)
    last = f"The last good one is of {newest.at:%d %B %Y, %H:%M} UTC." if newest else "There is no good one yet."
    mail.post(
        User.objects.filter(is_admin=True, is_active=True, function__isnull=False),
        "The backup of Clearspan did not work",
        f"{row.ref} did not finish: {row.words}.\n\n{last} It is tried again every hour; `clearspan doctor` on the "
        "server says how things stand. This is said once, until the next good one.\n",
    )
