"""Reads texts.csv: `id, text`."""

from __future__ import annotations

from clearspan.interfaces.cli.tables import Column, Reader, text


def read_texts(path: str) -> tuple[list[str], list[str]]:
    """Ids and texts, in file order. Raises InputFaults; a repeated id and a file without a text are faults."""
    reader = Reader()
    table = reader.read(path, (Column("id", text), Column("text", text)))
    if not reader.faults and not len(table):
        reader.fault(path, None, None, "no text", "at least one row")
    seen: set[str] = set()
    for row, name in zip(table.rows, table["id"], strict=True):
        if name in seen:
            reader.fault(path, row, "id", f"“{name}” again", "each id once")
        seen.add(name)
    reader.check()
    return table["id"], table["text"]
