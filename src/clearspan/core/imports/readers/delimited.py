"""CSV and its kin: the separator is found, a torn row is named."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from clearspan.core.imports.faults import Fault, Unreadable
from clearspan.core.imports.readers.encodings import Encoding
from clearspan.core.imports.readers.table import Table, named

# A quote that is never closed swallows the file into one cell: this bounds what it takes. (A setting of the process.)
csv.field_size_limit(4_000_000)
_CANDIDATES = (",", ";", "\t", "|")
_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_WISHED = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}


def open_delimited(path: Path, encoding: Encoding, wished: str = "") -> Table:
    """The table of a delimited file; `wished` is its separator, or its name. Raises Unreadable."""
    skip, separator = _separator(path, encoding.name)
    wished = _WISHED.get(wished, wished)
    if wished and len(wished) != 1:
        raise Unreadable(f"A separator is one character or one of {', '.join(_WISHED)}; found “{wished}”.")
    return Delimited(path, encoding, wished or separator, skip)


class Delimited(Table):
    """`skip`: lines before the header (Excel's "sep=;")."""

    format = "CSV"

    def __init__(self, path: Path, encoding: Encoding, separator: str, skip: int) -> None:
        self.path, self.encoding, self.separator, self.skip = path, encoding, separator, skip
        self._size, self._file = max(1, path.stat().st_size), io.BytesIO()
        self.notes = [encoding.note] if encoding.note else []
        if separator != ",":
            self.notes.append(f"Its cells are separated by {_NAMES.get(separator, f'“{separator}”')}.")
        first = next(self._records(), None)
        if first is None:
            raise Unreadable("The file has no header. Export it again, with the names of its columns in the first row.")
        self.header = named(first[1])

    def rows(self) -> Iterator[tuple[int, list[str] | Fault]]:
        width, records = len(self.header), self._records()
        next(records, None)
        for number, cells in records:
            if len(cells) != width:
                while len(cells) > width and not cells[-1].strip():
                    cells.pop()  # empty cells at the end are no cells
                if len(cells) != width:
                    yield number, Fault(number, "", f"{len(cells)} cells", f"{width}, as in the header")
                    continue
            yield number, [cell.strip() for cell in cells]

    def share(self) -> float:
        return min(1.0, self._file.tell() / self._size) if not self._file.closed else 1.0

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """(line on which it starts, cells), empty lines left out."""
        with self.path.open("rb") as raw:
            self._file = raw  # type: ignore[assignment]  # a buffered reader tells its place as BytesIO does
            lines = io.TextIOWrapper(raw, encoding=self.encoding.name, newline="")
            for _ in range(self.skip):
                lines.readline()
            reader, start = csv.reader(lines, delimiter=self.separator, strict=True), self.skip + 1
            try:
                for cells in reader:
                    if any(cells) and any(map(str.strip, cells)):
                        yield start, cells
                    start = self.skip + reader.line_num + 1
            except csv.Error:
                raise Unreadable(
                    f"Row {start} is torn: a quote in it is not closed, or stands inside a cell without being doubled. "
                    "From there on it cannot be told where a row ends. Mend that row, or export the file again."
                ) from None
            except UnicodeError as error:
                raise Unreadable(f"After row {start}: bytes that are not {self.encoding.name} ({error}).") from None


def _separator(path: Path, encoding: str) -> tuple[int, str]:
    """(lines to skip, the separator): the one that cuts the first rows into most cells, the same number in each."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        start = file.read(65_536)
    first = start.split("\n", 1)[0].strip("\r\ufeff ")
    if first.lower().startswith("sep=") and len(first) == 5:
        return 1, first[4]
    best, most = ",", (0, 0)
    for candidate in _CANDIDATES:
        counts = _widths(start, candidate)
        if not counts or counts[0] < 2:
            continue
        score = (sum(count == counts[0] for count in counts) * 10 // len(counts), counts[0])
        if score > most:
            best, most = candidate, score
    return 0, best


def _widths(text: str, separator: str) -> list[int]:
    widths: list[int] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if cells:
                widths.append(len(cells))
            if len(widths) > 50:
                return widths
    except csv.Error:
        pass
    return widths[:-1] if len(widths) > 2 else widths  # the last one may be cut
