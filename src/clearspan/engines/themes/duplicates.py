"""Texts that say the same again: nearly the same words in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from clearspan.engines.themes.vectors import Vocabulary, count
from clearspan.engines.themes.words import shingles, written

COMMON = 200  # a run of words that more texts have is a greeting or a signature: it is not counted
BLOCK = 5_000


@dataclass(frozen=True)
class Pair:
    """Two texts by index, the first being the earlier, and the cosine of their words."""

    first: int
    second: int
    similarity: float


def duplicates(texts: Sequence[str], *, cosine: float = 0.85, overlap: float = 0.5) -> tuple[Pair, ...]:
    """Pairs whose words have at least this cosine and whose runs of three words overlap this much (Jaccard).

    Both together: a cosine alone takes two orders of the same words for one text, an overlap alone two forms filled in
    differently. Time grows with the number of texts that share a run, not with all pairs.
    """
    runs = [shingles(written(text)) for text in texts]
    index: dict[str, int] = {}
    columns = [[index.setdefault(run, len(index)) for run in sorted(of)] for of in runs]
    if not index:
        return ()
    starts = np.concatenate([[0], np.cumsum([len(of) for of in columns])])
    flat = np.array([column for of in columns for column in of], dtype=np.int64)
    has = sparse.csr_array((np.ones(len(flat), np.int32), flat, starts), shape=(len(texts), len(index)))
    has = has[:, np.asarray(has.sum(axis=0)).ravel() <= COMMON]
    size = np.asarray(has.sum(axis=1)).ravel()
    found: list[tuple[int, int]] = []
    for start in range(0, len(texts), BLOCK):
        shared = (has[start : start + BLOCK] @ has.T).tocoo()
        i, j = shared.row + start, shared.col
        enough = (i < j) & (shared.data >= overlap * (size[i] + size[j] - shared.data))
        found.extend(zip(i[enough].tolist(), j[enough].tolist(), strict=True))
    if not found:
        return ()
    first, second = np.array(sorted(found)).T
    counted = count(texts, "words")
    words = Vocabulary.of(counted, "words", rarest=1, most=200_000).weighed(counted)
    near = np.asarray(words[first].multiply(words[second]).sum(axis=1)).ravel()
    return tuple(
        Pair(int(i), int(j), float(min(s, 1.0))) for i, j, s in zip(first, second, near, strict=True) if s >= cosine
    )
