"""A distribution someone must decide by: fifty dots, each one future in fifty."""

import math
from collections import Counter
from collections.abc import Sequence

from clearspan.ui.marks import axes
from clearspan.ui.marks.scale import Scale
from clearspan.ui.marks.svg import Drawing, circle, line, text, text_width

FUTURES = 50
TALLEST = 230  # px a stack of dots may need


def futures(
    samples: Sequence[float],
    *,
    alt: str,
    scale: Scale | None = None,
    width: float = 760,
    loses: str = "loses",
    earns: str = "earns",
) -> Drawing:
    """`samples` of an outcome (any number of draws) as fifty dots at its quantiles. What is below nought is hollow,
    red and counted in words; without a `scale` the amounts make their own."""
    values = quantiles(samples, FUTURES)
    scale = scale or Scale.amounts(values)
    x = scale.to(0, width)
    radius, stacks = _stacked(values, scale, width)
    pitch, column = 2.3 * radius, 2.6 * radius
    height = max(pitch * max(stacks.values()), 60) + 28
    parts = [axes.below(scale, x, 18, height, left=0, right=width)]
    for k, stack in sorted(stacks.items()):
        at = min(max(x(0) + (k + 0.5) * column, radius), width - radius)
        cls = "ring-bad" if k < 0 else "fill-half"
        parts += [circle(cls, at, height - radius - 1 - i * pitch, radius) for i in range(stack)]
    parts.append(line("zero", x(0), 4, x(0), height))
    parts.append(line("axis", 0, height, width, height))
    below_nought = sum(n for k, n in stacks.items() if k < 0)
    parts.append(_counted(x(0), width, f"{loses}, {below_nought} of 50", f"{earns}, {FUTURES - below_nought} of 50"))
    return Drawing(width, height + 24, "".join(parts), alt)


def quantiles(samples: Sequence[float], n: int) -> list[float]:
    """The middle of each of `n` equal shares of the samples."""
    ordered = sorted(float(v) for v in samples)
    if not ordered:
        raise ValueError("a distribution needs at least one sample")
    last = len(ordered) - 1
    out = []
    for i in range(n):
        at = (i + 0.5) / n * len(ordered) - 0.5
        low = min(max(math.floor(at), 0), last)
        high = min(low + 1, last)
        out.append(ordered[low] + (ordered[high] - ordered[low]) * min(max(at - low, 0.0), 1.0))
    return out


def _stacked(values: list[float], scale: Scale, width: float) -> tuple[float, Counter[int]]:
    """The largest radius whose stacks still fit, and how many dots stand in each column counted from nought."""
    radius = 10.0
    while True:
        column = 2.6 * radius / width * (scale.high - scale.low)
        stacks = Counter(math.floor(v / column) for v in values)
        if radius <= 3 or max(stacks.values()) * 2.3 * radius <= TALLEST:
            return radius, stacks
        radius -= 0.5


def _counted(zero: float, width: float, loses: str, earns: str) -> str:
    """The two counts, each on its side of nought where it has room."""
    if zero < text_width(loses) + 8:
        return text(zero + 8, 14, f"{loses}; {earns}", "strong")
    if width - zero < text_width(earns) + 8:
        return text(zero - 8, 14, f"{loses}; {earns}", "strong end")
    return text(zero - 8, 14, loses, "in-bad end") + text(zero + 8, 14, earns, "strong")
