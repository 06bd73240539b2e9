"""Pulls what changed in a tracker: page by page, each taken in by one transaction together with how far one came.

A pull that ends in the middle, for whatever reason, has kept its pages whole, and the next one goes on from there. A
pull is no person's action: it has no undo, as the tracker would bring the same again. What it did stands on `Pull`.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from clearspan.core.sealing import CannotOpen, unseal
from clearspan.stages.development import systems
from clearspan.stages.development.incoming import take_in
from clearspan.stages.development.models import Pull, Tracker
from clearspan.stages.development.systems import Cursor, Later, Page, Place, Stopped

log = logging.getLogger(__name__)

FAULTS = 20  # kept and shown; all are counted
TURN = 300  # seconds after which a long pull lets other work go first


class _TrackerIsGone(Exception):  # noqa: N818 an answer, not an error
    """It was disconnected while this pull was under way."""


def run(row: int) -> datetime | None:
    """Pulls; the moment from which the same pull is to go on, None when it is over.

    What keeps a pull from finishing is saved on it in words, not raised. When the database goes away the error is
    raised and the job tried again: it goes on from the last page that was kept.
    """
    pull = Pull.objects.select_related("tracker__product", "tracker__team").filter(pk=row).first()
    if pull is None or not pull.is_under_way:
        return None  # disconnected or settled meanwhile
    started = pull.started_at or timezone.now()
    Pull.objects.filter(pk=row).update(status=Pull.Status.RUNNING, started_at=started, words="")
    try:
        return _pull(pull)
    except _TrackerIsGone:
        return None
    except Later as later:
        return _wait(pull, later.at, str(later))
    except Stopped as reason:
        _fail(pull, str(reason))
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("pull %s", pull.ref)
        _fail(pull, "It stopped at an error, which is in the log")
        raise
    return None


def _pull(pull: Pull) -> datetime | None:
    tracker, until = pull.tracker, time.monotonic() + TURN
    at: Cursor = tracker.cursor
    for page in systems.registry[tracker.system].pages(_place(tracker), at):
        at = _keep(pull, page, at)
        if time.monotonic() > until:
            return _wait(pull, timezone.now(), "lets other work go first")
    return _finish(pull)


def _place(tracker: Tracker) -> Place:
    try:
        token = unseal(tracker.secret)
    except CannotOpen:
        raise Stopped(
            "Clearspan’s secret key was changed, so the token cannot be opened. Give the token again"
        ) from None
    return Place(tracker.address, tracker.project, tracker.account, token, tracker.pull_requests)


def _keep(pull: Pull, page: Page, at: Cursor) -> Cursor:
    """Takes the page in and moves the tracker on, both or neither. Raises Stopped when another pull did meanwhile."""
    with transaction.atomic():
        tracker = Tracker.objects.select_for_update(no_key=True).filter(pk=pull.tracker_id).first()
        if tracker is None:
            raise _TrackerIsGone
        if tracker.cursor != at:
            raise Stopped("Another pull of this tracker has gone on in its place")
        taken = take_in(pull.tracker.product, pull.tracker.team, tracker, page.items)
        Tracker.objects.filter(pk=tracker.pk).update(cursor=page.cursor)
        pull.seen += len(page.items)
        pull.added += taken.added
        pull.changed += taken.changed
        pull.unread += len(page.unread)
        faults = [{"key": one.key, "words": one.words} for one in page.unread]
        pull.faults = (pull.faults + faults)[:FAULTS]
        pull.words = _reached(page.cursor)
        pull.save(update_fields=["seen", "added", "changed", "unread", "faults", "words"])
    return page.cursor


def _reached(cursor: Cursor) -> str:
    since = cursor.get("top") or cursor.get("since")
    return f"up to changes of {timezone.localdate(datetime.fromisoformat(since)):%-d %b %Y}" if since else ""


def _finish(pull: Pull) -> None:
    Pull.objects.filter(pk=pull.pk).update(status=Pull.Status.DONE, words="", finished_at=timezone.now())


def _wait(pull: Pull, at: datetime, words: str) -> datetime:
    Pull.objects.filter(pk=pull.pk).update(status=Pull.Status.WAITING, words=words[:500])
    return at


def _fail(pull: Pull, reason: str) -> None:
    kept = "what had come is kept, and the next pull goes on from there" if pull.seen else "what was here stays"
    words = f"{reason[:400]}. {kept[:1].upper()}{kept[1:]}."
    Pull.objects.filter(pk=pull.pk).update(status=Pull.Status.FAILED, words=words[:500], finished_at=timezone.now())
