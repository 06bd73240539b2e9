"""Archives the worker makes: exports that were asked for, and backups by the clock."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from clearspan.core.jobs import RETRY, defer
from clearspan.interfaces.archive import backups
from clearspan.interfaces.archive.models import Backup


@app.task(name="archive.make", retry=RETRY)
def make(row: int) -> None:
    """Makes the archive of a row: a person's export, or a backup."""
    found = Backup.objects.get(pk=row)
    place = backups.folder()
    if found.asked_by_id:
        backups.export(found)
    elif place is not None:
        backups.back_up(found, place, settings.ENV["backup_keep"])


def queue_due() -> bool:
    """Queues a backup if it is time for one. Asked every few minutes."""
    if not backups.is_due(timezone.now()):
        return False
    with transaction.atomic():
        defer(make, Backup.objects.create())
    return True
