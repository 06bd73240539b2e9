"""Makes the company of an archive in a database that is empty: all of it, or nothing.

The archive was read through before (see checking). Then one transaction brings in every row as it was, with its key;
triggers rest, so that history is the one that is brought and no other; every constraint is checked before the end.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from clearspan.catalogue.models import Account, Product
from clearspan.core import sealing
from clearspan.core.models import Event, Import, User
from clearspan.interfaces.archive import checking, contents, resting, upgrades
from clearspan.interfaces.archive.checking import Checked, Unusable
from clearspan.interfaces.archive.contents import FORMAT, Table

_BLOCK = 1 << 20
_A_COMPANY = (User, Event, Product, Account, Import)  # where one of these is, somebody has begun


class NotEmpty(Exception):  # noqa: N818 an answer, not an error
    """There is a company in the database already."""


class AnotherKey(Exception):  # noqa: N818 an answer, not an error
    """What is sealed in the archive was sealed with another secret key than the one that is set here."""


@dataclass
class _Restore:
    archive: Checked
    file: zipfile.ZipFile
    cursor: Any


def restore(archive: Checked, *, another_key: bool = False, tell: Callable[[str], object] = lambda _: None) -> None:
    """Brings everything in. Raises Unusable, NotEmpty or AnotherKey, with nothing changed.

    `another_key`: what is sealed stays so, though this installation cannot open it.
    """
    if archive.sealed and archive.key != sealing.key_name() and not another_key:
        raise AnotherKey(
            f"{archive.sealed} secrets in it (second factors, tokens of trackers and the like) are sealed with another "
            "secret key"
        )
    with (
        zipfile.ZipFile(archive.path) as file,
        _files_of(archive, file),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        _all(_Restore(archive, file, cursor), tell)
    with connection.cursor() as cursor:
        tell("statistics for the database")
        cursor.execute("ANALYZE")


def _all(work: _Restore, tell: Callable[[str], object]) -> None:
    _must_be_empty()
    tables = contents.tables()
    for table in tables:  # which keeps everybody else from writing meanwhile, too
        work.cursor.execute(f"ALTER TABLE {table.sql_name} DISABLE TRIGGER USER")
    _must_be_empty()  # still, now that nobody else writes
    work.cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # rows come table by table, and refer to later ones
    for table in tables:  # what every new database is given, to be replaced by the company's own
        work.cursor.execute(f"DELETE FROM {table.sql_name}")
    large = [table.sql_name for table in tables if work.archive.rows.get(table.name, 0) >= resting.MANY]
    rested = resting.rest(work.cursor, large)
    work.cursor.execute("SELECT set_config('timezone', 'UTC', true)")
    work.cursor.execute("CREATE TEMPORARY TABLE incoming (line json) ON COMMIT DROP")
    try:
        for table in tables:
            tell(table.name)
            _fill(work, table)
        tell("references between rows")
        work.cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        tell("indexes of large tables")
        rested.wake(work.cursor)
    except DatabaseError as error:
        raise Unusable(f"what is in it does not fit together: {_words(error)}") from None
    for table in tables:
        _number_on(work, table)
        work.cursor.execute(f"ALTER TABLE {table.sql_name} ENABLE TRIGGER USER")


def _must_be_empty() -> None:
    for kind in _A_COMPANY:
        if kind._default_manager.exists():
            raise NotEmpty(f"there is a company in this database already: it has a {kind._meta.verbose_name}")


def _fill(work: _Restore, table: Table) -> None:
    """PostgreSQL reads the lines itself, so that every value becomes what it was."""
    work.cursor.execute("TRUNCATE incoming")
    with work.cursor.copy("COPY incoming (line) FROM STDIN") as copy:
        for block in _escaped(_lines(work, table)):
            copy.write(block)
    written = set(work.archive.columns.get(table.name, ())) if work.archive.format == FORMAT else None
    names, values, given = [], [], []
    for column in table.columns:
        names.append(f'"{column.name}"')
        if written is not None and column.name not in written and table.name in work.archive.columns:
            values.append("%s")  # newer than the archive
            given.append(column.field.get_db_prep_save(column.field.get_default(), connection))
        elif column.is_binary:
            values.append(f"decode(line->>'{column.name}', 'hex')")
        elif column.is_json and not column.field.null:  # as it is read by Django, None is the same either way
            values.append(f"coalesce(r.\"{column.name}\", 'null')")
        else:
            values.append(f'r."{column.name}"')
    line = _without(table) if table.binaries else "line"
    source = f"incoming, json_populate_record(NULL::{table.sql_name}, {line}) r"
    query = f"INSERT INTO {table.sql_name} ({', '.join(names)}) SELECT {', '.join(values)} FROM {source}"
    work.cursor.execute(query, given or None)
    for column in table.binaries:
        _give_bytes(work, table, column.name)


def _without(table: Table) -> str:
    """The line without its digests: they are not the bytes."""
    return "(line::jsonb" + "".join(f" - '{column.name}'" for column in table.binaries) + ")::json"


def _give_bytes(work: _Restore, table: Table, column: str) -> None:
    """Puts bytes in the place of their digests, one blob at a time."""
    work.cursor.execute(
        f'SELECT ctid::text, encode("{column}", \'hex\') FROM {table.sql_name} WHERE "{column}" IS NOT NULL'
    )
    for at, digest in work.cursor.fetchall():
        member = f"blobs/{digest}"
        if member not in work.archive.members:
            raise Unusable(f"{member} is missing, and {table.name} needs it")
        work.cursor.execute(
            f'UPDATE {table.sql_name} SET "{column}" = %s WHERE ctid = %s::tid', [work.file.read(member), at]
        )


def _lines(work: _Restore, table: Table) -> Iterator[bytes]:
    """The table's lines as this version has them."""
    if work.archive.format == FORMAT:
        if table.name in work.archive.columns:
            yield from checking.lines(work.file, table.member)
        return
    for name in sorted(work.archive.columns):
        for line in checking.lines(work.file, f"tables/{name}.jsonl"):
            made = upgrades.upgraded(work.archive.format, FORMAT, name, json.loads(line))
            if made is not None and made[0] == table.name:
                yield json.dumps(made[1]).encode() + b"\n"


