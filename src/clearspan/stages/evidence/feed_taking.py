"""Reads a feed: each new entry becomes intelligence, once, whatever it is called the next time."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from clearspan.stages.evidence import feed_reading, feed_source
from clearspan.stages.evidence.feed_reading import Entry
from clearspan.stages.evidence.feed_source import CannotRead, Fetched
from clearspan.stages.evidence.models import Feed, FeedEntry, Intelligence
from clearspan.ui.numbers import plural

log = logging.getLogger(__name__)

FIRST = 20  # entries that come at the first reading: news, not an archive
MOST = 100  # at any later one
LONGEST = timedelta(days=1)  # between two tries of a feed that fails


def run(row: int) -> None:
    """Reads the feed. What keeps it from being read is saved on it in words, not raised; it is tried again later.

    When the database goes away the error is raised and the job tried again.
    """
    feed = Feed.objects.select_related("product").filter(pk=row).first()
    if feed is None or not feed.is_under_way:
        return  # followed no more, or settled meanwhile
    Feed.objects.filter(pk=row).update(status=Feed.Status.RUNNING)
    try:
        came = feed_source.fetch(feed.address, feed.etag, feed.modified)
        entries = feed_reading.read(came.body, feed.address) if came.body is not None else None
        take_in(feed, came, entries)
    except CannotRead as reason:
        _fail(feed, reason)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("feed %s", feed.ref)
        _fail(feed, CannotRead("It stopped at an error, which is in the log"))
        raise


def take_in(feed: Feed, came: Fetched, entries: list[Entry] | None) -> int:
    """Keeps what is new, and how far one came, both or neither; how many entries became intelligence."""
    now = timezone.now()
    with transaction.atomic():
        locked = Feed.objects.select_for_update(no_key=True).filter(pk=feed.pk).first()
        if locked is None:
            return 0  # followed no more
        new = _new(locked, entries or [])
        wanted = [entry for entry in _not_here(locked, new) if _is_wanted(locked, entry)]
        wanted = wanted[: MOST if locked.read_at else FIRST]
        Intelligence.objects.bulk_create(
            (_intelligence(locked, entry) for entry in reversed(wanted)), ignore_conflicts=True
        )
        keys = dict.fromkeys(key for entry in new for key in entry.keys)
        FeedEntry.objects.bulk_create((FeedEntry(feed=locked, key=key) for key in keys), ignore_conflicts=True)
        locked.status, locked.failures, locked.read_at, locked.finished_at = Feed.Status.DONE, 0, now, now
        locked.words = _brought(entries, len(wanted))
        if came.body is not None:
            locked.etag, locked.modified = came.etag[:300], came.modified[:100]
        locked.next_at = now + timedelta(minutes=locked.every) if locked.every else None
        locked.save()
    return len(wanted)


def _new(feed: Feed, entries: list[Entry]) -> list[Entry]:
    """The entries none of whose names is known, each once; one that was seen goes by all its names from now on."""
    names = {key for entry in entries for key in entry.keys}
    known = set(FeedEntry.objects.filter(feed=feed, key__in=names).values_list("key", flat=True))
    found, learnt = [], set()
    for entry in entries:
        if known.isdisjoint(entry.keys):
            found.append(entry)
        else:
            learnt.update(entry.keys)
        known.update(entry.keys)
    FeedEntry.objects.bulk_create((FeedEntry(feed=feed, key=key) for key in sorted(learnt)), ignore_conflicts=True)
    return found


def _not_here(feed: Feed, entries: list[Entry]) -> list[Entry]:
    """Without what another feed of the same site, or this one when it was followed before, has brought."""
    urls = [entry.url for entry in entries if entry.url]
    there = Intelligence.objects.filter(product=feed.product_id, url__in=urls)
    known = set(there.values_list("url", "title"))
    return [entry for entry in entries if (entry.url, entry.title) not in known]


def _is_wanted(feed: Feed, entry: Entry) -> bool:
    wanted = [word.strip().lower() for word in feed.only.split(",") if word.strip()]
    said = f"{entry.title}\n{entry.text}".lower()
    return not wanted or any(word in said for word in wanted)


def _intelligence(feed: Feed, entry: Entry) -> Intelligence:
    return Intelligence(
        product_id=feed.product_id, title=entry.title, text=entry.text, source=feed.name, url=entry.url,
        seen_on=entry.on or timezone.localdate(), competitor_id=feed.competitor_id, segment_id=feed.segment_id,
        feed=feed, external_id=f"feed:{feed.pk}:{entry.keys[0]}",
    )  # fmt: skip


def _brought(entries: list[Entry] | None, new: int) -> str:
    if entries is None:
        return "Nothing has changed"
    if not entries:
        return "It has no entries"
    return f"{plural(new, 'new entry', 'new entries')} of {len(entries)}" if new else "Nothing new"


def _fail(feed: Feed, reason: CannotRead) -> None:
    """Says why, and when it is tried again: after its own pause, twice as long each time, a day at most."""
    now, failures = timezone.now(), feed.failures + 1
    pause = min(timedelta(minutes=max(feed.every, 15) * 2 ** min(failures - 1, 10)), LONGEST)
    Feed.objects.filter(pk=feed.pk).update(
        status=Feed.Status.FAILED, failures=failures, words=f"{str(reason)[:480]}.", finished_at=now,
        next_at=(max(reason.at, now) if reason.at else now + pause) if feed.every else None,
    )  # fmt: skip
