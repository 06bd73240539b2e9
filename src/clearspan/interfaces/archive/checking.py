"""Reads an archive through before anything is done with it: whole, unaltered, ours, of a format we know.

An archive comes from anywhere. Nothing in it is believed before it is checked: names, sizes, digests, how far it
unpacks. It is only ever read in blocks, and nothing is unpacked to a place that it names itself.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clearspan.interfaces.archive import contents, upgrades
from clearspan.interfaces.archive.contents import FORMAT, MANIFEST, SEQUENCES, STAMP, UNLISTED, Table

_BLOCK = 1 << 20
_SMALL = 256 << 20  # of the manifest, which is read at once: some millions of members
_LONGEST = 256 << 20  # of a line: PostgreSQL takes no longer value either
_SWELLS = 400  # times its size that a member may unpack to; lines of a company come to 5 to 30
_SEALED = re.compile(rb'"gAAAA[A-Za-z0-9_=-]{60}')  # how everything begins that core.sealing seals


class Unusable(Exception):  # noqa: N818 an answer, not an error
    """The archive cannot be restored. The message says what is wrong with it, in one sentence."""


@dataclass(frozen=True)
class Checked:
    """An archive that was read through. `sealed` counts the values that only the key named `key` opens."""

    path: Path
    format: int
    written_at: str
    version: str
    key: str
    digest: str
    columns: dict[str, list[str]]  # table to its columns, as written
    rows: dict[str, int]
    members: frozenset[str]
    sealed: int = 0
    sequences: dict[str, int] = field(default_factory=dict)

    @property
    def all_rows(self) -> int:
        return sum(self.rows.values())


def check(path: Path) -> Checked:
    """Reads all of it. Raises Unusable; OSError when the file cannot be read."""
    try:
        with zipfile.ZipFile(path) as file:
            return _checked(path, file)
    except zipfile.BadZipFile:
        raise Unusable("it is no archive, or it is torn: its end is missing or damaged") from None
    except (EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
        raise Unusable(f"it is damaged: {str(error) or 'it breaks off'}") from None


def lines(file: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """The lines of a member."""
    with file.open(member) as opened:
        while line := opened.readline(_LONGEST):
            yield line


def _checked(path: Path, file: zipfile.ZipFile) -> Checked:
    infos = _infos(path, file)
    if MANIFEST not in infos or STAMP not in infos:
        raise Unusable("it is torn, or not an archive of Clearspan: it has no manifest")
    raw = _small(file, infos[MANIFEST])
    manifest, stamp = _json(raw, MANIFEST), _json(_small(file, infos[STAMP]), STAMP)
    form = _format(manifest)
    if stamp.get("manifest_sha256") != hashlib.sha256(raw).hexdigest():
        raise Unusable("it was altered: its stamp belongs to another manifest")
    listed = _listed(manifest, infos)
    sealed = sum(_read_through(file, infos[name], one) for name, one in listed.items())
    columns, rows = _tables(manifest, listed, form)
    _promises(listed)
    return Checked(
        path, form, str(stamp.get("written_at", "")), str(stamp.get("version", "")), str(stamp.get("key", "")),
        stamp["manifest_sha256"], columns, rows, frozenset(listed), sealed,
        _sequences(_json(_small(file, infos[SEQUENCES]), SEQUENCES)) if SEQUENCES in listed else {},
    )  # fmt: skip


def _infos(path: Path, file: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Members by name. Refuses what no archive of ours has: strange names, locks, parts that lie over each other."""
    infos: dict[str, zipfile.ZipInfo] = {}
    for info in file.infolist():
        name = info.orig_filename
        if name != info.filename or not re.fullmatch(r"[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*", name):
            raise Unusable(f"it has a member with a name that is not ours: {name[:80]!r}")
        if name in infos:
            raise Unusable(f"it has {name} twice")
        if info.flag_bits & 0x1 or info.compress_type not in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
            raise Unusable(f"{name} is locked, or packed in a way that is not ours")
        if info.file_size > _SWELLS * max(info.compress_size, 1 << 16):
            raise Unusable(f"{name} unpacks to {info.file_size >> 20} MB, far more than what we write would")
        infos[name] = info
    if sum(info.compress_size for info in infos.values()) > path.stat().st_size:
        raise Unusable("its members lie over each other")
    return infos


