"""Bars from nought: what moves a result, who is loud, what is worth most, and the bridge between two sums."""

from collections.abc import Callable, Iterable, Sequence

from clearspan.ui.marks import axes
from clearspan.ui.marks.scale import Scale
from clearspan.ui.marks.svg import Drawing, line, rect, text, text_width, wrap
from clearspan.ui.numbers import count, shorten, signed

ROW = 26


def tornado(
    drivers: Iterable[tuple[str, float, float]],
    base: float,
    *,
    alt: str,
    scale: Scale | None = None,
    width: float = 404,
    names: float = 112,
) -> Drawing:
    """The result when one driver is low (grey) or high (blue) and the others likely: (name, at low, at high), the
    widest first. `base` is the result with all of them likely."""
    rows = sorted(drivers, key=lambda d: -abs(d[2] - d[1]))
    scale = scale or Scale.amounts([base, *(v for _, low, high in rows for v in (low, high))], zero=False)
    x = scale.to(names, width - 8)
    bottom = 6 + ROW * len(rows)
    parts = [axes.below(scale, x, 0, bottom, left=names - 8, right=width)]
    for i, (name, low, high) in enumerate(rows):
        y = 6 + ROW * i
        parts.append(text(names - 8, y + 13, name, "strong end"))
        parts.append(rect("fill-ghost", x(base), y + 1, x(low) - x(base), 16))
        parts.append(rect("fill-half", x(base), y + 1, x(high) - x(base), 16))
    parts.append(line("zero", x(base), 0, x(base), bottom))
    return Drawing(width, bottom + 24, "".join(parts), alt)


def bars(
    rows: Sequence[tuple[str, float, str]], *, alt: str, width: float = 480, names: float = 160, kind: str = "fill-half"
) -> Drawing:
    """Named bars from nought, each with its number in words: (name, value, words)."""
    room = max((text_width(words) for _, _, words in rows), default=0) + 10
    x = Scale.over([v for _, v, _ in rows]).to(names, width - room)
    parts = [line("axis", x(0), 0, x(0), ROW * len(rows))]
    for i, (name, value, words) in enumerate(rows):
        y = ROW * i + 4
        parts.append(text(names - 8, y + 13, name, "strong end"))
        parts.append(rect("fill-bad" if value < 0 else kind, x(0), y + 1, x(value) - x(0), 16))
        parts.append(text(max(x(0), x(value)) + 6, y + 13, words, "strong"))
    return Drawing(width, ROW * len(rows) + 4, "".join(parts), alt)


def sorted_bars(
    values: Sequence[float], *, alt: str, first: str = "", note: str = "", width: float = 380, height: float = 104
) -> Drawing:
    """One bar for each, the largest first and in another ink when it is named: mentions by account."""
    ordered = sorted(values, reverse=True)
    pitch = max(2.0, min(13.0, width / max(len(ordered), 1)))
    base = height - 18
    y = Scale(0, max([*ordered, 1]), ()).to(base, 16)
    parts = []
    for i, value in enumerate(ordered[: int(width / pitch)]):
        cls = "fill-warn" if first and i == 0 else "fill-half"
        parts.append(rect(cls, i * pitch, y(value), pitch - min(3.0, pitch / 3), base - y(value)))
    parts.append(line("axis", 0, base, min(width, len(ordered) * pitch), base))
    if first:
        parts.append(text(pitch + 4, 26, first, "bold"))
    if note:
        parts.append(text(pitch + 4, 42, note, "faint"))
    return Drawing(width, height, "".join(parts), alt)


