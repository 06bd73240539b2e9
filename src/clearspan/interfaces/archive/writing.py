"""Writes an archive: one consistent picture of the company, while people go on working.

Everything is read in one transaction that sees nothing of what happens meanwhile. PostgreSQL makes the lines and they
pass through in blocks: memory does not grow with the company. Equal companies give equal bytes but for the stamp.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, Any

from django.db import connection, transaction

from clearspan import __version__
from clearspan.core import sealing
from clearspan.interfaces.archive import contents
from clearspan.interfaces.archive.contents import MANIFEST, README, SEQUENCES, STAMP, Table

ABOUT = """This is everything of one company, as Clearspan keeps it, written by `clearspan export`.

tables/      one file a table, one row a line, as JSON; open them with any editor
blobs/       bytes that rows name by their SHA-256: the arrays that studies were run on (NumPy's .npz)
files/       files that people sent, such as those that were imported, named by the SHA-256 of their content
sequences.json   the last number that was given in each table, so that none is given twice
manifest.json    the format, and of every member its size, its SHA-256 and its number of rows
stamp.json       when this was written and by which version; the only part in which two exports of the same differ

`clearspan restore FILE` makes the company again in an empty database. Every field is described in
docs/reference/export.md of Clearspan's source. Passwords are in here as hashes, and the tokens of trackers sealed:
keep this file as you would keep the database.
"""
_LEVEL = 5  # of compression: beyond it, time grows and size hardly shrinks
_BLOCK = 1 << 20


class NotNow(Exception):  # noqa: N818 an answer, not an error
    """An export needs a transaction of its own, and one is open already."""


@dataclass(frozen=True)
class Written:
    """How many rows and members there are, and the digest of the manifest: equal companies have equal ones."""

    rows: int
    members: int
    digest: str


@dataclass
class _Archive:
    """The zip under way, and what was put in so far."""

    file: zipfile.ZipFile
    members: list[dict[str, Any]] = field(default_factory=list)

    @contextmanager
    def member(self, name: str, *, pack: bool = True) -> Iterator[_Member]:
        """A member to write; listed with its size and digest when it is whole."""
        info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED if pack else zipfile.ZIP_STORED
        info.create_system, info.external_attr = 3, 0o644 << 16  # the same on every system
        with self.file.open(info, "w", force_zip64=True) as out:
            writing = _Member(out)
            yield writing
        listed = {"name": name, "bytes": writing.size, "sha256": writing.digest.hexdigest()}
        self.members.append(listed | ({"rows": writing.rows} if writing.rows is not None else {}))

    def put(self, name: str, content: bytes, *, pack: bool = True) -> None:
        with self.member(name, pack=pack) as out:
            out.write(content)

    @property
    def rows(self) -> int:
        return sum(member.get("rows", 0) for member in self.members)


@dataclass
class _Member:
    out: IO[bytes]
    size: int = 0
    rows: int | None = None
    digest: Any = field(default_factory=hashlib.sha256)

    def write(self, block: bytes) -> None:
        self.out.write(block)
        self.digest.update(block)
        self.size += len(block)


def write(target: IO[bytes], tell: Callable[[str], object] = lambda _: None) -> Written:
    """Writes everything to `target`, a new file opened for binary writing. `tell` hears what it is at."""
    with still() as cursor, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as file:
        archive = _Archive(file)
        archive.put(README, ABOUT.encode())
        listed = [_table(archive, cursor, table, tell) for table in contents.tables()]
        archive.put(SEQUENCES, _json(_sequences(cursor)))
        tell("files and the arrays of studies")
        _blobs(archive, cursor)
        _files(archive)
        members, rows = list(archive.members), archive.rows
        manifest = _json({"archive": "clearspan", "format": contents.FORMAT, "tables": listed, "members": members})
        digest = hashlib.sha256(manifest).hexdigest()
        archive.put(MANIFEST, manifest)
        archive.put(STAMP, _json(_stamp(digest)))
    return Written(rows, len(members), digest)


@contextmanager
def still() -> Iterator[Any]:
    """A cursor to which the whole company stands still, in a transaction of its own. Raises NotNow."""
    if connection.in_atomic_block:
        raise NotNow("an export needs a transaction of its own")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        fix_forms(cursor)
        yield cursor


def fix_forms(cursor: Any) -> None:
    """One form for what PostgreSQL writes in this transaction, whatever the server is set to."""
    for name, value in (
        ("timezone", "UTC"), ("datestyle", "ISO"), ("intervalstyle", "postgres"), ("extra_float_digits", "1"),
    ):  # fmt: skip
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


def _table(archive: _Archive, cursor: Any, table: Table, tell: Callable[[str], object]) -> dict[str, Any]:
    tell(table.name)
    rows = 0
    with archive.member(table.member) as out:
        for block, count in _blocks(_copied(cursor, table.lines)):
            out.write(block)
            rows += count
        out.rows = rows
    return {"name": table.name, "rows": rows, "columns": [column.name for column in table.columns]}


def _copied(cursor: Any, query: str) -> Iterator[bytes]:
    """The query's lines. COPY doubles backslashes; nothing else that it would escape is ever in a line of JSON."""
    with cursor.copy(f"COPY ({query}) TO STDOUT") as copy:
        for line in copy:
            yield bytes(line).replace(b"\\\\", b"\\")


def _blocks(lines: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
    """The lines in blocks of about a megabyte: packing each alone would take much longer."""
    kept: list[bytes] = []
    size = 0
    for line in lines:
        kept.append(line)
        size += len(line)
        if size >= _BLOCK:
            yield b"".join(kept), len(kept)
            kept, size = [], 0
    if kept:
        yield b"".join(kept), len(kept)


def _sequences(cursor: Any) -> dict[str, int]:
    """Table to the highest number that was ever given there, also to a row that is gone."""
    found: dict[str, int] = {}
    for table in contents.tables():
        if table.has_sequence:
            cursor.execute(table.sequence)
            name = cursor.fetchone()[0]
            cursor.execute(
                f"SELECT greatest(CASE WHEN is_called THEN last_value ELSE last_value - 1 END, "
                f'(SELECT max("{table.columns[0].name}") FROM {table.sql_name})) FROM {name}'
            )
            found[table.name] = cursor.fetchone()[0]
    return found


def _blobs(archive: _Archive, cursor: Any) -> None:
    """Every value of bytes once, by its digest; one at a time is in memory. Arrays are packed already."""
    parts = [
        f"SELECT sha256(\"{column.name}\") AS digest, '{table.model._meta.db_table}' AS place, ctid AS at, "
        f"'{column.name}' AS name FROM {table.sql_name} WHERE \"{column.name}\" IS NOT NULL"
        for table in contents.tables()
        for column in table.binaries
    ]
    if not parts:
        return
    union = " UNION ALL ".join(parts)
    cursor.execute(
        f"SELECT DISTINCT ON (digest) encode(digest, 'hex'), place, at::text, name FROM ({union}) b "
        "ORDER BY digest, place, at"
    )
    for digest, place, at, name in cursor.fetchall():
        cursor.execute(f'SELECT "{name}" FROM "{place}" WHERE ctid = %s::tid', [at])
        archive.put(f"blobs/{digest}", bytes(cursor.fetchone()[0]), pack=False)


def _files(archive: _Archive) -> None:
    for name, path in contents.files():
        try:
            file = path.open("rb")
        except FileNotFoundError:
            continue  # cleared away since it was listed: nothing needs it
        with file, archive.member(name) as out:
            while block := file.read(_BLOCK):
                out.write(block)


def _stamp(digest: str) -> dict[str, str]:
    return {
        "written_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": __version__,
        "manifest_sha256": digest,
        "key": sealing.key_name(),
    }


def _json(value: Any) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=False).encode() + b"\n"
