"""Names for groups of texts: phrases taken from the texts that are said there and not elsewhere.

Class-based TF-IDF (Grootendorst 2022) over phrases of one to four words. A phrase neither begins nor ends with a word
that carries no subject, and is shown as most texts write it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from clearspan.engines.themes.vectors import Ints
from clearspan.engines.themes.words import fold, is_stopword, sentences

LONGEST = 4  # words of a phrase
LONGER = 1.0  # what each further word adds to its weight: a phrase says more than its words one by one
KEYWORDS = 6
READ = 400  # texts of a group, at most, that phrases are taken from


@dataclass(frozen=True)
class Label:
    """A group's name, and the phrases that tell it from the others, most telling first."""

    label: str
    keywords: tuple[str, ...]


def label(texts: Sequence[str], group: Ints, count: int) -> tuple[Label, ...]:
    """One label a group. `group` is the group of each text, -1 for none."""
    said: list[Counter[str]] = [Counter() for _ in range(count)]
    written: dict[str, Counter[str]] = defaultdict(Counter)
    size = np.zeros(count, dtype=np.int64)
    for text, g in zip(texts, group.tolist(), strict=True):
        if g < 0 or size[g] >= READ:
            continue
        size[g] += 1
        for phrase, as_written in _phrases(text).items():
            said[g][phrase] += 1
            written[phrase][as_written] += 1
    everywhere: Counter[str] = Counter()
    for counter in said:
        everywhere.update(counter)
    read = max(1, int(size.sum()))
    return tuple(_label(said[g], int(size[g]), everywhere, read, written) for g in range(count))


def _label(
    said: Counter[str], size: int, everywhere: Counter[str], read: int, written: dict[str, Counter[str]]
) -> Label:
    """Weight: share of the group's texts that say it, by how rare it is elsewhere; longer phrases count for more."""
    least = min(size, max(2, round(0.04 * size)))

    def weight(phrase: str) -> float:
        words = sum(not is_stopword(word) for word in phrase.split())
        return float(said[phrase]) / size * math.log(1 + read / everywhere[phrase]) * (1 + LONGER * (words - 1))

    order = sorted((p for p, n in said.items() if n >= least), key=lambda p: (-weight(p), p))[:60]
    kept: list[str] = []
    for phrase in order:
        if not any(_says_the_same(phrase, other) for other in kept):
            kept.append(phrase)
        if len(kept) == KEYWORDS:
            break
    shown = [written[phrase].most_common(1)[0][0] for phrase in kept]
    if not shown:
        return Label("without words in common", ())
    first = shown[0]
    second = next((words for words in shown[1:] if " " in words or " " not in first), "")
    name = f"{first}, {second}" if second else first
    return Label(name[:1].upper() + name[1:], tuple(shown))


def _phrases(text: str) -> dict[str, str]:
    """Folded phrase -> as first written in the text."""
    found: dict[str, str] = {}
    for words in sentences(text):
        folded = [fold(word) for word in words]
        stop = [is_stopword(word) for word in words]
        for start in range(len(words)):
            if stop[start]:
                continue
            for end in range(start, min(start + LONGEST, len(words))):
                if not stop[end] and folded[end] not in folded[start:end]:
                    plain = " ".join(word if word.isupper() else word.lower() for word in words[start : end + 1])
                    found.setdefault(" ".join(folded[start : end + 1]), plain)
    return found


def _says_the_same(phrase: str, other: str) -> bool:
    a, b = set(phrase.split()), set(other.split())
    return len(a & b) * 2 >= min(len(a), len(b)) + (min(len(a), len(b)) > 1)