def bridge(
    steps: Sequence[tuple[str, float, bool]],
    *,
    alt: str,
    width: float = 560,
    total: Callable[[float], str] = count,
    change: Callable[[float], str] = signed,
) -> Drawing:
    """From one sum to another: (name, value, is a sum). A sum stands on the axis, a change hangs from the one
    before it.

    Where the sums dwarf the changes the axis is cut, and drawn cut. `total` and `change` write the numbers.
    """
    levels, ends = _levels(steps)
    low, high, cut = _window(ends if steps[0][2] else [0.0, *ends])
    base = 190.0
    y = Scale(low, high, ()).to(base, 20)
    pitch = width / len(steps)
    bar = pitch - 14
    names, rows, deep = _under([name for name, _, _ in steps], pitch)
    parts = []
    for i, (_, value, is_sum) in enumerate(steps):
        left, middle = i * pitch, i * pitch + bar / 2
        start, end = levels[i], ends[i]
        top = y(max(start, end))
        if is_sum:
            parts.append(rect("fill-ink-3", left, y(end), bar, base - y(end)))
            parts.append(text(middle, y(end) - 6, total(value), "bold mid"))
            if cut:
                parts.append(line("cut", left - 2, base - 14, left + bar + 2, base - 22))
        else:
            tall = max(1.5, abs(y(start) - y(end)))
            parts.append(rect("fill-good" if value > 0 else "fill-bad", left, top, bar, tall))
            parts.append(text(middle, top - 6, change(value), "strong mid"))
        if i < len(steps) - 1:
            parts.append(line("axis", left + bar, y(end), left + pitch, y(end)))
        if rows[i]:
            parts.append(line("grid", middle, base, middle, base + 5 + 14 * rows[i]))
        parts += [text(middle, base + 17 + 14 * (rows[i] + j), word, "faint mid") for j, word in enumerate(names[i])]
    parts.append(line("axis", 0, base, width - 14, base))
    return Drawing(width, base + 10 + 14 * deep, "".join(parts), alt)


def narrow_bridge(
    steps: Sequence[tuple[str, float, bool]],
    *,
    alt: str,
    width: float = 328,
    names: float = 136,
    total: Callable[[float], str] = count,
    change: Callable[[float], str] = signed,
) -> Drawing:
    """The same bridge read downwards, a step a row: for where there is no room to stand side by side."""
    levels, ends = _levels(steps)
    low, high, cut = _window(ends if steps[0][2] else [0.0, *ends])
    said = [total(value) if is_sum else change(value) for _, value, is_sum in steps]
    x = Scale(low, high, ()).to(names, width - max(map(text_width, said)) - 10)
    parts = []
    for i, (name, value, is_sum) in enumerate(steps):
        y, start, end = ROW * i + 5, low if is_sum else levels[i], ends[i]
        left, wide = x(min(start, end)), max(1.5, abs(x(end) - x(start)))
        kind = "fill-ink-3" if is_sum else "fill-good" if value > 0 else "fill-bad"
        parts.append(text(names - 8, y + 12, shorten(name, 21), "bold end" if is_sum else "strong end"))
        parts.append(rect(kind, left, y, wide, 16))
        parts.append(text(left + wide + 6, y + 12, said[i], "bold" if is_sum else "strong"))
        if is_sum and cut:
            parts.append(line("cut", names + 10, y + 18, names + 18, y - 2))
        if i < len(steps) - 1:
            parts.append(line("axis", x(end), y + 16, x(end), y + ROW))
    return Drawing(width, ROW * len(steps) + 4, "".join(parts), alt)


def _under(names: Sequence[str], pitch: float) -> tuple[list[list[str]], list[int], int]:
    """The lines of each name, the row on which each begins, and how many rows they take together.

    Names stand side by side; where a word is wider than its bar, every second name stands below its neighbours.
    """
    if max(text_width(word) for name in names for word in name.split(" ")) <= pitch:
        lines = [wrap(name, pitch - 2) for name in names]
        return lines, [0] * len(names), max(map(len, lines))
    lines = [wrap(name, 2 * pitch - 14) for name in names]
    below = max(map(len, lines[::2]))
    rows = [below * (i % 2) for i in range(len(names))]
    return lines, rows, max(row + len(words) for row, words in zip(rows, lines, strict=True))


def _levels(steps: Sequence[tuple[str, float, bool]]) -> tuple[list[float], list[float]]:
    starts, ends, running = [], [], 0.0
    for _, value, is_sum in steps:
        starts.append(0.0 if is_sum else running)
        running = value if is_sum else running + value
        ends.append(running)
    return starts, ends


def _window(levels: list[float]) -> tuple[float, float, bool]:
    """What the axis shows: from nought, unless everything that changes lies in its upper two fifths."""
    low, high = min(levels), max(levels)
    if low > 0.6 * high > 0:
        span = (high - low) or high
        return low - 0.6 * span, high, True
    low, high = min(low, 0.0), max(high, 0.0)
    return low, high if high > low else 1.0, False
