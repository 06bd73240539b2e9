"""How far a running import is, where screens can read it: written on a connection of its own, at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection
from django.utils import timezone

from clearspan.core.imports.staging import Progress
from clearspan.core.models import Import

_EVERY = 0.5  # seconds

_WRITE = """
INSERT INTO core_importprogress (file_id, share, words, at) VALUES (%s, %s, %s, %s)
ON CONFLICT (file_id) DO UPDATE SET share = excluded.share, words = excluded.words, at = excluded.at
"""


_listener: ContextVar[Progress | None] = ContextVar("listener", default=None)


def current() -> Progress | None:
    """Who wants to hear how far the import at work is: a screen, a terminal, or nobody."""
    return _listener.get()


@contextmanager
def telling(listener: Progress) -> Iterator[None]:
    """Imports at work inside tell `listener` how far they are."""
    before = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(before)


@contextmanager
def told(file: Import) -> Iterator[Progress]:
    """A listener that writes what it hears, at most twice a second. The import's row must be committed before."""
    beside, last = connection.copy(), 0.0

    def tell(share: float, words: str) -> None:
        nonlocal last
        if time.monotonic() - last < _EVERY:
            return
        last = time.monotonic()
        with beside.cursor() as cursor:
            cursor.execute(_WRITE, [file.pk, min(1.0, share), words[:200], timezone.now()])

    try:
        tell(0.0, "reading the file")
        yield tell
    finally:
        beside.close()
