"""A definition as a value: what a version keeps, what two versions are compared by, what documents are made from.

What it stands on is named without people's own words: a version is kept for ever, and those must stay erasable.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from clearspan.stages.definition.models import Definition, DefinitionVersion, Ground, Requirement
from clearspan.stages.evidence.models import Feedback, Intelligence
from clearspan.stages.opportunities.models import Opportunity, Verdict
from clearspan.ui.numbers import frequency, number, plural

TEXTS = {
    "problem": "Problem",
    "outcome": "Outcome",
    "left_out": "What it is not",
    "audience": "For whom",
    "alternative": "Against what",
    "difference": "Why different and better",
    "proof": "What shows it",
}
POSITIONING = ("audience", "alternative", "difference", "proof")


@dataclass(frozen=True)
class Stone:
    """One thing that a requirement stands on. `says` is the evidence in half a sentence, as it was known then."""

    ref: str
    title: str = field(compare=False)
    says: str = field(compare=False)
    note: str = ""

    def __str__(self) -> str:
        said = ", ".join(part for part in (f"{self.title} ({self.ref})", self.says) if part)
        return f"{said}: {self.note}" if self.note else said


@dataclass(frozen=True)
class Clause:
    """A requirement as it stood."""

    ref: str
    title: str
    text: str
    weight: str
    criteria: tuple[str, ...]
    grounds: tuple[Stone, ...]

    @property
    def why(self) -> str:
        """The reason for it in a sentence."""
        if not self.grounds:
            return "No evidence is named for it."
        return f"It stands on {'; '.join(map(str, self.grounds))}."


@dataclass(frozen=True)
class Content:
    """All of a definition. Equal when nothing that people wrote differs; what studies say meanwhile does not count."""

    title: str = ""
    problem: str = ""
    outcome: str = ""
    left_out: str = ""
    measure: str = ""
    unit: str = ""
    baseline: float | None = None
    target: float | None = None
    measured_by: date | None = None
    audience: str = ""
    alternative: str = ""
    difference: str = ""
    proof: str = ""
    requirements: tuple[Clause, ...] = ()

    @property
    def ungrounded(self) -> list[Clause]:
        return [clause for clause in self.requirements if not clause.grounds]

    @property
    def measured(self) -> str:
        """The measure in a sentence: "Berths found at once: from 12 to 60 in 100, by 31 December 2026"."""
        if not self.measure:
            return ""
        levels = {"from": self.baseline, "to": self.target}
        words = " ".join(f"{way} {number(level, 4)}" for way, level in levels.items() if level is not None)
        words = " ".join(
            part for part in (words, self.unit if words else f"in {self.unit}" if self.unit else "") if part
        )
        by = f"by {self.measured_by:%-d %B %Y}" if self.measured_by else ""
        rest = ", ".join(part for part in (words, by) if part)
        return f"{self.measure}: {rest}" if rest else self.measure

    def texts(self) -> Iterator[tuple[str, str, str]]:
        """(name, label, Markdown) of the texts that say something."""
        return ((name, label, getattr(self, name)) for name, label in TEXTS.items() if getattr(self, name))

    def to_json(self) -> dict[str, Any]:
        """As a version keeps it."""
        plain = dataclasses.asdict(self)
        return plain | {"measured_by": self.measured_by.isoformat() if self.measured_by else None}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Content:
        """Reads what `to_json` wrote; what an older version did not have is empty."""
        names = {one.name for one in dataclasses.fields(cls)}
        plain = {name: value for name, value in kept.items() if name in names}
        day = plain.get("measured_by")
        return cls(
            **plain
            | {
                "measured_by": date.fromisoformat(day) if day else None,
                "requirements": tuple(map(_clause_from, plain.get("requirements", ()))),
            }
        )


def read(definition: Definition) -> Content:
    """The working copy: two queries, however much it has."""
    rows = definition.requirements.filter(is_dropped=False).order_by("position", "pk")
    return assembled(definition, rows, grounds_of(definition))


def assembled(definition: Definition, rows: Iterable[Requirement], grounds: Iterable[Ground]) -> Content:
    """The working copy, of its requirements in their order and all that they stand on."""
    named = [one.name for one in dataclasses.fields(Content) if one.name != "requirements"]
    stones: dict[int, list[Stone]] = {}
    for ground in grounds:
        stones.setdefault(ground.requirement_id, []).append(stone(ground))
    return Content(
        **{name: getattr(definition, name) for name in named},
        requirements=tuple(_clause(row, stones.get(row.pk, [])) for row in rows),
    )


def of_version(version: DefinitionVersion) -> Content:
    return Content.from_json(version.content)


def grounds_of(definition: Definition) -> list[Ground]:
    """What its requirements stand on, with all that is said of each: one query."""
    rows = Ground.objects.filter(requirement__definition=definition)
    return list(rows.select_related("opportunity__verdict", "feedback__account", "intelligence").order_by("pk"))


def stone(ground: Ground) -> Stone:
    on = ground.on
    return Stone(on.ref, title_of(on), says_of(on), ground.note)


def title_of(on: Opportunity | Feedback | Intelligence) -> str:
    """What it is called in a document."""
    if isinstance(on, Feedback):
        return f"What {on.account or 'somebody'} said"
    return f"“{on.title}”"


def says_of(on: Opportunity | Feedback | Intelligence) -> str:
    """The evidence in half a sentence."""
    if isinstance(on, Feedback):
        return f"{on.get_channel_display()}, {on.said_at:%-d %b %Y}"
    if isinstance(on, Intelligence):
        return f"{on.source}, {on.seen_on:%-d %b %Y}"
    if on.state == Opportunity.State.CLOSED:
        return "a need that was put away"
    verdict = getattr(on, "verdict", None)
    return verdict_words(verdict) if verdict is not None else "a need that no study has looked at yet"


def verdict_words(verdict: Verdict) -> str:
    """ "a market need: 4 of 12 accounts heard ask for it, and likely 1 in 3 of the market have it"."""
    kind = verdict.get_kind_display().lower()
    kind = {"too little evidence": "with too little evidence so far", "one customer": "one customer’s need"}.get(
        kind, f"a {kind}"
    )
    asking = f"{verdict.asking} of {plural(verdict.heard, 'account')} heard {'asks' if verdict.asking == 1 else 'ask'}"
    return f"{kind}: {asking} for it, and likely {frequency(verdict.share)} of the market have it"


def _clause(row: Requirement, stones: list[Stone]) -> Clause:
    return Clause(row.ref, row.title, row.text, row.weight, tuple(row.criteria), tuple(stones))


def _clause_from(kept: Mapping[str, Any]) -> Clause:
    stones = tuple(
        Stone(one["ref"], one.get("title", ""), one.get("says", ""), one.get("note", ""))
        for one in kept.get("grounds", ())
    )
    return Clause(
        kept["ref"], kept["title"], kept.get("text", ""), kept.get("weight", "must"),
        tuple(kept.get("criteria", ())), stones,
    )  # fmt: skip
