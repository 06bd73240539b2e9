"""The picture of needs by value and by how well it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clearspan.ui.marks import Drawing, Scale, axes
from clearspan.ui.marks.svg import circle, line, text, text_width

TOP, LEFT, BOTTOM = 12, 8, 44
NAMED = 12  # needs whose names stand beside their dots


@dataclass(frozen=True)
class Point:
    """A need: its mean value at stake, how well that is known (0 to 1), and whether a verdict is given."""

    name: str
    value: float
    sure: float
    given: bool


def value_by_sureness(points: Sequence[Point], *, alt: str, width: float = 900, height: float = 420) -> Drawing:
    """Value to the right, sureness up; hollow where there is too little evidence. Names only where there is room."""
    values, sure = Scale.amounts([point.value for point in points]), Scale.shares([0.0, 1.0])
    x, y = values.to(LEFT, width - 60), sure.to(height - BOTTOM, TOP)
    parts = [axes.below(values, x, TOP, height - BOTTOM, left=0, right=width - 40)]
    parts.append(axes.beside(sure, y, LEFT, width - 52, width))
    parts.append(line("axis", LEFT, height - BOTTOM, width - 52, height - BOTTOM))
    taken = [(x(point.value) - 6, x(point.value) + 6, y(point.sure)) for point in points]
    for i, point in enumerate(sorted(points, key=lambda point: -point.value)):
        at = (x(point.value), y(point.sure))
        parts.append(circle("fill-accent" if point.given else "st-none", *at, 5))
        if i < NAMED:
            parts.append(_name(point.name, *at, width - 60, taken))
    return Drawing(width, height, "".join(parts), alt)


def _name(name: str, x: float, y: float, right: float, taken: list[tuple[float, float, float]]) -> str:
    """The name beside its dot, on the side with room; nothing where another name stands already."""
    wide = text_width(name)
    before = x + 10 + wide > right
    start = x - 10 - wide if before else x + 10
    if start < 0 or any(abs(y - other) < 14 and start < end and start + wide > begin for begin, end, other in taken):
        return ""
    taken.append((start, start + wide, y))
    return text(x - 10 if before else x + 10, y + 4, name, "strong end" if before else "strong")
