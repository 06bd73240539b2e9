"""JSON: an array of objects, one object a line, or an answer of a system's API that holds a list of objects.

Objects become rows; what lies deeper gets a name with dots (source.author.name); a list of words is joined by commas.
Lists that the kind of import asks for (an idea's votes) become rows too: one each, beside the values of their object.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from clearspan.core.imports.faults import Fault, Unreadable, quoted
from clearspan.core.imports.readers.encodings import Encoding
from clearspan.core.imports.readers.table import SAMPLE, Table, named

# Only an answer that wraps its list is read as a whole; arrays and lines are streamed, whatever their size.
MOST_WRAPPED = 64 * 1024 * 1024
_BLOCK = 1 << 20
_LONGEST = 16 * _BLOCK  # of one object
_LISTS = (
    "topic_list.topics", "post_stream.posts", "tickets", "conversations", "issues", "cards", "posts", "suggestions",
    "companies", "organizations", "users", "records", "items", "results", "data", "values",
)  # fmt: skip


def open_document(path: Path, encoding: Encoding, nested: Sequence[str] = ()) -> Table:
    """The table in a JSON file; `nested` lists of its objects become rows of their own. Raises Unreadable."""
    return Document(path, encoding, nested)


class Document(Table):
    """Rows are numbered from 1, as there is no header above them."""

    format = "JSON"

    def __init__(self, path: Path, encoding: Encoding, nested: Sequence[str] = ()) -> None:
        self.path, self.encoding, self._nested = path, encoding, nested
        self._size, self._read = max(1, path.stat().st_size), 0
        self.notes = [encoding.note] if encoding.note else []
        self._wrapped = self._unwrap()
        names: dict[str, None] = {}
        for at, (_, record) in enumerate(self._records()):
            if at == SAMPLE:
                break
            if isinstance(record, dict):
                for cells in self._rows_of(record):
                    names |= dict.fromkeys(cells)
        if not names:
            raise Unreadable("The document has no objects with fields. Expected an array of objects, or one a line.")
        self._names = list(names)
        self.header = named(self._names)

    def rows(self) -> Iterator[tuple[int, list[str] | Fault]]:
        for number, record in self._records():
            if not isinstance(record, dict):
                yield number, Fault(number, "", quoted(json.dumps(record)), "an object with fields")
                continue
            for cells in self._rows_of(record):
                yield number, [cells.get(name, "") for name in self._names]

    def share(self) -> float:
        return min(1.0, self._read / self._size)

    def _rows_of(self, record: dict[str, Any]) -> Iterator[dict[str, str]]:
        """An object's own row, and one beside it for each entry of its nested lists."""
        own = _flat(record)
        lists = {name: entries for name in self._nested if (entries := _nested_in(record, name))}
        for name in lists:
            own.pop(name, None)
        yield own
        for name, entries in lists.items():
            for entry in entries:
                yield own | {f"{name}.{key}": cell for key, cell in _flat(entry).items()}

    def _records(self) -> Iterator[tuple[int, Any]]:
        if self._wrapped is not None:
            yield from enumerate(map(_collected, self._wrapped), 1)
            return
        with self.path.open(encoding=self.encoding.name) as file:
            yield from enumerate(map(_collected, self._stream(file)), 1)

    def _stream(self, file: TextIO) -> Iterator[Any]:
        """The values of an array, or values one after the other, without keeping those that were read."""
        decoder, text, at, count, self._read = json.JSONDecoder(), "", 0, 0, 0
        while True:
            while at < len(text) and text[at] in " \t\r\n,[\ufeff":
                at += 1
            if at < len(text) and text[at] == "]":
                return
            value = None
            if at < len(text):
                try:
                    value, end = decoder.raw_decode(text, at)
                    # A number at the very end may go on in the next block; an object cannot.
                    at, value = (end, value) if isinstance(value, dict) or end < len(text) else (at, None)
                except json.JSONDecodeError as error:
                    if len(text) - at > _LONGEST:
                        raise _torn(count, error) from None
            if value is not None:
                count += 1
                yield value
                continue
            block = file.read(_BLOCK)
            self._read += len(block)
            if not block:
                if text[at:].strip(" \t\r\n,]"):
                    raise _torn(count, None)
                return
            text, at = text[at:] + block, 0

    def _unwrap(self) -> list[Any] | None:
        """The list inside an answer such as {"tickets": [...]}; None when the file is an array or lines."""
        with self.path.open(encoding=self.encoding.name) as file:
            start = file.read(_BLOCK).lstrip("\ufeff \t\r\n")
        if not start.startswith("{") or _is_lines(start):
            return None
        if self._size > MOST_WRAPPED:
            raise Unreadable(
                "The document wraps its rows in an object and is over 64 MB. Write them one object a line."
            )
        try:
            document = json.loads(self.path.read_text(encoding=self.encoding.name).lstrip("\ufeff"))
        except json.JSONDecodeError as error:
            raise Unreadable(f"The document is torn at line {error.lineno}: {error.msg}. Export it again.") from None
        if any(_nested_in(document, name) for name in self._nested):
            return [document]
        name, rows = _list_in(document)
        if name:
            self.notes.append(f"Its rows are those of “{name}”.")
        return _with_names(document, rows)


