"""Marks that stand in a line of text or a cell: discs, sparks, steps, bars."""

from collections.abc import Sequence
from functools import lru_cache

from clearspan.ui.marks.scale import Scale
from clearspan.ui.marks.svg import Drawing, circle, line, path, rect, text, text_width

VERDICTS = {
    "market": "Market need",
    "segment": "Segment need",
    "single_customer": "One customer",
    "too_little_evidence": "Too little evidence",
}


def verdict_disc(kind: str, size: float = 14) -> str:
    """The disc alone, as markup: filled as far as the need reaches. Its colour comes from what it stands in."""
    c = size / 2
    fill = {
        "market": f'<circle class="disc-fill" cx="{c:g}" cy="{c:g}" r="{c - 1:g}"/>',
        "segment": f'<path class="disc-fill" d="M{c:g} 1A{c - 1:g} {c - 1:g} 0 0 1 {c:g} {size - 1:g}Z"/>',
        "single_customer": f'<circle class="disc-fill" cx="{c:g}" cy="{c:g}" r="2.2"/>',
        "too_little_evidence": "",
    }[kind]
    edge = f'<circle class="disc-edge" cx="{c:g}" cy="{c:g}" r="{c - 1:g}"/>'
    return (
        f'<svg width="{size:g}" height="{size:g}" viewBox="0 0 {size:g} {size:g}" aria-hidden="true">{edge}{fill}</svg>'
    )


def spark(values: Sequence[float], label: str, *, width: float = 72, height: float = 22) -> Drawing:
    """A trend without numbers; the last value has the dot. `label` says in words what it shows."""
    if not values:
        return Drawing(width, height, "", label)
    low, high = min(values), max(values)
    last = max(len(values) - 1, 1)
    span = (high - low) or 1
    flat = 0.5 if high == low else 0.0
    points = [
        (2 + i / last * (width - 6), height - 4 - ((v - low) / span + flat) * (height - 8))
        for i, v in enumerate(values)
    ]
    body = path("line-quiet", points) + circle("fill-accent", *points[-1], 2.2)
    return Drawing(width, height, body, label)


def steps(done: int, total: int, label: str = "") -> Drawing:
    """So many of so many, as cells: the functions that are ready, how sure a date is."""
    return Drawing(11 * total, 12, _cells(done, total), label or f"{done} of {total}")


@lru_cache(maxsize=256)  # a list has the same few in its rows
def _cells(done: int, total: int) -> str:
    return "".join(rect("fill-half" if i < done else "fill-rule", i * 11, 1, 9, 9, 1) for i in range(total))


def amount_bar(
    value: float, scale: Scale, words: str, *, width: float = 170, height: float = 20, kind: str = "fill-half"
) -> Drawing:
    """A bar from nought with its number beside it."""
    room = width - text_width(words) - 8
    x = scale.to(0, room)
    start, end = x(0), x(value)
    body = rect(kind, start, height / 2 - 5, end - start, 10) + text(
        max(start, end) + 6, height / 2 + 4, words, "strong"
    )
    return Drawing(width, height, body, words)


def similarity(value: float, *, width: float = 110, height: float = 20) -> Drawing:
    """How alike two things are, 0 to 1: a bar on its full track."""
    full = width - 38
    body = rect("fill-grid", 0, height / 2 - 3, full, 6) + rect("fill-half", 0, height / 2 - 3, full * value, 6)
    return Drawing(
        width, height, body + text(full + 8, height / 2 + 4, f"{value:.2f}", "strong"), f"alike by {value:.2f} of 1"
    )


def variance_bar(value: float, scale: Scale, label: str, *, width: float = 150, height: float = 36) -> Drawing:
    """Better or worse than plan, from nought to the right or the left. `value` is signed so that more is better."""
    x = scale.to(4, width - 4)
    body = line("axis", x(0), 0, x(0), height)
    body += rect("fill-good" if value > 0 else "fill-bad", x(0), height / 2 - 5, x(value) - x(0), 10)
    return Drawing(width, height, body, label)
