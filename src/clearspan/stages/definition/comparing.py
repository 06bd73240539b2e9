"""What changed between two versions: words in and out, requirements added, dropped and changed, evidence lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from clearspan.stages.definition.content import TEXTS, Clause, Content, Stone
from clearspan.ui.numbers import number, plural

Kind = Literal["same", "in", "out"]
FACTS = {
    "title": "Title",
    "measure": "Measure",
    "unit": "Unit",
    "baseline": "Today",
    "target": "Target",
    "measured_by": "Measured by",
}


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, came in or went out."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Reworded:
    """A text or a fact that reads differently."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class ClauseChange:
    """What became of one requirement. `clause` is as it is now, or as it was when it is gone."""

    what: Literal["added", "dropped", "changed"]
    clause: Clause
    reworded: tuple[Reworded, ...] = ()
    criteria_in: tuple[str, ...] = ()
    criteria_out: tuple[str, ...] = ()
    grounds_in: tuple[Stone, ...] = ()
    grounds_out: tuple[Stone, ...] = ()

    @property
    def lost_its_evidence(self) -> bool:
        """It stood on something, and stands on nothing now."""
        return self.what == "changed" and bool(self.grounds_out) and not self.clause.grounds


@dataclass(frozen=True)
class Changes:
    """Everything that differs. `words` says it in a sentence."""

    texts: tuple[Reworded, ...]
    clauses: tuple[ClauseChange, ...]
    reordered: bool

    def __bool__(self) -> bool:
        return bool(self.texts or self.clauses or self.reordered)

    def of(self, what: str) -> list[ClauseChange]:
        return [change for change in self.clauses if change.what == what]

    @property
    def lost(self) -> list[ClauseChange]:
        return [change for change in self.clauses if change.lost_its_evidence]

    @property
    def words(self) -> str:
        """ "2 requirements changed, 1 came in, 1 was dropped; 1 lost its evidence; Problem reads differently"."""
        counted = [(len(self.of("changed")), "changed"), (len(self.of("added")), "came in")]
        counted.append((dropped := len(self.of("dropped")), "was dropped" if dropped == 1 else "were dropped"))
        named = [(n, verb) for n, verb in counted if n]
        parts = [", ".join([f"{plural(n, 'requirement') if not i else n} {verb}" for i, (n, verb) in enumerate(named)])]
        if self.lost:
            parts.append(f"{len(self.lost)} lost {'its' if len(self.lost) == 1 else 'their'} evidence")
        if self.texts:
            labels = [text.label for text in self.texts]
            some = labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} and {labels[-1]}"
            parts.append(f"{some} read{'s' if len(labels) == 1 else ''} differently")
        if self.reordered:
            parts.append("the order changed")
        said = "; ".join(part for part in parts if part)
        return said[:1].upper() + said[1:]


def compare(before: Content, after: Content) -> Changes:
    """What has to be done to `before` to have `after`."""
    facts = [(label, _plain(getattr(before, name)), _plain(getattr(after, name))) for name, label in FACTS.items()]
    texts = [(label, getattr(before, name), getattr(after, name)) for name, label in TEXTS.items()]
    return Changes(
        texts=tuple(_reworded([*facts[:1], *texts, *facts[1:]])),
        clauses=tuple(_clauses(before.requirements, after.requirements)),
        reordered=_reordered(before.requirements, after.requirements),
    )


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """The words of both, each once: what stayed, what went out, what came in, in the order of reading."""
    old, new = _words(before), _words(after)
    found: list[Piece] = []
    # With its default, the matcher passes over words that are everywhere: long texts take no long time.
    for way, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        runs: tuple[tuple[Kind, list[str]], ...] = (
            (("same", new[c:d]),) if way == "equal" else (("out", old[a:b]), ("in", new[c:d]))
        )
        found += [Piece(kind, "".join(run)) for kind, run in runs if run]
    return tuple(found)


def _clauses(before: Sequence[Clause], after: Sequence[Clause]) -> Iterator[ClauseChange]:
    """In the order of now; what is gone comes last."""
    was, now = {one.ref: one for one in before}, {one.ref: one for one in after}
    for ref, clause in now.items():
        if ref not in was:
            yield ClauseChange("added", clause)
        elif was[ref] != clause:
            yield _changed(was[ref], clause)
    yield from (ClauseChange("dropped", clause) for ref, clause in was.items() if ref not in now)


def _changed(was: Clause, now: Clause) -> ClauseChange:
    rows = [("Title", was.title, now.title), ("Text", was.text, now.text), ("Weight", was.weight, now.weight)]
    if sorted(was.criteria) == sorted(now.criteria):  # at most in another order
        rows.append(("Accepted when", "\n".join(was.criteria), "\n".join(now.criteria)))
    return ClauseChange(
        "changed", now, tuple(_reworded(rows)),
        tuple(one for one in now.criteria if one not in was.criteria),
        tuple(one for one in was.criteria if one not in now.criteria),
        tuple(one for one in now.grounds if one not in was.grounds),
        tuple(one for one in was.grounds if one not in now.grounds),
    )  # fmt: skip


def _reordered(before: Sequence[Clause], after: Sequence[Clause]) -> bool:
    """Whether those that are in both stand in another order."""
    both = {one.ref for one in before} & {one.ref for one in after}
    return [one.ref for one in before if one.ref in both] != [one.ref for one in after if one.ref in both]


def _reworded(rows: Sequence[tuple[str, str, str]]) -> Iterator[Reworded]:
    return (Reworded(label, pieces(was, now)) for label, was, now in rows if was != now)


def _words(text: str) -> list[str]:
    """Words with the space behind them; a line's end is a word of its own, so that a list keeps its lines."""
    return re.findall(r"\n|[^\S\n]*[^\s]+[^\S\n]*|[^\S\n]+", text)


def _plain(value: object) -> str:
    if value is None:
        return ""
    return number(value, 6) if isinstance(value, float) else str(value)
