"""Texts as the word pieces of BERT's vocabulary (uncased; Devlin et al. 2019), as the model was made on them.

Tested against the reference tokenizer; what a word is to the other engines is in `words`.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Mapping

LONGEST = 100  # letters of a word; a longer one is no word
_ASCII = re.compile(r"[a-z0-9]+|[^\sa-z0-9]")
_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))
_PUNCTUATION = frozenset(string.punctuation)


class Pieces:
    """A vocabulary: `of(text)` are the numbers of a text's pieces; what it has no pieces for is left out."""

    def __init__(self, number: Mapping[str, int]) -> None:
        self._number = number
        self._known: dict[str, tuple[int, ...]] = {}

    def of(self, text: str) -> list[int]:
        known = self._known
        found: list[int] = []
        for word in split(text):
            pieces = known.get(word)
            if pieces is None:
                if len(known) >= 500_000:  # a stream of texts without end must not fill the memory
                    known.clear()
                pieces = known[word] = self._cut(word)
            found.extend(pieces)
        return found

    def _cut(self, word: str) -> tuple[int, ...]:
        """The longest known beginning, then the longest known continuation, to the end; nothing when one is missing."""
        if len(word) > LONGEST:
            return ()
        found: list[int] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                number = self._number.get(word[start:end] if start == 0 else f"##{word[start:end]}")
                if number is not None:
                    break
            else:
                return ()
            found.append(number)
            start = end
        return tuple(found)


def split(text: str) -> list[str]:
    """Words and marks: small letters without accents, each mark and each Chinese character for itself."""
    if text.isascii():
        return _ASCII.findall(text.translate(_CONTROL).lower())
    words: list[str] = []
    word: list[str] = []
    for letter in unicodedata.normalize("NFD", "".join(map(_cleaned, text))):
        kind = unicodedata.category(letter)
        if kind == "Mn":
            continue
        alone = letter in _PUNCTUATION or kind.startswith("P")
        if (alone or letter == " ") and word:
            words.append("".join(word))
            word = []
        if alone:
            words.append(letter)
        elif letter != " ":
            word.append(letter.lower())
    return [*words, "".join(word)] if word else words


def _cleaned(letter: str) -> str:
    if letter in "\t\n\r":
        return " "
    if letter == "\ufffd" or unicodedata.category(letter) in {"Cc", "Cf", "Co"}:
        return ""
    if letter.isspace():
        return " "
    return f" {letter} " if _is_chinese(ord(letter)) else letter


def _is_chinese(code: int) -> bool:
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x2A6DF
        or 0x2A700 <= code <= 0x2CEAF
        or 0xF900 <= code <= 0xFAFF
        or 0x2F800 <= code <= 0x2FA1F
    )
