"""The pictures of a forecast."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from clearspan.stages.development import forecast_words
from clearspan.stages.development.queries.forecast import Forecast, Part
from clearspan.ui import marks
from clearspan.ui.figure import Figure
from clearspan.ui.marks import Scale
from clearspan.ui.marks.dates import Bar
from clearspan.ui.numbers import plural

PAST = 16  # weeks in front of the fan
SHOWN = 0.95  # the fan goes on until this share of the futures is finished, or as long as it is known
MARGIN = timedelta(days=14)


def burn_up(found: Forecast, today: date) -> Figure | None:
    """Items finished, and the fan of what will be; None before the first forecast."""
    if found.study is None or not found.result["fan"]:
        return None
    result = found.result
    weeks, fan = result["throughput"]["finished"], result["fan"]
    done = sum(weeks)
    past = list(accumulate(weeks, initial=0))[-PAST:]
    top = done + result["remaining"] * result["growth"][1]
    scope = done + result["remaining"] * sum(result["growth"]) / 2
    first = date.fromisoformat(result["from"]) - timedelta(days=1)
    days = [first + timedelta(days=7 * (i - len(past) + 1)) for i in range(len(past) + len(fan))]

    def along(level: str) -> list[float]:
        return [done, *(min(done + step[level], top) for step in fan)]

    start = len(past) - 1
    grows = ", as it used to grow" if result["growth"][1] > 1 else ""
    finding = f"{done:,} of {done + result['remaining']:,} items are done"
    drawing = marks.fan(
        _months(days),
        along("p50"),
        [(along("p95"), along("p05")), (along("p85"), along("p15"))],
        past=past,
        plan=[(start, done + result["remaining"]), (len(days) - 1, scope)],
        alt=f"{finding}. {forecast_words.of_page(found, today)}.",
        scale=Scale.over([0, top], zero=True) if min(past) <= top / 2 else Scale.over([min(past), top], zero=False),
        notes=_notes(found, days, top, today),
        width=792,
        height=260,
    )
    rows = tuple(
        (step["date"], *(round(min(done + step[level], top)) for level in ("p95", "p85", "p50"))) for step in fan
    )
    return Figure(
        "burn-up",
        finding,
        f"Items finished; bands hold 7 and 9 of 10 futures; dashed: all there is to do{grows}",
        drawing,
        ("Week to", "95 in 100 at least", "85 in 100 at least", "Likely"),
        rows,
    )


def options(parts: Sequence[Part], today: date) -> Figure | None:
    """Each option under way, fading as it grows less sure."""
    known = [(part, part.dates) for part in parts if part.dates is not None]
    if not known:
        return None
    bars = [
        Bar(part.option.title, f"{part.done} of {plural(part.done + part.open, 'item')} done", today, *dates)
        for part, dates in known
    ]  # fmt: skip
    end = max(bar.p85 for bar in bars) + MARGIN
    alt = "; ".join(f"{bar.name}, {forecast_words.likely(bar.p50, today)}" for bar in bars) + "."
    until = max(end, today + timedelta(days=60))
    rows = tuple((part.option.title, part.open, *(day.isoformat() for day in dates)) for part, dates in known)
    return Figure(
        "options",
        "By option",
        "A bar fades at one chance in ten, at evens, at 85 and at 95 in a hundred of being done",
        marks.timeline([("", bars)], today, until, width=792, alt=alt),
        ("Option", "Open items", "1 in 10", "Likely", "85 in 100", "95 in 100"),
        rows,
        narrow=marks.narrow_timeline([("", bars)], today, until, alt=alt),
    )


def _months(days: Sequence[date]) -> list[tuple[int, str]]:
    """The first week of each month, and not so many that they run into each other."""
    firsts = [i for i, day in enumerate(days) if i and day.month != days[i - 1].month]
    every = max(1, -(-len(firsts) // 9))
    return [(i, f"{days[i]:%b} ’{days[i]:%y}" if days[i].month == 1 else f"{days[i]:%b}") for i in firsts[::every]]


def _notes(found: Forecast, days: Sequence[date], top: float, today: date) -> list[tuple[int, float, str]]:
    """The likely date hung from the line."""
    study: Any = found.study
    if study.p50 is None or study.p50 not in days:
        return []
    return [(days.index(study.p50), top * 0.45, forecast_words.likely(study.p50, today))]
