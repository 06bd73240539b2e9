"""Reasons as bars: why deals were won and lost."""

from __future__ import annotations

from collections.abc import Sequence

from clearspan.ui import marks
from clearspan.ui.figure import PHONE
from clearspan.ui.marks import Drawing
from clearspan.ui.numbers import shorten


def reason_bars(rows: Sequence[tuple[str, int, str]], alt: str) -> tuple[Drawing, Drawing]:
    """The picture for half a page and the one for a phone, of (reason, deals, words): each with as much of the reason
    as there is room for."""
    wide, narrow = ([(shorten(why, letters), deals, words) for why, deals, words in rows] for letters in (40, 23))
    return marks.bars(wide, alt=alt, width=560, names=250), marks.bars(narrow, alt=alt, width=PHONE, names=156)
