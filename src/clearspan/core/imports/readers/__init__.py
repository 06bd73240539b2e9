"""Reads the rows of a file as a stream, whatever its format: one header, then rows of as many cells, all text.

The format is told by what the file holds, not by its name. A row that cannot be used comes out as a `Fault`; a file
that cannot be read on raises `Unreadable`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from clearspan.core.imports.faults import Unreadable
from clearspan.core.imports.readers import delimited, documents, workbooks
from clearspan.core.imports.readers.encodings import encoding_of
from clearspan.core.imports.readers.table import Table

__all__ = ["Table", "open_table"]

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def open_table(path: Path, answers: Mapping[str, str] | None = None, nested: Sequence[str] = ()) -> Table:
    """The table in the file. `answers` may settle its "encoding", "delimiter" or "sheet"; `nested` names lists inside
    JSON objects whose entries are rows too. Raises Unreadable."""
    answers = answers or {}
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise Unreadable(f"There is no readable file {path} ({error.strerror}).") from None
    if not start.strip():
        raise Unreadable("The file is empty. Export it again, with its header.")
    if start.startswith(_WORKBOOKS):
        return workbooks.open_workbook(path, answers.get("sheet", ""))
    if start.startswith(b"%PDF"):
        raise Unreadable("This is a PDF. Export the table itself, as CSV or XLSX.")
    encoding = encoding_of(path, answers.get("encoding", ""))
    text = start.decode(encoding.name, "ignore").lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        raise Unreadable("This is XML or a web page. Export the table as CSV, XLSX or JSON.")
    if re.match(r'\[\s*[\[{"\]]|\{\s*["}]', text):
        return documents.open_document(path, encoding, nested)
    return delimited.open_delimited(path, encoding, answers.get("delimiter", ""))
