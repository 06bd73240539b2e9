"""Dates as far as they are known: a bar's edge fades in four flat steps, each a stated chance of being done."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from clearspan.ui.marks.scale import Scale
from clearspan.ui.marks.svg import Drawing, circle, line, rect, text, text_width, wrap
from clearspan.ui.numbers import shorten

NAMES = 330
ROW, HEAD = 46, 34
NARROW_ROW = 58


@dataclass(frozen=True)
class Bar:
    """A piece of work: when it starts, and by when it is done at one chance in ten, evens, 85 and 95 in 100. `note`
    stands under its name, `label` at the end of the bar. With `url` the bar can be moved: moves.js takes it there, with
    the quarter it was put in."""

    name: str
    note: str
    start: dt.date
    p10: dt.date
    p50: dt.date
    p85: dt.date
    p95: dt.date
    label: str = ""
    url: str = ""


def timeline(
    groups: Sequence[tuple[str, Sequence[Bar]]],
    start: dt.date,
    end: dt.date,
    *,
    alt: str,
    today: dt.date | None = None,
    width: float = 1208,
) -> Drawing:
    """Groups of bars (now, next, later) over months; what lies beyond `end` runs off the edge."""
    x = Scale(start.toordinal(), end.toordinal(), ()).to(NAMES, width)

    def at(date: dt.date) -> float:
        return x(date.toordinal())

    rows, y = [], float(HEAD)
    for heading, bars in groups:
        rows.append(text(0, y + 28, heading, "serif") + line("grid", 0, y, width, y))
        y += 6
        for bar in bars:
            rows.append(_bar(bar, at, y + 22, width))
            y += ROW
        y += 8
    parts = [_months(start, end, at, y), *rows]
    if today is not None and start <= today <= end:
        parts.append(line("now", at(today), 22, at(today), y) + text(at(today), y + 13, "today", "in-bad mid"))
    return Drawing(width, y + 18, "".join(parts), alt)


def narrow_timeline(
    groups: Sequence[tuple[str, Sequence[Bar]]],
    start: dt.date,
    end: dt.date,
    *,
    alt: str,
    today: dt.date | None = None,
    width: float = 358,
) -> Drawing:
    """The same on a phone: names above their bars and dates below them, so that nothing lies off to the right."""
    x = Scale(start.toordinal(), end.toordinal(), ()).to(0, width)

    def at(date: dt.date) -> float:
        return x(date.toordinal())

    is_shown = today is not None and start <= today <= end
    rows, y = [], float(HEAD)
    for heading, bars in groups:
        rows.append(line("grid", 0, y, width, y))
        if heading:
            rows.append(text(0, y + 20, heading, "serif"))
            y += 26
        for bar in bars:
            names = wrap(bar.name, width)
            rows += [text(0, y + 14 + 15 * i, words, "bold") for i, words in enumerate(names)]
            y += 15 * len(names)
            rows.append(_faded(bar, at, y + 18, 9) + text(0, y + 43, bar.label or bar.note, "faint"))
            if today is not None and is_shown:  # across the bars only: the words stay readable
                rows.append(line("now", at(today), y + 3, at(today), y + 33))
            y += NARROW_ROW
    parts = [_months(start, end, at, y, step=3), *rows]
    if today is not None and is_shown:
        place = min(max(at(today), text_width("today") / 2), width - text_width("today") / 2)
        parts.append(line("now", at(today), y - 4, at(today), y) + text(place, y + 13, "today", "in-bad mid"))
    return Drawing(width, y + 18, "".join(parts), alt)


def fade_key() -> Drawing:
    """What the four steps mean."""
    body = "".join(rect(c, i * 72, 2, 72, 12) for i, c in enumerate(("fill-half", "band-3", "band-2", "band-1")))
    body += line("likely", 144, 0, 144, 16)
    for at, words in ((72, "1 in 10 done"), (144, "likely"), (216, "85 in 100"), (288, "95 in 100")):
        body += text(at, 29, words, "faint mid")
    return Drawing(330, 32, body, "A bar fades at one chance in ten, at evens, at 85 and at 95 in a hundred")


def next_days(
    dates: Sequence[tuple[dt.date, str]],
    start: dt.date,
    *,
    alt: str,
    forecasts: Sequence[tuple[dt.date, dt.date, str]] = (),
    days: int = 30,
    width: float = 720,
) -> Drawing:
    """The days from `start`: a dot is a date that was set, a band (from, to, words) one that is forecast."""
    x = Scale(0, days, ()).to(0, width)

    def at(date: dt.date) -> float:
        return x((date - start).days)

    words = [(at(d), w) for d, w in dates] + [((at(a) + at(b)) / 2, w) for a, b, w in forecasts]
    lifts = _lifted(sorted(words), width)
    top = 18 + 16 * max((lift for *_, lift in lifts), default=0)
    y = top + 22
    parts = [line("axis", 0, y, width, y)]
    parts += [line("axis", x(i), y, x(i), y + (5 if i % 7 == 0 else 2.5)) for i in range(days + 1)]
    for i in range(0, days + 1, 7):
        day = start + dt.timedelta(days=i)
        named = f"{day.day} {day:%b}" if i == 0 or day.day <= 7 else str(day.day)
        parts.append(text(x(i), y + 20, named, "faint" if i == 0 else "faint mid"))
    parts += [rect("band-2", at(a), y - 6, at(b) - at(a), 12) for a, b, _ in forecasts]
    parts += [circle("fill-accent", at(d), y, 4) for d, _ in dates]
    for place, anchor, said, lift in lifts:
        level = top - 4 - 16 * lift
        parts.append(line("axis", place, level + 5, place, y - 4) + text(*_anchored(place, anchor, said, width, level)))
    return Drawing(width, y + 24, "".join(parts), alt)


def _bar(bar: Bar, at: Callable[[dt.date], float], y: float, width: float) -> str:
    parts = [_faded(bar, at, y, 9)]
    parts.append(text(52, y - 1, _fitting(bar.name), "bold") + text(52, y + 14, _fitting(bar.note), "faint"))
    wide = text_width(bar.label)
    if bar.label and at(bar.p95) + wide + 8 < width:
        parts.append(text(at(bar.p95) + 6, y + 4, bar.label, "faint"))
    elif bar.label and at(bar.start) - wide - 12 > 52 + max(map(text_width, (_fitting(bar.name), _fitting(bar.note)))):
        parts.append(text(at(bar.start) - 6, y + 4, bar.label, "faint end"))
    elif bar.label:  # the bar takes all the room there is: in its faint end
        parts.append(text(min(at(bar.p95), width) - 6, y + 4, bar.label, "end"))
    return "".join(parts)


def _faded(bar: Bar, at: Callable[[dt.date], float], y: float, half: float) -> str:
    """The bar itself, `half` px above and below `y`."""
    steps = ((bar.start, bar.p10, "fill-half"), (bar.p10, bar.p50, "band-3"), (bar.p50, bar.p85, "band-2"))
    drawn = [
        rect(cls, at(a), y - half, at(b) - at(a), 2 * half) for a, b, cls in (*steps, (bar.p85, bar.p95, "band-1"))
    ]
    drawn.append(line("likely", at(bar.p50), y - half - 3, at(bar.p50), y + half + 3))
    if not bar.url:
        return "".join(drawn)
    days = 1000 / (at(dt.date.fromordinal(bar.start.toordinal() + 1000)) - at(bar.start))
    return _movable(bar, days, "".join(drawn))


def _movable(bar: Bar, days: float, drawn: str) -> str:
    """The bar as a link to where it is moved, with what moves.js must know: its start, and days to a pixel."""
    said = escape(f"Move {bar.name}, which starts {bar.start:%-d %B %Y}")
    return (
        f'<a href="{escape(bar.url)}" class="movable" data-moves="{bar.start.isoformat()}" data-days="{days:.4f}"'
        f' data-name="{escape(bar.name)}" aria-label="{said}">{drawn}</a>'
    )


def _fitting(words: str) -> str:
    """The words as far as there is room for them before the bars begin."""
    room = NAMES - 52 - 12
    short = words
    while text_width(short) > room and len(short) > 8:
        short = shorten(words, len(short) - 1)
    return short


def _months(start: dt.date, end: dt.date, at: Callable[[dt.date], float], bottom: float, step: int = 1) -> str:
    """A line at the first of each month, or of each quarter at `step` 3."""
    parts = []
    month = start.replace(day=1)
    while month <= end:
        if month >= start and (month.month - 1) % step == 0:
            year = f" ’{month:%y}" if month.month == 1 else ""
            parts.append(line("grid", at(month), 24, at(month), bottom))
            if at(end) - at(month) > 24:
                parts.append(text(at(month) + 4, 16, f"{month:%b}{year}", "faint"))
        month = (month + dt.timedelta(days=32)).replace(day=1)
    return "".join(parts)


def _lifted(words: list[tuple[float, str]], width: float) -> list[tuple[float, str, str, int]]:
    """Each word with its anchor and the row it stands in, so that neighbours do not run into each other."""
    free = [float("-inf")] * 3
    out = []
    for place, said in words:
        wide = text_width(said)
        anchor = "start" if place < wide / 2 else "end" if place + wide / 2 > width else "mid"
        left = {"start": 0.0, "end": width - wide, "mid": place - wide / 2}[anchor]
        lift = next((i for i, until in enumerate(free) if left > until + 10), len(free) - 1)
        free[lift] = left + wide
        out.append((place, anchor, said, lift))
    return out


def _anchored(place: float, anchor: str, said: str, width: float, y: float) -> tuple[float, float, str, str]:
    x = {"start": 0.0, "end": width, "mid": place}[anchor]
    return x, y, said, {"start": "strong", "end": "strong end", "mid": "strong mid"}[anchor]
