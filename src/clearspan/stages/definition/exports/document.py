"""A definition as a document."""

from __future__ import annotations

from clearspan.stages.definition.content import POSITIONING, TEXTS, Clause
from clearspan.stages.definition.exports.subject import Subject
from clearspan.ui.numbers import number
from clearspan.ui.pdf import Document, Entry, Part

PLAIN = [name for name in TEXTS if name not in POSITIONING]


def of(subject: Subject) -> Document:
    """Problem, outcome and its measure, requirements with their grounds, positioning."""
    definition, content = subject.definition, subject.content
    parts = [
        Part(TEXTS["problem"], content.problem),
        Part(TEXTS["outcome"], content.outcome, _measure(subject)),
        Part("Requirements", entries=tuple(map(_entry, content.requirements))),
        Part(TEXTS["left_out"], content.left_out),
        *(Part(TEXTS[name], getattr(content, name)) for name in POSITIONING),
    ]
    kick = (str(definition.product), definition.ref, subject.which)
    if subject.version:
        kick = (*kick, f"{subject.version.created_at:%-d %B %Y}")
    return Document(
        title=f"{content.title}, {subject.which}", kick=kick, answer=f"{subject.answer}.", lede=subject.standing,
        stations=subject.stations, parts=tuple(part for part in parts if part.text or part.pairs or part.entries),
        foot=f"{definition.product} · {content.title} · {definition.ref}, {subject.which}",
    )  # fmt: skip


def _measure(subject: Subject) -> tuple[tuple[str, str], ...]:
    content = subject.content
    if not content.measure:
        return ()
    levels = (("Today", content.baseline), ("Target", content.target))
    numbers = [(name, f"{number(value, 4)} {content.unit}".strip()) for name, value in levels if value is not None]
    by = [("By", f"{content.measured_by:%-d %B %Y}")] if content.measured_by else []
    return (("Measure", content.measure), *numbers, *by)


def _entry(clause: Clause) -> Entry:
    return Entry(
        kick=f"{clause.ref} · {clause.weight}", title=clause.title, text=clause.text, points=clause.criteria,
        points_are="Accepted when", foot=clause.why, warns=not clause.grounds,
    )  # fmt: skip
