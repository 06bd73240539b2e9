"""Columns that stand on each other: what a whole was made of, period by period."""

from collections.abc import Sequence

from clearspan.ui.marks import axes
from clearspan.ui.marks.scale import Scale
from clearspan.ui.marks.svg import Drawing, line, rect, text, text_width

LINE = 15  # between the words of two parts


def columns(
    labels: Sequence[tuple[int, str]],
    parts: Sequence[tuple[str, Sequence[float], str]],
    *,
    alt: str,
    unit: str = "",
    width: float = 560,
    height: float = 200,
) -> Drawing:
    """One column a period, its parts from the axis up: (words, values by period, class of the fill).

    The words of a part stand beside the last column, so that no legend is needed; `labels` name periods on the axis.
    """
    n = len(parts[0][1])
    totals = [sum(values[i] for _, values, _ in parts) for i in range(n)]
    scale = Scale.over(totals, unit=unit)
    room = max(text_width(words) for words, _, _ in parts) + 12
    left = max(text_width(scale.label(t, unit=True)) for t in scale.ticks) + 8
    base, top = height - 24, 10.0
    y = scale.to(base, top)
    pitch = (width - left - room) / max(n, 1)
    bar = max(1.0, pitch - min(4.0, pitch / 4))
    drawn = [axes.beside(scale, y, left, width - room, left - 6)]
    for i in range(n):
        below = 0.0
        for _, values, cls in parts:
            if values[i] > 0:
                tall = y(below) - y(below + values[i])
                drawn.append(rect(f"{cls} edged", left + i * pitch, y(below + values[i]), bar, tall))
            below += values[i]
    drawn.append(line("axis", left, base, left + n * pitch, base))
    drawn += [text(left + p * pitch, height - 6, words, "faint") for p, words in labels]
    drawn += [text(width - room + 8, at, parts[k][0], "strong") for k, at in _beside(parts, y, base)]
    return Drawing(width, height, "".join(drawn), alt, "newest")


def _beside(parts: Sequence[tuple[str, Sequence[float], str]], y: axes.Place, base: float) -> list[tuple[int, float]]:
    """Where each part's words stand: in the middle of its last column, pushed up where they would touch."""
    placed, below, free = [], 0.0, base + 2
    for k, (_, values, _) in enumerate(parts):
        middle = (y(below) + y(below + values[-1])) / 2 + 4
        free = min(middle, free)
        placed.append((k, free))
        free -= LINE
        below += values[-1]
    return placed
