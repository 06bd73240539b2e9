"""Does an import: reads, checks, and writes all of it or nothing, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from clearspan.core.actions import Invalid, current_event
from clearspan.core.actor import Actor
from clearspan.core.imports import files, progress
from clearspan.core.imports.faults import Unreadable
from clearspan.core.imports.kinds import Kind, registry
from clearspan.core.imports.readers import Table, open_table
from clearspan.core.imports.readers.gathered import Gathered
from clearspan.core.imports.staging import Staging
from clearspan.core.models import Import

INLINE_BYTES = 1_000_000  # a file up to this size is brought in at once; a larger one by the worker
INLINE_ROWS = 20_000  # and up to so many rows are taken back at once
REHEARSED_BYTES = 5_000_000  # a file up to this size is looked at whole before; of a larger one the first rows
_ONE_AT_A_TIME = 0x_1_0AD  # two imports that made the same account would make it twice


def kind_of(file: Import) -> Kind:
    """The kind of the import. Raises Invalid for one that no part declares."""
    if file.kind not in registry:
        raise Invalid({"kind": f"there is no kind “{file.kind}”; there are {', '.join(registry)}"})
    return registry[file.kind]


def table_of(file: Import) -> Table:
    """The rows of its file. Raises Unreadable."""
    path = files.path_of(file.digest)
    if not path.exists():
        raise Unreadable("The file is no longer kept here. Send it again.")
    kind = registry.get(file.kind)
    table = open_table(path, file.options, kind.nested if kind else ())
    spread = kind.spread(table.header, table.sample(), file.options) if kind else None
    return table if spread is None else Gathered(table, spread)


def is_large(file: Import) -> bool:
    return file.size > INLINE_BYTES


def is_free() -> bool:
    """Whether no other import is at work; if so, none can begin before this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        return bool(cursor.fetchone()[0])


def bring_in(
    actor: Actor,
    file: Import,
    *,
    skip_faulty: bool = False,
    update: bool = False,
    dry: bool = False,
    first: int | None = None,
) -> Staging:
    """Brings the file in, unless a row is faulty (`skip_faulty` leaves those out) or `dry` only wants to know.

    `first` looks at so many rows only, for a dry look at a large file.

    Everything is written in one transaction, which the caller may make a part of its own. Raises Invalid when a
    question is open or a choice is missing, Unreadable when the file cannot be read.
    """
    kind = kind_of(file)
    chosen = kind.choose(actor, file.options)
    assert dry or first is None, "a file is brought in whole"
    staging = Staging(file, kind, chosen, actor, update=update, first=first)
    if (listener := progress.current()) is not None:
        staging.progress = listener
    with transaction.atomic():
        staging.execute("SELECT pg_advisory_xact_lock(%(key)s)", {"key": _ONE_AT_A_TIME})
        staging.execute("SET LOCAL work_mem = '64MB'")
        staging.execute("SET LOCAL jit = off")  # a batch is short: compiling its statement costs more than it gives
        staging.stage(table_of(file))
        staging.progress(0.3, "looking for what is here already")
        kind.plan(staging)
        if dry or (staging.faulty and not skip_faulty):
            transaction.set_rollback(True)
            return staging
        staging.made = {}  # counted anew as it is made
        kind.write(staging)
        staging.clear()
        for brought in kind.brings:
            staging.look_again(brought.model, staging.added)
    return staging


def save(file: Import, staging: Staging, *, skip_faulty: bool) -> Import:
    """Keeps on the import what came of it."""
    refused = bool(staging.faulty) and not skip_faulty
    file.rows, file.faulty, file.faults = staging.rows, staging.faulty, [fault.as_json() for fault in staging.faults]
    file.added, file.known = (0, 0) if refused else (staging.added, staging.known)
    file.status = Import.Status.FAILED if refused else Import.Status.DONE
    file.words = refused_words(staging) if refused else outcome(staging, skip_faulty=skip_faulty)
    file.result = {"notes": staging.notes} if refused else _result(staging)
    return file


def _result(staging: Staging) -> dict[str, Any]:
    return {
        "event": current_event().pk,
        "notes": staging.notes,
        "made": staging.made,
        "rows": staging.brought,
        "differing": staging.differing,
        "updated": staging.updated,
    }


def outcome(staging: Staging, *, skip_faulty: bool = True) -> str:
    """What came, or would come, in one sentence: "3,772 pieces of evidence added, 12 were here already"."""
    one, many = staging.kind.words
    parts = [f"{counted(staging.added, one, many)} added"]
    if staging.known:
        parts.append(f"{staging.known:,} {'was' if staging.known == 1 else 'were'} here already")
    if staging.updated:
        parts.append(f"{staging.updated:,} of these updated")
    elif staging.differing:
        parts.append(f"{staging.differing:,} of these {'has' if staging.differing == 1 else 'have'} other values here")
    if staging.faulty and skip_faulty:
        parts.append(f"{counted(staging.faulty, 'faulty row', 'faulty rows')} left out")
    return ", ".join(parts)[:300]


def refused_words(staging: Staging) -> str:
    """Why nothing was brought in."""
    return (
        f"Nothing was brought in: {counted(staging.faulty, 'row', 'rows')} of {staging.rows:,} cannot be used as "
        f"{'it is' if staging.faulty == 1 else 'they are'}."
    )


def counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def made_in_words(made: Mapping[str, int]) -> str:
    """What is made beside the rows themselves: "12 accounts, 1 segment"."""
    return ", ".join(f"{number:,} {what.removesuffix('s') if number == 1 else what}" for what, number in made.items())


def options_in_words(kind: Kind, options: Mapping[str, str]) -> list[tuple[str, str]]:
    """(label, answer) of what was said once for the file."""
    return [(option.label, options[option.name]) for option in kind.options if options.get(option.name)]
