"""What can be brought in. Each part of the product declares its own kinds; the machinery knows none of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import models

from clearspan.core.actor import Actor
from clearspan.core.imports.readers.gathered import Spread
from clearspan.core.imports.values import Question, Type

if TYPE_CHECKING:
    from clearspan.core.imports.staging import Staging
    from clearspan.core.models import Import

Chosen = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """Something a column can be. `synonyms` are plain names (see columns) under which systems write it."""

    name: str
    label: str
    type: Type
    help: str = ""
    required: bool = False
    synonyms: str = ""  # separated by spaces, the likeliest first
    by_content: bool = False  # may be told from a column's cells when no name says it
    many: bool = False  # several columns may be it: a row has a list then, an entry a column, for `complete` to settle


@dataclass(frozen=True)
class Option:
    """Something asked once for the whole file. `choices` answers (value, words) for who may choose what."""

    name: str
    label: str
    help: str = ""
    required: bool = False
    choices: Callable[[Actor], Sequence[tuple[str, str]]] | None = None
    suggests: Callable[[Actor], Sequence[str]] | None = None  # known answers, where others may be given too
    default: str = ""


@dataclass(frozen=True)
class Export:
    """A known system's export: the columns that give it away, and what its columns are.

    Some systems name columns after what the company has: `dated` is the field that every other column of dates is, as
    far as they stand together. For the export to be recognised there must be two, one of them by a name that says
    nothing here. `unless`: names of columns of which one says that it may be something else, where no kind was chosen.
    """

    system: str
    signature: frozenset[str]
    columns: Mapping[str, str]  # plain name of the column to field
    options: Mapping[str, str] = field(default_factory=dict)
    dated: str = ""
    unless: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Brought:
    """A table an import adds rows to (`brought_by` says which), and rows of another that come and go with them."""

    model: type[models.Model]
    parts: tuple[tuple[type[models.Model], str, models.Q], ...] = ()  # (model, its way back, untouched since)


class Kind(ABC):
    """One kind of import: what its columns may be, what is asked once, and how staged rows become rows of tables."""

    name: str
    label: str
    words: tuple[str, str]  # one, many
    about: str  # one sentence: what such a file holds
    order: int = 9  # among the kinds, where they are listed
    fields: tuple[Field, ...]
    derived: Mapping[str, str] = {}  # what `complete` fills beside the fields: its name and type in the database
    options: tuple[Option, ...] = ()
    exports: tuple[Export, ...] = ()
    ignored: Mapping[str, str] = {}  # plain names of columns that are left out on purpose, and why
    nested: tuple[str, ...] = ()  # lists inside JSON objects, by names with dots, whose entries are rows too
    telling: frozenset[str] = frozenset()  # fields of which two give the kind away, where none is required
    brings: tuple[Brought, ...] = ()  # in the order in which they can be taken back

    @abstractmethod
    def may(self, actor: Actor, chosen: Chosen) -> bool:
        """Whether the actor may bring such rows in, with these choices."""

    @abstractmethod
    def choose(self, actor: Actor, options: Mapping[str, str]) -> Chosen:
        """The options as rows and values; what the actor may not see does not exist. Raises Invalid."""

    def spread(
        self, header: Sequence[str], sample: Sequence[Sequence[str]], options: Mapping[str, str]
    ) -> Spread | None:
        """How a file is gathered whose columns are values of a field (a column a month); None for any other."""
        return None

    def ask(self, chosen: Chosen, mapped: set[str]) -> Sequence[Question]:
        """What must be answered before a file with these fields can come in."""
        return ()

    def advise(self, chosen: Chosen, mapped: set[str]) -> Sequence[str]:
        """What is worth knowing before a file with these fields comes in."""
        return ()

    def complete(self, values: dict[str, Any]) -> None:  # noqa: B027 most kinds have nothing to fill
        """Fills what follows from the other fields of a row. Raises ValueError(column's label, found, expected)."""

    @abstractmethod
    def plan(self, staging: Staging) -> None:
        """Finds what the staged rows refer to, reports faults, and counts what would come. Writes no lasting row."""

    @abstractmethod
    def write(self, staging: Staging) -> None:
        """Writes the rows of the plan."""

    def let_go(self, file: Import) -> int:
        """Takes back what came of the file by itself, before its rows are; how many rows that were."""
        return 0

    def field(self, name: str) -> Field | None:
        return next((one for one in self.fields if one.name == name), None)

    def option(self, name: str) -> Option | None:
        return next((one for one in self.options if one.name == name), None)


registry: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Makes a kind known, under its name."""
    assert kind.name not in registry, f"two kinds of import are called {kind.name}"
    registry[kind.name] = kind
    for name in sorted(registry, key=lambda name: registry[name].order):
        registry[name] = registry.pop(name)  # listed everywhere in this order
    return kind
