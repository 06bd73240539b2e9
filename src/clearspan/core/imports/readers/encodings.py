"""In which encoding a file of text is written: said, never guessed in silence."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from clearspan.core.imports.faults import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNUSED_IN_CP1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Encoding:
    """Its name for Python, and a sentence when it was not plain UTF-8."""

    name: str
    note: str = ""


def encoding_of(path: Path, wished: str = "") -> Encoding:
    """The encoding of the file, all of it looked at. Raises Unreadable when `wished` is none, or does not fit."""
    if wished:
        return _as_wished(path, wished)
    with path.open("rb") as file:
        start = file.read(4096)
    for mark, name in _MARKS:
        if start.startswith(mark):
            note = "" if name == "utf-8-sig" else f"Read as {name.upper()}, as its first bytes say."
            return Encoding(name, note)
    if start.count(0) > len(start) // 4:
        name = "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
        return Encoding(name, f"Read as {name.upper()}: it has no mark, but every other byte is empty.")
    strange = _first_not_utf8(path)
    if strange is None:
        return Encoding("utf-8")
    line, byte = strange
    name, words = _eight_bit(path)
    return Encoding(
        name,
        f"It is not UTF-8 (byte 0x{byte:02X} in line {line}), so it is read as {words}. "
        "If names look wrong, save it as UTF-8 or say its encoding.",
    )


def _as_wished(path: Path, wished: str) -> Encoding:
    try:
        decoder = codecs.getincrementaldecoder(wished)()
    except LookupError:
        raise Unreadable(f"There is no encoding “{wished}”. Known ones: utf-8, utf-16, cp1252, latin-1.") from None
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except (UnicodeError, TypeError):
        raise Unreadable(f"The file is not written in {wished}. Leave the encoding out to have it found.") from None
    return Encoding(wished, f"Read as {wished}, as asked.")


def _first_not_utf8(path: Path) -> tuple[int, int] | None:
    """(line, byte) of the first byte that UTF-8 cannot have there."""
    decoder, line = codecs.getincrementaldecoder("utf-8")(), 1
    with path.open("rb") as file:
        while True:
            block = file.read(_BLOCK)
            held = decoder.getstate()[0]
            try:
                decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                before = error.object[: error.start]
                return line + before.count(b"\n") - held.count(b"\n"), error.object[error.start]
            if not block:
                return None
            line += block.count(b"\n")


def _eight_bit(path: Path) -> tuple[str, str]:
    """Windows-1252 where its own characters occur (curly quotes, the euro), else Latin-1; the two agree elsewhere."""
    seen: set[int] = set()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            seen |= set(block)
    if seen & _UNUSED_IN_CP1252:
        return "latin-1", "Latin-1"
    if seen & set(range(0x80, 0xA0)):
        return "cp1252", "Windows-1252"
    return "latin-1", "Latin-1"
