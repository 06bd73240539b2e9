"""Documents as PDF: a head with the line, and parts of Markdown, facts and entries.

The template (ui/templates/ui/document.typ) never changes; what people wrote reaches it as values of one JSON object, so
that no word of theirs is read as markup or run. Faces are those that typst brings: it needs none of the machine's,
which only help out with scripts that those do not have.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import typst

from clearspan.ui.markdown_tree import tree
from clearspan.ui.shell import Station
from clearspan.ui.tokens import colours

TEMPLATE = Path(__file__).parent / "templates/ui/document.typ"
INKS = ("ink", "ink-2", "ink-3", "rule", "accent", "warn")


@dataclass(frozen=True)
class Entry:
    """One numbered thing of a part: a requirement, a commitment. `text` and `points` are Markdown."""

    kick: str
    title: str
    text: str = ""
    points: tuple[str, ...] = ()
    points_are: str = ""
    foot: str = ""
    warns: bool = False  # the foot says that something is missing


@dataclass(frozen=True)
class Part:
    """A section: its heading, Markdown, (name, value) pairs, entries."""

    heading: str
    text: str = ""
    pairs: tuple[tuple[str, str], ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Document:
    """What is printed. `kick` are short facts over the answer; `stations` the line at the head, or nothing."""

    title: str
    kick: tuple[str, ...]
    answer: str
    lede: str = ""
    stations: tuple[Station, ...] = ()
    parts: tuple[Part, ...] = ()
    foot: str = ""


def pdf(document: Document) -> bytes:
    """The document as a PDF on A4."""
    return _compile(document, "pdf")


def pictures(document: Document, points: float = 96) -> list[bytes]:
    """Its pages as PNG, `points` dots to the inch."""
    made = _compile(document, "png", points)
    return [made] if isinstance(made, bytes) else list(made)


def _compile(document: Document, kind: Literal["pdf", "png"], points: float = 96) -> Any:
    with TemporaryDirectory() as nothing:  # the one folder it could read, were it ever to ask for a file
        return typst.compile(
            TEMPLATE.read_bytes(),
            root=nothing,
            font_paths=_fonts(),
            sys_inputs={"document": json.dumps(_plain(document), ensure_ascii=False)},
            format=kind,
            ppi=points,
        )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)


def _plain(document: Document) -> dict[str, Any]:
    hexes = colours("light")
    return {
        "title": document.title, "kick": list(document.kick), "answer": document.answer, "lede": document.lede,
        "foot": document.foot, "inks": {name: hexes[name] for name in INKS},
        "stations": [{"name": one.name, "fact": one.short, "state": one.state} for one in document.stations],
        "parts": [_part(part) for part in document.parts],
    }  # fmt: skip


def _part(part: Part) -> dict[str, Any]:
    return {
        "heading": part.heading, "blocks": tree(part.text), "pairs": [list(pair) for pair in part.pairs],
        "entries": [_entry(entry) for entry in part.entries],
    }  # fmt: skip


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "kick": entry.kick, "title": entry.title, "blocks": tree(entry.text), "points": _points(entry.points),
        "points_are": entry.points_are, "foot": entry.foot, "warns": entry.warns,
    }  # fmt: skip


def _points(points: Sequence[str]) -> list[Any]:
    return [tree(point) for point in points]
