"""Rows of a file on their way: read, checked, and staged in a table of the transaction's own with their values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, cast

from django.db import connection, models

from clearspan.core.actions import Invalid
from clearspan.core.actor import Actor
from clearspan.core.imports import dates
from clearspan.core.imports.faults import SHOWN, Fault, quoted
from clearspan.core.imports.kinds import Chosen, Field, Kind
from clearspan.core.imports.readers import Table
from clearspan.core.imports.values import NOTHING, Day, Moment, Open, Question, Read, Text
from clearspan.core.models import Import

Progress = Callable[[float, str], None]
MANY = 5_000  # rows from which a table is looked at again before it is asked


@dataclass(frozen=True)
class Column:
    """A column of the file, the field it feeds, and how its cells are read."""

    at: int
    name: str
    field: Field
    read: Read


@dataclass
class Staging:
    """One run of an import, real or dry: where its rows are staged, what was found, and what comes of it."""

    file: Import
    kind: Kind
    chosen: Chosen
    actor: Actor
    update: bool = False
    first: int | None = None  # rows to look at; None: all
    progress: Progress = lambda share, words: None
    fields: tuple[str, ...] = ()  # staged, in the order of the table
    mapped: frozenset[str] = frozenset()  # fields that a column or an answer gives
    rows: int = 0
    file_rows: int = 0  # of the file: a row of a wide file is several here
    totals: int = 0  # of these: rows that add others up, which a kind may hold its rows against
    faults: list[Fault] = field(default_factory=list)
    faulty: int = 0
    added: int = 0
    known: int = 0
    differing: int = 0  # of the known ones
    updated: int = 0
    made: dict[str, int] = field(default_factory=dict)  # what else comes: {"accounts": 12}
    strange: dict[str, list[tuple[str, int]]] = field(default_factory=dict)  # field to (word that is new here, rows)
    brought: dict[str, list[int]] = field(
        default_factory=dict
    )  # table to rows, of tables that do not name their import
    planned: Any = None  # what a kind's plan hands to its write, beside temporary tables
    notes: list[str] = field(default_factory=list)

    def fault(self, fault: Fault) -> None:
        """Counts a faulty row, and keeps the first."""
        self.faulty += 1
        if len(self.faults) < SHOWN:
            self.faults.append(fault)

    def column_of(self, name: str) -> str:
        """The file's own name for a field."""
        return next((column for column, wanted in self.file.mapping.items() if wanted == name), name)

    def execute(self, statement: str, values: Mapping[str, Any] | None = None) -> int:
        """Runs one statement; the number of its rows."""
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return int(cursor.rowcount)

    def look_again(self, model: type[models.Model], rows: int) -> None:
        """Lets the planner see a table that has just changed much: else it checks each reference by a poor way."""
        if rows >= MANY:
            self.execute(f'ANALYZE "{model._meta.db_table}"')

    def query(self, statement: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return list(cursor.fetchall())

    def refuse(self, name: str, where: str, expected: str, values: Mapping[str, Any] | None = None) -> None:
        """Takes the staged rows `s` that match `where` out again: they are faulty in the field `name`."""
        self.execute(
            f"CREATE TEMP TABLE refused ON COMMIT DROP AS SELECT s.row, s.{name} AS found FROM staged s WHERE {where}",  # noqa: S608 both are words of a kind's own code
            values,
        )
        for row, found in self.query("SELECT row, found::text FROM refused ORDER BY row LIMIT %(n)s", {"n": SHOWN}):
            self.faults.append(Fault(row, self.column_of(name), quoted(found) if found else "an empty cell", expected))
        self.faulty += self.execute("DELETE FROM staged s USING refused r WHERE s.row = r.row")
        self.execute("DROP TABLE refused")
        self.faults = sorted(self.faults, key=lambda fault: fault.row)[:SHOWN]

    def batches(self, size: int, shares: tuple[float, float], words: str) -> Iterator[tuple[int, int]]:
        """Ranges [from, to) of staged row numbers, telling the progress from one share to another."""
        (last,) = self.query("SELECT coalesce(max(row), 0) FROM staged")[0]
        low, high = shares
        for start in range(0, last + 1, size):
            self.progress(low + (high - low) * start / (last + 1), words)
            yield start, start + size

    def stage(self, table: Table) -> None:
        """Reads the whole file into the table of staged rows. Faults are gathered; Unreadable ends it."""
        columns = settle(self.kind, table, self.file.mapping, self.file.options)
        constants = _constants(self.kind, self.file)
        self.mapped = frozenset({column.field.name for column in columns} | set(constants))
        missing = [one.label for one in self.kind.fields if one.required and one.name not in self.mapped]
        if missing:
            labels = " or ".join(f"“{label}”" for label in missing)
            raise Invalid({"mapping": f"no column is matched to {labels}; match one, or give one value for all rows"})
        stored = {one.name: f"{one.type.sql}{'[]' * one.many}" for one in self.kind.fields} | dict(self.kind.derived)
        self.fields = tuple(stored)
        kinds = ", ".join(f"{name} {sql}" for name, sql in stored.items())
        # No temporary table: those PostgreSQL reads with one process only. Nobody else ever sees this one: it is made
        # and dropped in one transaction, and imports come one at a time.
        self.execute("DROP TABLE IF EXISTS staged")
        self.execute(f"CREATE UNLOGGED TABLE staged (row integer, {kinds})")
        with connection.cursor() as cursor, cursor.cursor.copy("COPY staged FROM STDIN") as copy:
            write, names = copy.write_row, self.fields
            for number, values in self._values(table, columns, constants):
                write((number, *map(values.get, names)))
        self.file_rows = self.rows if table.counted is None else table.counted
        self.execute("CREATE INDEX ON staged (row)")
        self.execute("ANALYZE staged")

    def clear(self) -> None:
        """Takes the staged rows away, once they are written."""
        self.execute("DROP TABLE staged")

    def _values(
        self, table: Table, columns: list[Column], constants: dict[str, Any]
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        required = [one for one in self.kind.fields if one.required]
        for number, cells in islice(table.rows(), self.first):
            self.rows += 1
            if not self.rows % 5_000:
                self.progress(0.3 * table.share(), f"{self.rows:,} rows read")
            if isinstance(cells, Fault):
                self.fault(cells)
                continue
            values = {name: list(value) if isinstance(value, list) else value for name, value in constants.items()}
            try:
                for column in columns:
                    cell = cells[column.at]
                    if column.field.many:
                        values.setdefault(column.field.name, []).append(column.read(cell) if cell else None)
                    elif cell:
                        values[column.field.name] = column.read(cell)
            except ValueError as error:
                self.fault(Fault(number, column.name, quoted(cell), str(error)))
                continue
            for one in required:
                if values.get(one.name) is None:
                    self.fault(Fault(number, self.column_of(one.name), "an empty cell", one.type.words))
                    break
            else:
                try:
                    self.kind.complete(values)
                except ValueError as error:
                    self.fault(Fault(number, *error.args))
                    continue
                yield number, values


def settle(kind: Kind, table: Table, mapping: Mapping[str, str], answers: Mapping[str, str]) -> list[Column]:
    """How each mapped column is read. Raises Invalid with the first question that only a person can answer."""
    columns = []
    for at, column, wanted, read in _readers(kind, table, mapping, answers):
        if isinstance(read, Open):
            raise Invalid({read.question.name: f"column “{column}”: {read.question.words}"})
        columns.append(Column(at, column, wanted, read))
    return columns


def questions(kind: Kind, table: Table, mapping: Mapping[str, str], answers: Mapping[str, str]) -> list[Question]:
    """What the cells of the file leave open, each once, answered or not."""
    found: dict[str, Question] = {}
    for _, column, _, read in _readers(kind, table, mapping, {**answers, "dates": ""}):
        if isinstance(read, Open):
            words = f"Column “{column}”: {read.question.words}."
            found.setdefault(read.question.name, Question(read.question.name, words, read.question.choices))
    return list(found.values())


def _readers(
    kind: Kind, table: Table, mapping: Mapping[str, str], answers: Mapping[str, str]
) -> list[tuple[int, str, Field, Read | Open]]:
    """(place, column, field, its reader or what it leaves open) of each mapped column.

    The order of day and month is the file's: a column of dates that leaves it open takes it from one that does not.
    """
    sample = table.sample()
    wanted = [
        (table.header.index(column), column, one)
        for column, name in mapping.items()
        if (one := kind.field(name)) is not None and column in table.header
    ]
    wanted.sort(key=lambda found: found[0])  # of several that are one field, the order says something
    dated = [at for at, _, one in wanted if isinstance(one.type, Day | Moment)]
    orders = {dates.order_of(row[at] for row in sample) for at in dated} & {dates.DAY_FIRST, dates.MONTH_FIRST}
    shown = {**answers, "dates": next(iter(orders)) or ""} if len(orders) == 1 else answers
    found: list[tuple[int, str, Field, Read | Open]] = []
    for at, column, one in wanted:
        try:
            found.append((at, column, one, _settled(one, table, at, sample, answers)))
        except Open as still:
            try:
                found.append((at, column, one, _settled(one, table, at, sample, shown)))
            except Open:
                found.append((at, column, one, still))
    return found


def _settled(wanted: Field, table: Table, at: int, sample: list[list[str]], answers: Mapping[str, str]) -> Read:
    """The reader for a column; all of it is asked where the sample is not enough. Empty words are nothing."""
    skip = not isinstance(wanted.type, Text)
    cells = [row[at] for row in sample if row[at] and not (skip and row[at].lower() in NOTHING)]
    try:
        read = wanted.type.settle(cells, answers)
    except Open:
        read = wanted.type.settle((cell for cell in table.column(at) if cell.lower() not in NOTHING), answers)
    if skip:
        return lambda cell: None if cell.lower() in NOTHING else read(cell)
    meant = {key.removeprefix(f"read:{wanted.name}:").lower(): value for key, value in answers.items()
             if key.startswith(f"read:{wanted.name}:")}  # fmt: skip
    return (lambda cell: read(meant.get(cell.lower(), cell))) if meant else read


def _constants(kind: Kind, file: Import) -> dict[str, Any]:
    """Fields that are the same for every row, as said once for the file."""
    constants = {}
    for one in kind.fields:
        given = cast("str", file.options.get(f"all:{one.name}", ""))
        if given:
            try:
                read = one.type.settle([given], file.options)(given)
                constants[one.name] = [read] if one.many else read
            except (ValueError, Open) as error:
                raise Invalid({one.name: f"found “{given}”, expected {error}"}) from None
    return constants