def _format(manifest: Any) -> int:
    if not isinstance(manifest, dict) or manifest.get("archive") != "clearspan":
        raise Unusable("it is not an archive of Clearspan: its manifest says nothing of it")
    form = manifest.get("format")
    if not isinstance(form, int) or form < upgrades.OLDEST:
        raise Unusable(f"it has format {form}, and formats are read from {upgrades.OLDEST} on")
    if form > FORMAT:
        raise Unusable(f"a newer Clearspan wrote it (format {form}; this one reads up to {FORMAT}): update this one")
    return form


def _listed(manifest: dict[str, Any], infos: dict[str, zipfile.ZipInfo]) -> dict[str, dict[str, Any]]:
    """What the manifest says of each member; it has to say it of every one that is there, and of no other."""
    try:
        listed = {str(one["name"]): one for one in manifest["members"]}
    except (KeyError, TypeError):
        raise Unusable("its manifest lists no members") from None
    missing, foreign = listed.keys() - infos.keys(), infos.keys() - listed.keys() - set(UNLISTED)
    if missing:
        raise Unusable(f"{_first(missing)} is missing")
    if foreign:
        raise Unusable(f"{_first(foreign)} is in it and not in its manifest")
    return listed


def _read_through(file: zipfile.ZipFile, info: zipfile.ZipInfo, listed: dict[str, Any]) -> int:
    """Compares size, digest and rows with what the manifest says; how many sealed values there are."""
    digest, size, rows, sealed, rest = hashlib.sha256(), 0, 0, 0, b""
    with file.open(info) as opened:
        while block := opened.read(_BLOCK):
            digest.update(block)
            size += len(block)
            if "rows" in listed:
                rows += block.count(b"\n")
                sealed += len(_SEALED.findall(rest + block))
                rest = block[-66:]
    if size != listed.get("bytes") or digest.hexdigest() != listed.get("sha256"):
        raise Unusable(f"{info.filename} was altered, or is damaged: it is not what the manifest says")
    if rows != listed.get("rows", 0):
        raise Unusable(f"{info.filename} has {rows} rows; its manifest says {listed.get('rows')}")
    return sealed


def _tables(
    manifest: dict[str, Any], listed: dict[str, dict[str, Any]], form: int
) -> tuple[dict[str, list[str]], dict[str, int]]:
    """Columns and rows of each table; refuses what this version would have to drop, or could not fill."""
    try:
        columns = {str(one["name"]): [str(name) for name in one["columns"]] for one in manifest["tables"]}
        rows = {name: int(listed[f"tables/{name}.jsonl"]["rows"]) for name in columns}
    except (KeyError, TypeError, ValueError):
        raise Unusable("its manifest does not say which tables it has") from None
    strange = {name for name in listed if name.startswith("tables/")} - {f"tables/{name}.jsonl" for name in columns}
    if strange:
        raise Unusable(f"{_first(strange)} belongs to no table")
    known = {table.name: table for table in contents.tables()}
    for name, written in columns.items() if form == FORMAT else ():
        if name not in known:
            raise Unusable(f"it has the table {name}, which this version does not know: a newer Clearspan wrote it")
        _fits(known[name], written)
    return columns, rows


def _fits(table: Table, written: list[str]) -> None:
    ours = {column.name: column for column in table.columns}
    if strange := [name for name in written if name not in ours]:
        raise Unusable(f"{table.name} has {strange[0]}, which this version does not know: a newer Clearspan wrote it")
    for name in ours.keys() - set(written):
        if not (ours[name].field.has_default() or ours[name].field.null):
            raise Unusable(f"{table.name} lacks {name}, which this version needs")


def _promises(listed: dict[str, dict[str, Any]]) -> None:
    """Files and blobs are called by their content."""
    for name, one in listed.items():
        if name.startswith(("files/", "blobs/")) and contents.digest_in(name) != one.get("sha256"):
            raise Unusable(f"{name} does not hold what its name promises")


def _sequences(found: Any) -> dict[str, int]:
    try:
        return {str(name): min(int(last), (1 << 63) - 2) for name, last in found.items()}
    except (AttributeError, TypeError, ValueError):
        raise Unusable(f"{SEQUENCES} cannot be read") from None


def _small(file: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.file_size > _SMALL:
        raise Unusable(f"{info.filename} is far too large")
    with file.open(info) as opened:
        return opened.read(_SMALL)


def _json(raw: bytes, name: str) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise Unusable(f"{name} cannot be read") from None


def _first(names: Any) -> str:
    return str(min(names))