def _is_lines(start: str) -> bool:
    """Whether the first line is an object of its own, with another below it or nothing at all."""
    first, _, rest = start.partition("\n")
    try:
        return isinstance(json.loads(first), dict) and rest.lstrip().startswith("{")
    except json.JSONDecodeError:
        return False


def _list_in(document: dict[str, Any]) -> tuple[str, list[Any]]:
    """The list of objects that is meant: one of a known name, else the longest; the document itself when it is one."""
    if len(document) == 1 and isinstance(inner := next(iter(document.values())), dict):
        return _list_in(inner)
    found: dict[str, list[Any]] = {}
    for name, value in document.items():
        inside = {f"{name}.{key}": part for key, part in value.items()} if isinstance(value, dict) else {}
        for where, part in {name: value, **inside}.items():
            if isinstance(part, list) and part and all(isinstance(item, dict) for item in part):
                found[where] = part
    for name in _LISTS:
        if name in found and ("id" not in document or name in ("post_stream.posts", "cards")):
            return name, found[name]
    if "id" in document or not found:
        return "", [document]
    name = max(found, key=lambda where: len(found[where]))
    return name, found[name]


def _with_names(document: dict[str, Any], rows: list[Any]) -> list[Any]:
    """Rows with the name of what they name by its identity only, where the same document says it: a card's list and its
    members (idList, idMembers in Trello's boards).
    """
    names: dict[str, dict[str, str]] = {}
    for key, entries in document.items():
        if isinstance(entries, list):
            said = [(one.get("id"), one.get("name") or one.get("fullName")) for one in entries if isinstance(one, dict)]
            names[key.lower()] = {one: name for one, name in said if isinstance(one, str) and isinstance(name, str)}
    return [row | _names_of(row, names) if isinstance(row, dict) else row for row in rows]


def _names_of(row: dict[str, Any], names: dict[str, dict[str, str]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in row.items():
        what = key[2:].lower()
        if not key.startswith("id") or not what or what in row:
            continue
        if isinstance(value, str) and value in (known := names.get(f"{what}s", {})):
            found[what] = known[value]
        elif isinstance(value, list) and (known := names.get(what, {})):
            found[what] = [known[one] for one in value if isinstance(one, str) and one in known]
    return found


def _collected(record: Any) -> Any:
    """What a tracker answered, where a collector (GrimoireLab's Perceval) has wrapped it into its own record."""
    inside = record.get("data") if isinstance(record, dict) and "perceval_version" in record else None
    return inside if isinstance(inside, dict) else record


def _nested_in(record: Any, name: str) -> list[dict[str, Any]]:
    """The objects of the list that a name with dots leads to."""
    for part in name.split("."):
        record = record.get(part) if isinstance(record, dict) else None
    return [entry for entry in record if isinstance(entry, dict)] if isinstance(record, list) else []


def _flat(record: dict[str, Any], above: str = "", depth: int = 0) -> dict[str, str]:
    cells: dict[str, str] = {}
    for key, value in record.items():
        name = f"{above}{key}"
        if isinstance(value, dict):
            cells |= _flat(value, f"{name}.", depth + 1) if depth < 3 else {}
        elif isinstance(value, list):
            words = [item.get("name") or item.get("login") if isinstance(item, dict) else item for item in value]
            cells[name] = ", ".join(_text(word) for word in words if isinstance(word, str | int | float))
        else:
            cells[name] = _text(value)
    return cells


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = str(value).strip()
    return text if text.isascii() else text.encode("utf-8", "replace").decode()  # half a surrogate pair is no text


def _torn(count: int, error: json.JSONDecodeError | None) -> Unreadable:
    words = f" ({error.msg})" if error else ""
    return Unreadable(
        f"The document is torn after object {count}{words}. Nothing after it can be read. Export it again."
    )
