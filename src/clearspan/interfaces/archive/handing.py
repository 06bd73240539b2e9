"""An archive as a file on this machine: whole and read back, or not there at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from clearspan.interfaces.archive import checking, writing


@dataclass(frozen=True)
class Kept:
    """Where it lies, its size in bytes, its rows, and the digest of its manifest."""

    path: Path
    size: int
    rows: int
    digest: str


def write_to(path: Path, tell: Callable[[str], object] = lambda _: None) -> Kept:
    """Writes an archive and reads it back; it has its name only then. Only its owner may read it.

    Raises OSError when the place cannot be written, checking.Unusable when what was written is not what it should be.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        part.touch(0o600)
        with part.open("wb") as file:
            written = writing.write(file, tell)
            file.flush()
            os.fsync(file.fileno())
        tell("reading it back")
        checked = checking.check(part)
        if checked.digest != written.digest:
            raise checking.Unusable("what was read back is not what was written")
        part.replace(path)
        _settle(path.parent)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return Kept(path, path.stat().st_size, written.rows, written.digest)


def _settle(folder: Path) -> None:
    """The folder's own entry onto the disk, where the system can do that."""
    try:
        at = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(at)
    finally:
        os.close(at)
