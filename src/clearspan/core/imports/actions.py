"""What people do with imports. The rules are the kinds' own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from django.db import transaction
from django.utils import timezone
from pydantic import Field

from clearspan.core.actions import Invalid, action, without_keeping
from clearspan.core.actor import Actor
from clearspan.core.imports import columns, files, jobs, running, undoing
from clearspan.core.imports.faults import Unreadable
from clearspan.core.imports.kinds import Kind, registry
from clearspan.core.jobs import defer
from clearspan.core.models import Import

IN_PERSON = ("screen", "api", "mcp")  # where nobody waits for a large file: the worker brings it in


def may_begin(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Employees; what exactly one may bring in is the kind's own rule, asked when its choices are known."""
    return actor.is_employee


def may_go_on(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Who may bring in such rows with these choices; or, for one's own file, while the choices are not complete."""
    file: Import = given["file"]
    kind = running.kind_of(file)
    try:
        return kind.may(actor, kind.choose(actor, file.options))
    except Invalid:
        return actor.is_admin or (actor.person is not None and actor.person.pk == file.asked_by_id)


Mapped = Annotated[dict[str, str] | None, Field(description="Column of the file to field; “” leaves a column out.")]
Answers = Annotated[
    dict[str, str] | None,
    Field(
        description="Answers that hold for the whole file, such as product, segment or channel. “all:FIELD” is a field "
        "that is the same in every row; “read:FIELD:FOUND” says what a word of the file means."
    ),
]


@action(rule=may_begin, says="began to import {result}")
def start_import(
    actor: Actor,
    *,
    name: Annotated[str, Field(max_length=200, description="The file's name.")],
    kind: Annotated[
        str,
        Field(
            description="evidence, accounts, deals, segments, ideas, items ...; left out, it is told from the columns."
        ),
    ] = "",
    content: Annotated[
        str | None, Field(description="The file itself, when it is text.", max_length=20_000_000)
    ] = None,
    upload: Annotated[
        str, Field(max_length=64, description="The digest (SHA-256) of a file that was sent before.")
    ] = "",
    mapping: Mapped = None,
    options: Answers = None,
) -> Import:
    """Takes a file (CSV, XLSX or JSON) and says how its columns are understood. Brings nothing in yet."""
    if content is not None:
        upload = files.keep([content.encode()]).digest
    path = files.path_of(upload) if upload.isalnum() else None
    if path is None or not path.is_file():
        raise Invalid({"upload": "no such file was sent; give the file's content, or send it first"})
    if kind and kind not in registry:
        raise Invalid({"kind": f"there is no kind “{kind}”; there are {', '.join(registry)}"})
    file = Import(name=name, kind=kind, digest=upload, size=path.stat().st_size, asked_by=actor.person)
    file.options = {key: value for key, value in (options or {}).items() if value}
    _understand(file)
    if mapping:
        file.mapping = _matched(file, mapping)
    file.save()
    return file


@action(rule=may_go_on, says="said how {file} is to be read")
def match_columns(
    actor: Actor,
    *,
    file: Import,
    mapping: Mapped = None,
    options: Answers = None,
) -> Import:
    """Says what the columns of a file are, and answers what is asked once for all its rows."""
    if file.status not in (Import.Status.DRAFT, Import.Status.FAILED, Import.Status.UNDONE):
        raise Invalid({"file": f"this import is {file.get_status_display()}; its columns stand"})
    matched = _matched(file, mapping or {})
    changed = dict(options or {})
    _check_answers(running.kind_of(file), changed)
    file.mapping = matched
    file.options = {key: value for key, value in (file.options | changed).items() if value}
    file.status, file.faults, file.faulty, file.words = Import.Status.DRAFT, [], 0, ""
    file.save()
    return file


@action(rule=may_go_on, says="{result.name}: {result.words}", irreversible=True)
def run_import(
    actor: Actor,
    *,
    file: Import,
    skip_faulty: Annotated[bool, Field(description="Leave faulty rows out, instead of refusing the file.")] = False,
    update: Annotated[bool, Field(description="Give rows that are here already the values of the file.")] = False,
) -> Import:
    """Brings the file in: all of it or, when a row is faulty, nothing. A large file is brought in by the worker.

    Run again, it adds only what is not here yet. `undo_import` takes it back.
    """
    if file.status == Import.Status.DONE:
        raise Invalid({"file": "this was imported already; undo it first, or send the file again"})
    if actor.interface in IN_PERSON:
        if file.status in (Import.Status.WAITING, Import.Status.RUNNING):
            raise Invalid({"file": "this import is on its way already"})
        if running.is_large(file) or not running.is_free():
            return _queue(actor, file, {"skip_faulty": skip_faulty, "update": update}, "waits for the worker")
    try:
        staging = running.bring_in(actor, file, skip_faulty=skip_faulty, update=update)
    except Unreadable as error:
        return _unreadable(file, error)
    running.save(file, staging, skip_faulty=skip_faulty)
    file.finished_at = timezone.now()
    file.save()
    return file


@action(rule=may_go_on, says="took back {file}: {result.words}", irreversible=True)
def undo_import(actor: Actor, *, file: Import) -> Import:
    """Takes back what an import brought. What others have built on since is kept, and listed."""
    if actor.interface != "job":
        _expect_something(file)
    if actor.interface in IN_PERSON and file.added > running.INLINE_ROWS:
        return _queue(actor, file, {"undo": True}, "waits to be taken back")
    without_keeping()
    undone = undoing.take_back(file, running.kind_of(file))
    file.status, file.words = Import.Status.UNDONE, str(undone)
    file.result = file.result | {"kept": undone.listed, "kept_count": undone.kept}
    file.finished_at = timezone.now()
    file.save()
    return file


@action(rule=may_go_on, says="discarded the import of {file}")
def discard_import(actor: Actor, *, file: Import) -> None:
    """Forgets an import that brought nothing, or that was taken back. Its file is cleared away a day later."""
    if file.status in (Import.Status.DONE, Import.Status.WAITING, Import.Status.RUNNING):
        raise Invalid({"file": f"this import is {file.get_status_display()}; undo it first"})
    with transaction.atomic():
        Import.objects.filter(pk=file.pk).delete()


def _matched(file: Import, mapping: Mapping[str, str]) -> dict[str, str]:
    """The file's mapping with some columns said anew. Raises Invalid."""
    kind, table = running.kind_of(file), _table(file)
    said = dict(mapping)
    if strange := [column for column in said if column not in table.header]:
        raise Invalid({"mapping": f"there is no column “{strange[0]}”; there are {', '.join(table.header)}"})
    if strange := [field for field in said.values() if field and kind.field(field) is None]:
        names = ", ".join(one.name for one in kind.fields)
        raise Invalid({"mapping": f"{kind.name} has no field “{strange[0]}”; it has {names}"})
    taken = {name for name in said.values() if (one := kind.field(name)) is not None and not one.many}
    kept = {column: field for column, field in file.mapping.items() if column not in said and field not in taken}
    matched = kept | {column: field for column, field in said.items() if field}
    single = [name for name in matched.values() if (one := kind.field(name)) is None or not one.many]
    twice = [name for name in single if single.count(name) > 1]
    if twice:
        raise Invalid({"mapping": f"two columns are said to be “{twice[0]}”"})
    return matched


def _understand(file: Import) -> None:
    """Reads the header and the first rows of a new import's file and fills in what it is taken for. Raises Invalid."""
    table = _table(file)
    try:
        sample = table.sample()
    except Unreadable as error:
        raise Invalid({"file": str(error)}) from None
    kind = registry.get(file.kind) or columns.recognise(table.header, sample)
    if kind is None:
        raise Invalid(
            {"kind": f"it cannot be told from the columns whether these are {' or '.join(registry)}; say which"}
        )
    if not file.kind:
        file.kind = kind.name
        table = _table(file)  # a wide file is gathered as its kind says
        sample = table.sample()
    understood = columns.understand(kind, table.header, sample)
    if kind.option("product") is None:
        file.options.pop("product", None)  # offered before it was known what the file holds
    _check_answers(kind, file.options)
    file.mapping = understood.mapping
    defaults = {option.name: option.default for option in kind.options if option.default}
    file.options = defaults | understood.options | file.options
    file.result = {"system": understood.system, "notes": [*table.notes, *understood.notes]}


def _table(file: Import) -> Any:
    try:
        return running.table_of(file)
    except Unreadable as error:
        raise Invalid({"file": str(error)}) from None


_READING = ("encoding", "delimiter", "sheet", "dates", "decimal")  # answers about the file itself


def _check_answers(kind: Kind, options: Mapping[str, str]) -> None:
    for name in options:
        about, _, field = name.partition(":")  # "all:author" and "read:segment:technolgy" are about fields
        known_field = about in ("all", "read") and kind.field(field.partition(":")[0]) is not None
        if name not in _READING and kind.option(name) is None and not known_field:
            asked = [option.name for option in kind.options]
            raise Invalid({name: f"{kind.name} asks no such thing; it asks {', '.join(asked)}"})


def _expect_something(file: Import) -> None:
    """What an undo needs: rows that came, or rows that were kept when it was undone before. Raises Invalid."""
    lost = file.status == Import.Status.FAILED and file.added  # an undo whose worker was lost: all is there still
    if file.status != Import.Status.DONE and not file.result.get("kept_count") and not lost:
        raise Invalid({"file": f"this import is {file.get_status_display()}; there is nothing to take back"})


def _queue(actor: Actor, file: Import, asked: dict[str, bool], words: str) -> Import:
    file.status, file.words, file.faults, file.faulty = Import.Status.WAITING, words, [], 0
    file.result = file.result | {"asked": asked}
    file.save()
    defer(jobs.run, file)
    return file


def _unreadable(file: Import, error: Unreadable) -> Import:
    file.status, file.finished_at = Import.Status.FAILED, timezone.now()
    file.words = f"Nothing was brought in. {error}"[:300]
    file.save()
    return file
