"""When Python looks for garbage that only points at itself: seldom, and never through the application."""

from __future__ import annotations

import gc

YOUNG, MIDDLE, OLD = 5_000, 20, 50  # objects made, and rounds of the younger, before each generation is looked through


def settle() -> None:
    """What is loaded by now is never garbage, and is not looked through again. A page makes tens of thousands of
    objects, and leaves a few hundred behind (clearspan.ui.rendering sees to that): looked for as often as Python does
    by itself, they cost every tenth page or so a pause of a fifth of a second (docs/benchmarks.md, pages)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
