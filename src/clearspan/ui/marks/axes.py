"""Guides for pictures with an axis of numbers: grid, ticks' words, nought."""

from collections.abc import Callable, Sequence

from clearspan.ui.marks.scale import Scale
from clearspan.ui.marks.svg import line, text, text_width

Place = Callable[[float], float]


def below(scale: Scale, x: Place, top: float, bottom: float, *, left: float, right: float) -> str:
    """Ticks along the bottom, the last with the unit. `left` and `right` are how far words may reach."""
    lines, placed = [], []
    for i, tick in enumerate(scale.ticks):
        words = scale.label(tick, unit=i == len(scale.ticks) - 1)
        wide, at = text_width(words), x(tick)
        cls, start = ("faint mid", at - wide / 2)
        if start < left:
            cls, at, start = "faint", left, left
        elif at + wide / 2 > right:
            cls, at, start = "faint end", right, right - wide
        lines.append(line("grid", x(tick), top, x(tick), bottom))
        placed.append((start, start + wide, text(at, bottom + 18, words, cls)))
    return "".join(lines + with_room(placed, 4))


def with_room(placed: Sequence[tuple[float, float, str]], gap: float) -> list[str]:
    """Of words in a row, each with where it starts and ends, those that have room: first the last, as it has the unit,
    then from the left."""
    if not placed:
        return []
    *others, (before, _, last) = placed
    shown, free_from = [], float("-inf")
    for start, end, words in others:
        if start >= free_from and end + gap <= before:
            shown.append(words)
            free_from = end + gap
    return [*shown, last]


def beside(scale: Scale, y: Place, left: float, right: float, edge: float) -> str:
    """Lines across for every tick, their words ending at `edge`, right of the picture; nought is drawn in ink."""
    parts = []
    for i, tick in enumerate(scale.ticks):
        cls = "zero" if tick == 0 else "grid"
        parts.append(line(cls, left, y(tick), right, y(tick)))
        parts.append(text(edge, y(tick) + 4, scale.label(tick, unit=i == len(scale.ticks) - 1), "faint end"))
    return "".join(parts)
