"""Files that these tests write themselves, and imports begun from them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clearspan.core.actor import Actor
from clearspan.core.imports import files
from clearspan.core.imports.actions import run_import, start_import
from clearspan.core.models import Import

Write = Callable[..., Path]
Begin = Callable[..., Import]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file and says where it lies."""

    def write_file(content: str | bytes, name: str = "file.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


@pytest.fixture
def begin(settings: Any, tmp_path: Path) -> Begin:
    """Begins an import from a text or a file, as somebody."""
    settings.MEDIA_ROOT = tmp_path / "files"

    def begin_import(actor: Actor, content: str | Path, kind: str = "evidence", **given: Any) -> Import:
        if isinstance(content, Path):
            name, digest = content.name, files.keep_copy(content).digest
            return start_import(actor, name=name, kind=kind, upload=digest, **given)  # type: ignore[no-any-return]
        return start_import(actor, name="file.csv", kind=kind, content=content, **given)  # type: ignore[no-any-return]

    return begin_import


@pytest.fixture
def bring(begin: Begin) -> Begin:
    """Begins an import and runs it."""

    def bring_in(actor: Actor, content: str | Path, kind: str = "evidence", **given: Any) -> Import:
        asked = {name: given.pop(name) for name in ("skip_faulty", "update") if name in given}
        return run_import(actor, file=begin(actor, content, kind, **given), **asked)  # type: ignore[no-any-return]

    return bring_in
