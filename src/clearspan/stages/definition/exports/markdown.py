"""A definition as Markdown."""

from __future__ import annotations

import re

from clearspan.stages.definition.content import POSITIONING, TEXTS, Clause
from clearspan.stages.definition.exports.subject import Subject
from clearspan.ui.markdown import PARSER

_SIGNS = re.compile(r"([\\`*_\[\]<>#|~])")


def of(subject: Subject) -> str:
    """The whole of it; people's own headings stand below its own."""
    content = subject.content
    head = [
        f"# {line(content.title)}",
        f"{subject.definition.product}, {subject.definition.ref}, {subject.which}. {subject.url}",
        f"{line(subject.answer)}. {line(subject.standing)}".strip(),
    ]
    parts = [
        _part(TEXTS["problem"], content.problem),
        _part(
            TEXTS["outcome"],
            content.outcome,
            f"How it is measured: {line(content.measured)}." if content.measured else "",
        ),
        "\n\n".join(["## Requirements", *map(_clause, content.requirements)]) if content.requirements else "",
        _part(TEXTS["left_out"], content.left_out),
        *(_part(TEXTS[name], getattr(content, name)) for name in POSITIONING),
    ]
    return "\n\n".join(part for part in (*head, *parts) if part) + "\n"


def line(words: str) -> str:
    """Words that are no Markdown, as Markdown on one line."""
    return _SIGNS.sub(r"\\\1", " ".join(words.split()))


def below(text: str, levels: int) -> str:
    """`text` with its headings that many levels further down."""
    lines = text.split("\n")
    for token in PARSER.parse(text):
        if token.type == "heading_open" and token.markup.startswith("#") and token.map and token.level == 0:
            deeper = "#" * min(6, len(token.markup) + levels)
            lines[token.map[0]] = re.sub(r"#+", deeper, lines[token.map[0]], count=1)
    return "\n".join(lines).strip()


def tasks(clause: Clause) -> str:
    """Its criteria as a task list."""
    return "\n".join(f"- [ ] {' '.join(one.split())}" for one in clause.criteria)


def _part(heading: str, text: str, more: str = "") -> str:
    said = "\n\n".join(part for part in (below(text, 2), more) if part)
    return f"## {heading}\n\n{said}" if said else ""


def _clause(clause: Clause) -> str:
    accepted = f"Accepted when:\n\n{tasks(clause)}" if clause.criteria else ""
    parts = (f"### {clause.ref} {line(clause.title)}", f"({clause.weight})", below(clause.text, 3), accepted,
             line(clause.why))  # fmt: skip
    return "\n\n".join(part for part in parts if part)
