"""Ends a part of `clearspan serve` when its keeper is gone, however it went.

The keeper holds the other end of each part's standard input. When the keeper dies, even by kill -9, that end closes,
and the part stops as if it had been told to. Nothing is left behind that would hold the port at the next start.
"""

from __future__ import annotations

import os
import signal
import threading
import time


def hold(grace: float) -> None:
    """Watches the line from now on, in a thread; after `grace` seconds of stopping the whole group is ended."""
    threading.Thread(target=_watch, args=(grace,), daemon=True).start()


def _watch(grace: float) -> None:
    # Not through sys.stdin: a read there holds its lock, and a forked child waits for that lock for ever.
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(grace)
    os.killpg(0, signal.SIGKILL)
