"""The pictures of the drift radar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clearspan.stages.development import drift_words
from clearspan.stages.development.queries.drift import RECENT, WEEKS, Decided, Radar
from clearspan.ui import marks
from clearspan.ui.figure import Figure
from clearspan.ui.marks import Scale
from clearspan.ui.numbers import percent

PARTS = (
    ("what was decided", "decided", "fill-half"),
    ("upkeep", "upkeep", "fill-rule"),
    ("not decided", "undecided", "fill-ghost"),
    ("no reason", "none", "fill-warn"),
)


def weeks(found: Radar) -> Figure | None:
    """Person-days a week by what they were for; None when there were none."""
    if not found.total:
        return None
    parts = [(words, getattr(found, name), cls) for words, name, cls in PARTS]
    shown = [part for part in parts if sum(part[1])]
    labels = [(i, f"{day:%b}") for i, day in enumerate(found.weeks) if i == 0 or day.month != found.weeks[i - 1].month]
    return Figure(
        "weeks",
        _finding(found),
        "Person-days a week: a working day of a person is shared by what they had in progress",
        marks.columns(labels[1:] if labels[1][0] < 3 else labels, shown, alt=_finding(found) + ".", width=792),
        ("Week from", *(words for words, _, _ in parts)),
        tuple((day.isoformat(), *(round(values[i], 1) for _, values, _ in parts)) for i, day in enumerate(found.weeks)),
    )


def rows(shown: Sequence[Decided]) -> list[tuple[Any, Any, str]]:
    """Decided options, each with its weeks as a line and how it stands in words."""
    return [
        (one, marks.spark(one.weeks, f"person-days a week, {WEEKS} weeks"), drift_words.of_decided(one))
        for one in shown
    ]


def share_scale(found: Radar) -> Scale:
    """One scale for what was given and what was got."""
    return Scale.shares([0, *(one.got for one in found.promised), *(one.given or 0 for one in found.promised)], about=3)


def _finding(found: Radar) -> str:
    recent = sum(sum(getattr(found, name)[-RECENT:]) for _, name, _ in PARTS)
    if not recent:
        return f"Nothing was worked on in the last {RECENT} weeks"
    return f"What was decided got {percent(sum(found.decided[-RECENT:]) / recent)} of the last {RECENT} weeks"
