"""The interval: dot = likely, thick = half of the belief (25 to 75 %), thin = nine tenths (5 to 95 %)."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from clearspan.ui.marks import axes
from clearspan.ui.marks.scale import Scale
from clearspan.ui.marks.svg import Drawing, circle, fmt, group, line, rect, text, text_width
from clearspan.ui.numbers import number

PAD = 5  # room at both ends for the dot and the outer ticks' words


class Interval(NamedTuple):
    """Five numbers in the unit of their scale; `likely` is the median or the mean, as the page says."""

    p05: float
    p25: float
    likely: float
    p75: float
    p95: float


def interval(
    five: Sequence[float] | None,
    scale: Scale,
    *,
    width: float = 220,
    height: float = 26,
    ref: float | None = None,
    grid: bool = True,
    ghost: bool = False,
    big: bool = False,
    came: float | None = None,
    label: str = "",
) -> Drawing:
    """One row's interval on the shared `scale`.

    `ref` draws the dashed line a number is held against; `ghost` draws it hollow (before, without, the others);
    `came` puts a diamond where the world ended up, red when that is outside nine tenths. Without numbers there are
    words, no mark.
    """
    x = scale.to(PAD, width - PAD)
    y = height / 2
    parts = [_guides(scale, width, height, ref, grid)]
    if five is None:
        parts.append(text(PAD, y + 4, label or "nobody heard", "faint"))
        return Drawing(width, height, "".join(parts), label or "nobody heard", "iv")
    it = Interval(*five)
    parts.append(mark(it, x, y, big=big, ghost=ghost))
    if came is not None:
        parts.append(diamond(x(came), y, outside=not it.p05 <= came <= it.p95))
    return Drawing(width, height, "".join(parts), label or in_words(it, scale, came), "iv")


@lru_cache(maxsize=64)  # those of a column are the same in each of its rows
def _guides(scale: Scale, width: float, height: float, ref: float | None, grid: bool) -> str:
    """What a row's mark stands on: a line for each tick, and the dashed one at `ref`."""
    x = scale.to(PAD, width - PAD)
    parts = [line("grid", x(t), 0, x(t), height) for t in scale.ticks] if grid else []
    return "".join(parts if ref is None else [*parts, line("ref", x(ref), 0, x(ref), height)])


def mark(it: Interval, x: Callable[[float], float], y: float, *, big: bool = False, ghost: bool = False) -> str:
    """The mark alone at height `y`; `x` is where a value stands (`Scale.to`)."""
    thick = 12 if big else 8
    left, right = x(it.p25), x(it.p75)
    return group(
        "ghost" if ghost else "own",
        line("iv-90", x(it.p05), y, x(it.p95), y),
        rect("iv-50", left, y - thick / 2, right - left, thick, 1),
        circle("iv-dot", x(it.likely), y, 6 if big else 4.5),
    )


def diamond(x: float, y: float, *, outside: bool) -> str:
    cls = "fill-bad edged" if outside else "fill-accent edged"
    return f'<path class="{cls}" d="M{fmt(x)} {fmt(y - 10)}l6 10l-6 10l-6 -10Z"/>'


def interval_axis(scale: Scale, *, width: float = 220, height: float = 15, ref: float | None = None) -> Drawing:
    """The axis for the header of the column: the ticks' numbers, the unit at the last."""
    x = scale.to(PAD, width - PAD)
    placed = []
    for i, tick in enumerate(scale.ticks):
        words = scale.label(tick, unit=i == len(scale.ticks) - 1)
        wide = text_width(words)
        at, cls = _anchored(x(tick), wide, width)
        start = at if cls == "faint" else at - wide if "end" in cls else at - wide / 2
        placed.append((start, start + wide, text(at, height - 4, words, cls)))
    parts = axes.with_room(placed, 6)
    if ref is not None and all(abs(x(ref) - x(t)) > 18 for t in scale.ticks):
        parts.append(text(x(ref), height - 4, _short(ref * scale.factor), "strong mid"))
    return Drawing(width, height, "".join(parts))


def interval_plot(
    rows: Iterable[tuple[str, Sequence[float] | None]],
    scale: Scale,
    *,
    alt: str,
    width: float = 640,
    names: float = 200,
    ref: float | None = None,
    ghosts: frozenset[str] = frozenset(),
) -> Drawing:
    """Named intervals under one axis: the picture of a table's column, for where there is no table around it."""
    rows = list(rows)
    x = scale.to(names + PAD, width - PAD)
    height = 24 + 32 * len(rows)
    parts = [line("grid", x(t), 20, x(t), height) for t in scale.ticks]
    for i, tick in enumerate(scale.ticks):
        words = scale.label(tick, unit=i == len(scale.ticks) - 1)
        at, cls = _anchored(x(tick), text_width(words), width)
        parts.append(text(at, 12, words, cls if i == len(scale.ticks) - 1 else "faint mid"))
    for i, (name, five) in enumerate(rows):
        y = 24 + 32 * i + 16
        if ref is not None and five is not None:
            parts.append(line("ref", x(ref), y - 16, x(ref), y + 16))
        parts.append(text(0, y + 4, name, "strong"))
        if five is None:
            parts.append(text(names + PAD, y + 4, "nobody heard", "faint"))
        else:
            parts.append(mark(Interval(*five), x, y, ghost=name in ghosts))
    return Drawing(width, height, "".join(parts), alt, "iv")


def in_words(it: Interval, scale: Scale, came: float | None = None) -> str:
    """What the mark shows, for who cannot see it: "about 38 %; nine in ten between 29 and 48 %"."""
    unit = f" {scale.unit}" if scale.unit else ""
    likely, low, high = [_short(v * scale.factor) for v in (it.likely, it.p05, it.p95)]
    words = f"about {likely}{unit}; nine in ten between {low} and {high}{unit}"
    if came is None:
        return words
    outside = "" if it.p05 <= came <= it.p95 else ", outside"
    return f"{words}; came {_short(came * scale.factor)}{unit}{outside}"


def _anchored(at: float, wide: float, width: float) -> tuple[float, str]:
    """A word keeps inside the drawing: it starts, centres or ends at its tick."""
    if at - wide / 2 < 0:
        return 0, "faint"
    if at + wide / 2 > width:
        return width, "faint end"
    return at, "faint mid"


def _short(value: float) -> str:
    return number(value, 2) if abs(value) < 100 else number(value, 3)
