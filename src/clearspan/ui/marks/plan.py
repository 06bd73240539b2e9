"""A plan of quarters: what is done when, who is used, and what boldness buys."""

from collections.abc import Mapping, Sequence

from clearspan.ui.marks.scale import Scale
from clearspan.ui.marks.svg import Drawing, circle, line, path, rect, text, text_width
from clearspan.ui.numbers import number

PERIOD = 78
FULL = 0.985  # from here a function is said to be full


def periods(names: Sequence[str]) -> Drawing:
    """The header over plan bars and cells of use."""
    body = "".join(text(i * PERIOD + 2, 11, name, "faint") for i, name in enumerate(names))
    return Drawing(PERIOD * len(names), 15, body)


def plan_bar(name: str, start: int, length: int, of: int, *, height: float = 40, quiet: bool = False) -> Drawing:
    """When something is done: from period `start` (0 is the first) for `length` of `of`; `quiet` for what is always
    there."""
    body = "".join(line("grid", i * PERIOD, 0, i * PERIOD, height) for i in range(of + 1))
    cls = "fill-rule" if quiet else "fill-half"
    body += rect(cls, start * PERIOD + 2, height / 2 - 6, length * PERIOD - 4, 12, 1)
    last = "" if length == 1 else f" to {start + length}"
    return Drawing(PERIOD * of, height, body, f"{name}: period {start + 1}{last} of {of}")


def use_cells(name: str, used: Sequence[float], there: Sequence[float], *, height: float = 44) -> Drawing:
    """People used of those there, by period; dark where all are."""
    parts = []
    room = PERIOD - 10
    for i, (use, cap) in enumerate(zip(used, there, strict=True)):
        share = min(use / cap, 1.0) if cap else 0.0
        left, full = i * PERIOD + 2, share >= FULL
        wide = room * share
        parts.append(rect("fill-grid", left, height / 2 - 10, room, 20))
        parts.append(rect("fill-accent" if full else "band-2", left, height / 2 - 10, wide, 20))
        words = number(use, 2)
        inside = wide > text_width(words) + 12
        cls = ("on-dark" if full else "strong") if inside else "faint"
        parts.append(text(left + 6 if inside else left + wide + 5, height / 2 + 4, words, cls))
    said = ", ".join(f"{number(u, 2)} of {number(c, 2)}" for u, c in zip(used, there, strict=True))
    return Drawing(PERIOD * len(used), height, "".join(parts), f"{name}: {said}")


def frontier(
    points: Sequence[tuple[float, float]],
    chosen: int,
    *,
    alt: str,
    names: Mapping[int, str] | None = None,
    others: Sequence[tuple[float, float, str]] = (),
    width: float = 304,
    height: float = 214,
) -> Drawing:
    """Likely value (across) against the worst tenth of futures (up), best plans joined; `chosen` is the plan of the
    page.

    `names` puts words to points; `others` are plans off the line, such as last year's way.
    """
    across = Scale.amounts([*(p[0] for p in points), *(o[0] for o in others)], zero=False, about=3)
    up = Scale.amounts([*(p[1] for p in points), *(o[1] for o in others)], zero=False, about=3)
    left = max(text_width(up.label(t)) for t in up.ticks) + 8
    x, y = across.to(left, width - 12), up.to(height - 28, 24)
    parts = []
    for i, tick in enumerate(up.ticks):
        parts.append(line("grid", left, y(tick), width - 8, y(tick)))
        parts.append(
            text(left - 6, y(tick) + 4, up.label(tick, unit=i == len(up.ticks) - 1 and not up.unit), "faint end")
        )
    for i, tick in enumerate(across.ticks):
        is_last = i == len(across.ticks) - 1
        at = "faint end" if is_last else "faint mid"
        parts.append(text(width if is_last else x(tick), height - 6, across.label(tick, unit=is_last), at))
    parts.append(path("line", [(x(a), y(b)) for a, b in points]))
    for i, (a, b) in enumerate(points):
        parts.append(circle("fill-accent" if i == chosen else "ring-ink", x(a), y(b), 6 if i == chosen else 4))
    for i, words in ({chosen: "this plan"} | dict(names or {})).items():
        a, b = points[i]
        cls = "bold" if i == chosen else "faint"
        fits = x(a) - 10 - text_width(words) > left
        parts.append(text(x(a) - 10, y(b) + 4, words, f"{cls} end") if fits else text(x(a), y(b) - 9, words, cls))
    for a, b, words in others:
        parts.append(circle("ring-bad", x(a), y(b), 4) + text(x(a) - 8, y(b) + 18, words, "in-bad mid"))
    return Drawing(width, height, "".join(parts), alt)
