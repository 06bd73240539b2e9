"""What step 2 shows: each column with its first cells and what it is taken for, what is asked, and what would come."""

from __future__ import annotations

from dataclasses import dataclass, field

from clearspan.core.actions import Invalid
from clearspan.core.actor import Actor
from clearspan.core.imports import running
from clearspan.core.imports.faults import Unreadable
from clearspan.core.imports.kinds import Kind
from clearspan.core.imports.readers import Table
from clearspan.core.imports.readers.table import SAMPLE
from clearspan.core.imports.staging import Staging, questions
from clearspan.core.models import Import

_SHOWN = 3  # cells of a column


@dataclass(frozen=True)
class ColumnSight:
    """One column: its name in the form, its first cells, the field it is taken for."""

    name: str
    post: str
    cells: list[str]
    field: str


@dataclass(frozen=True)
class Asked:
    """Something asked once for the file."""

    post: str
    label: str
    help: str
    value: str
    choices: list[tuple[str, str]] | None = None
    suggestions: list[str] | None = None
    required: bool = False


@dataclass
class Sight:
    """All of step 2. `staging` is the dry run: None when an answer is missing. `whole`: all rows were looked at."""

    kind: Kind | None = None
    columns: list[ColumnSight] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    reads: list[tuple[str, list[Asked]]] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    staging: Staging | None = None
    whole: bool = True
    unreadable: str = ""

    @property
    def understood(self) -> int:
        return sum(bool(column.field) for column in self.columns)

    @property
    def extent(self) -> str:
        return "" if self.whole else f"Of the first {SAMPLE:,} rows; all are read when it comes in"

    @property
    def made(self) -> str:
        return running.made_in_words(self.staging.made) if self.staging else ""


def sight_of(actor: Actor, file: Import) -> Sight:
    """Step 2 of an import. A small file is rehearsed whole, of a large one the first rows."""
    sight = Sight(whole=file.size <= running.REHEARSED_BYTES)
    try:
        kind, table = running.kind_of(file), running.table_of(file)
        sight.kind = kind
        sight.columns = _columns(table, file)
        sight.asked = _asked(actor, kind, table, file)
        sight.advice = list(kind.advise(kind.choose(actor, file.options), set(file.mapping.values())))
        first = None if sight.whole else SAMPLE
        sight.staging = running.bring_in(actor, file, dry=True, first=first)
        sight.reads = _reads(kind, file, sight.staging)
    except Unreadable as error:
        sight.unreadable = str(error)
    except Invalid as invalid:
        sight.missing = dict(invalid.faults)
    return sight


def _columns(table: Table, file: Import) -> list[ColumnSight]:
    sample = table.sample()
    shown = []
    for at, name in enumerate(table.header):
        cells = dict.fromkeys(row[at] for row in sample if row[at])
        shown.append(ColumnSight(name, f"column:{at}", list(cells)[:_SHOWN], file.mapping.get(name, "")))
    return shown


def _asked(actor: Actor, kind: Kind, table: Table, file: Import) -> list[Asked]:
    asked = []
    for option in kind.options:
        choices = [("", "—"), *option.choices(actor)] if option.choices else None
        suggestions = list(option.suggests(actor)) if option.suggests else None
        asked.append(
            Asked(f"option:{option.name}", option.label, option.help, file.options.get(option.name, ""), choices,
                  suggestions, option.required)
        )  # fmt: skip
    for question in questions(kind, table, file.mapping, file.options):
        choices = [("", "—"), *question.choices]
        asked.append(
            Asked(f"option:{question.name}", "Order of day and month", question.words,
                  file.options.get(question.name, ""), choices, required=True)
        )  # fmt: skip
    return asked


def _reads(kind: Kind, file: Import, staging: Staging) -> list[tuple[str, list[Asked]]]:
    """Words of a column that name nothing here yet, each with a place to say what it means."""
    shown = []
    for name, words in staging.strange.items():
        wanted, said = kind.field(name), f"read:{name}:"
        if wanted is None:
            continue
        boxes = [
            Asked(f"option:{key}", key.removeprefix(said), "as you said", meant)
            for key, meant in file.options.items()
            if key.startswith(said)
        ]
        boxes += [
            Asked(f"option:{said}{word}", word, f"{count:,} {'row' if count == 1 else 'rows'}", "")
            for word, count in words[:30]
        ]
        if boxes:
            shown.append((wanted.label, boxes))
    return shown
