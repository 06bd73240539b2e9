"""Where files that were sent lie: under the company's files, by their content. Sent twice, kept once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.utils import timezone

from clearspan.core.models import Import

_UNUSED = timedelta(days=1)  # a file no import names is cleared away after this
_SPENT = timedelta(days=30)  # and one of a finished import after this


class TooLarge(Exception):  # noqa: N818 an answer, not an error
    """The file is larger than the company allows."""


@dataclass(frozen=True)
class Kept:
    """A file that was kept: the digest of its content, which names it, and its size in bytes."""

    digest: str
    size: int

    @property
    def path(self) -> Path:
        return path_of(self.digest)


def keep(blocks: Iterable[bytes]) -> Kept:
    """Keeps a file as it comes in; it has its name only when it is whole. Raises TooLarge."""
    folder = _folder()
    digest, size = hashlib.sha256(), 0
    with NamedTemporaryFile(dir=folder, delete=False) as file:
        part = Path(file.name)
        try:
            for block in blocks:
                size += len(block)
                if size > settings.UPLOAD_BYTES:
                    raise TooLarge(
                        f"The file is larger than {settings.UPLOAD_BYTES // 1024**2} MB. Cut it in parts, or raise "
                        "CLEARSPAN_UPLOAD_MB."
                    )
                digest.update(block)
                file.write(block)
            file.flush()
            part.replace(path_of(digest.hexdigest()))
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    return Kept(digest.hexdigest(), size)


def keep_copy(path: Path) -> Kept:
    """Keeps a copy of a file of this machine. Raises OSError and TooLarge."""
    with path.open("rb") as file:
        return keep(iter(lambda: file.read(1 << 20), b""))


def path_of(digest: str) -> Path:
    """Where the file with this content lies, if it was sent."""
    return _folder() / digest


def clear_away() -> int:
    """Removes the files that nothing will read again; how many. An import can be started anew from its file."""
    now = timezone.now()
    needed = set(
        Import.objects.exclude(status__in=(Import.Status.DONE, Import.Status.UNDONE), finished_at__lt=now - _SPENT)
        .values_list("digest", flat=True)
    )  # fmt: skip
    removed = 0
    for path in _folder().iterdir():
        age = now - datetime.fromtimestamp(path.stat().st_mtime, now.tzinfo)
        if path.name not in needed and age > _UNUSED:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _folder() -> Path:
    folder = Path(settings.MEDIA_ROOT) / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