def _escaped(found: Iterator[bytes]) -> Iterator[bytes]:
    """Lines as COPY takes them, in blocks. A tab would be a second column: JSON as we write it has none."""
    kept: list[bytes] = []
    size = 0
    for line in found:
        kept.append(line.replace(b"\\", b"\\\\").replace(b"\t", b"\\t"))
        size += len(line)
        if size >= _BLOCK:
            yield b"".join(kept)
            kept, size = [], 0
    yield b"".join(kept)


def _number_on(work: _Restore, table: Table) -> None:
    """New rows get numbers that were never given: not even to rows that are gone."""
    if not table.has_sequence:
        return
    work.cursor.execute(table.sequence)
    sequence = work.cursor.fetchone()[0]
    work.cursor.execute(f'SELECT coalesce(max("{table.columns[0].name}"), 0) FROM {table.sql_name}')
    highest = work.cursor.fetchone()[0]
    last = max(highest, work.archive.sequences.get(table.name, 0))
    work.cursor.execute("SELECT setval(%s, %s, %s)", [sequence, max(last, 1), last > 0])


@contextmanager
def _files_of(archive: Checked, file: zipfile.ZipFile) -> Iterator[None]:
    """Puts the files where they belong; takes those away again that were not there, should the rest fail."""
    put: list[Path] = []
    try:
        for member in sorted(archive.members):
            if member.startswith("files/"):
                path = Path(settings.MEDIA_ROOT) / member.removeprefix("files/")
                if not path.exists():
                    _unpack(file, member, path)
                    put.append(path)
        yield
    except BaseException:
        for path in put:
            path.unlink(missing_ok=True)
        raise


def _unpack(file: zipfile.ZipFile, member: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with file.open(member) as source, NamedTemporaryFile(dir=path.parent, delete=False) as target:
        while block := source.read(_BLOCK):
            target.write(block)
    Path(target.name).replace(path)


def _words(error: DatabaseError) -> str:
    """PostgreSQL's own words, in one line."""
    return " ".join(str(error).split())[:300]
