"""A line that opens: what was, what is likely, and how sure. And how sure we were, held against what came."""

from collections.abc import Sequence

from clearspan.ui.marks import axes
from clearspan.ui.marks.scale import Scale
from clearspan.ui.marks.svg import Drawing, circle, line, path, text, text_width

Band = tuple[Sequence[float], Sequence[float]]


def fan(
    labels: Sequence[tuple[int, str]],
    middle: Sequence[float],
    bands: Sequence[Band],
    *,
    alt: str,
    past: Sequence[float] = (),
    plan: Sequence[tuple[int, float]] = (),
    notes: Sequence[tuple[int, float, str]] = (),
    scale: Scale | None = None,
    width: float = 404,
    height: float = 206,
    zero: bool = True,
) -> Drawing:
    """Periods run from 0. `past` fills the first of them; `middle` goes on from its last, or from 0 without one.

    `bands` are (lows, highs) as long as `middle`, the outermost first, at most three. `plan` is the dashed line, as
    (period, value); `labels` name periods on the axis; `notes` are words at a (period, value), each hung from the line.
    `zero=False` cuts the axis, which the unit line then says.
    """
    if len(bands) > 3 or any(len(side) != len(middle) for band in bands for side in band):
        raise ValueError("at most three bands, each as long as the middle")
    start = max(len(past) - 1, 0)
    heights = [*past, *middle, *(v for _, v in plan), *(v for band in bands for side in band for v in side)]
    scale = scale or Scale.amounts(heights, zero=zero)
    room = max(text_width(scale.label(t, unit=True)) for t in scale.ticks) + 8
    periods = max([len(past), start + len(middle), *(p + 1 for p, _ in plan)])
    x = Scale(0, max(periods - 1, 1), ()).to(0, width - room)
    y = scale.to(height - 26, 8)

    def along(values: Sequence[float], first: int) -> list[tuple[float, float]]:
        return [(x(first + i), y(v)) for i, v in enumerate(values)]

    parts = [axes.beside(scale, y, 0, x(periods - 1), width)]
    for (lows, highs), cls in zip(bands, _classes(len(bands)), strict=True):
        parts.append(path(cls, [*along(highs, start), *reversed(along(lows, start))], closed=True))
    if scale.low < 0 < scale.high:
        parts.append(line("zero", 0, y(0), x(periods - 1), y(0)))  # over the bands
    if plan:
        parts.append(path("line-dash", [(x(p), y(v)) for p, v in plan]))
    if past:
        parts.append(path("line-ink", along(past, 0)))
    parts.append(path("line-accent", along(middle, start)))
    if past:
        parts.append(circle(f"fill-ink{' from-here' if len(middle) > 1 else ''}", x(start), y(past[-1]), 3.5))
    line_of = [*past, *middle[1 if past else 0 :]]
    parts += [_note(x(p), y(v), y(line_of[p]), words, width) for p, v, words in notes]
    parts += [_period(x(p), height - 6, words, width - room) for p, words in labels]
    return Drawing(width, height, "".join(parts), alt, "newest" if past else "")


def calibration(
    points: Sequence[tuple[float, float, float]], *, alt: str, width: float = 240, height: float = 170
) -> Drawing:
    """What was said against what came true, both shares of one, with half the width of its nine tenths: (said,
    came, half). On the diagonal the forecasts keep what they say."""
    scale = Scale(0, 1, (0, 0.5, 1), 100, "%")
    x, y = scale.to(30, width - 40), scale.to(height - 20, 6)
    parts = [line("axis", x(0), y(0), x(1), y(0)), line("ref", x(0), y(0), x(1), y(1))]
    for said, came, half in points:
        parts.append(line("iv-90", x(said), y(came - half), x(said), y(came + half)))
        parts.append(circle("fill-accent", x(said), y(came), 4))
    parts += [text(x(t), height - 4, scale.label(t, unit=t == 1), "faint mid") for t in scale.ticks]
    parts += [text(24, y(t) + 4, scale.label(t), "faint end") for t in scale.ticks if t]
    parts.append(text(x(1), y(0.04), "too sure", "faint end"))  # in the corners, where bars seldom reach
    parts.append(text(x(0.03), y(0.92), "too modest", "faint"))
    return Drawing(width, height, "".join(parts), alt)


def _classes(n: int) -> tuple[str, ...]:
    """One band is the middle tint, so that it is seen; three use all of them."""
    return {0: (), 1: ("band-2",), 2: ("band-1", "band-2"), 3: ("band-1", "band-2", "band-3")}[n]


def _note(x: float, y: float, from_y: float, words: str, right: float) -> str:
    """Words beside a leader that hangs from the line."""
    end = x + text_width(words) + 6 > right
    leader = line("axis", x, from_y, x, y)
    return leader + text(x - 6 if end else x + 6, y, words, "strong end" if end else "strong")


def _period(x: float, y: float, words: str, right: float) -> str:
    half = text_width(words) / 2
    cls = "faint" if x < half else "faint end" if x + half > right + 8 else "faint mid"
    return text(x, y, words, cls)
