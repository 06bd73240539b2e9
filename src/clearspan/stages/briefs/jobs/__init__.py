"""Digests go out by the clock, each once."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from clearspan.core.jobs import RETRY
from clearspan.core.mail import deliver
from clearspan.stages.briefs import digests
from clearspan.stages.briefs.models import Digest

EARLIEST = 6  # o'clock; nobody wants it at night


def queue_due() -> int:
    """Queues a job for each digest that is due; how many. What is queued already is not queued again."""
    now, queued = timezone.localtime(), 0
    if now.hour < EARLIEST:
        return 0
    for key in digests.due(now.date()).values_list("pk", flat=True):
        try:
            with transaction.atomic():
                send_digest.configure(queueing_lock=f"digest-{key}").defer(digest=key)
        except AlreadyEnqueued:
            continue
        queued += 1
    return queued


@app.task(name="briefs.digest", retry=RETRY)  # type: ignore[untyped-decorator]  # procrastinate ships no types
def send_digest(digest: int) -> None:
    """Sends one digest, if it is still due and anything changed."""
    send(digest, timezone.localdate())


def send(key: int, today: date) -> bool:
    """Whether a letter was queued. The letter and the note that it was sent are one transaction: a worker that dies in
    between leaves neither, and of two workers the second finds it done."""
    with transaction.atomic():
        row = digests.due(today).select_for_update(of=("self",), skip_locked=True).filter(pk=key).first()
        if row is None:
            return False
        now = digests.telling(row, today)
        found = digests.changes(row.told, now) if now is not None else digests.Changes()
        row.looked_on = today
        if now is not None and found.count:
            text, html = digests.letter(row, found)
            off = digests.address_to_stop(row)
            headers = {"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
            deliver.defer(
                to=row.person.email, subject=digests.subject(row.product, found), text=text, headers=headers, html=html
            )
            row.told, row.sent_at = now, timezone.now()
        Digest.objects.filter(pk=row.pk).update(told=row.told, looked_on=row.looked_on, sent_at=row.sent_at)
        return bool(found.count)
