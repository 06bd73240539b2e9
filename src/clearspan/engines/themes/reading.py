"""Texts read for telling needs apart: by their words, the pairs of words that follow one another, and their meaning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from clearspan.engines.themes.meaning import FEW, Meaning, static
from clearspan.engines.themes.vectors import Floats, Ints, Sparse, Vocabulary, count

MEANT = 0.6  # of a cosine, what the texts mean; the rest are their words


@dataclass(frozen=True)
class Rows:
    """n texts, each of unit length over both: (n, terms) by words and (n, dimensions) by meaning.

    Two blocks, as few of very many terms stand in a text and every dimension of its meaning does. `columns` of either
    side are the terms first, then the dimensions.
    """

    words: Sparse
    meant: Floats

    @classmethod
    def of(cls, words: Sparse, meant: Floats) -> Rows:
        """Blocks whose rows are each of unit length or nought, weighed against each other."""
        if not meant.shape[1]:
            return cls(words, meant)
        share = MEANT * np.any(meant != 0, axis=1)
        share[np.diff(words.indptr) == 0] = 1.0  # known by its meaning alone, as others are by their words alone
        return cls(
            sparse.diags_array(np.sqrt(1 - share).astype(np.float32)).tocsr() @ words,
            meant * np.sqrt(share)[:, np.newaxis].astype(np.float32),
        )

    def __len__(self) -> int:
        return int(self.words.shape[0])

    def __getitem__(self, which: Ints) -> Rows:
        return Rows(self.words[which], self.meant[which])

    def __matmul__(self, weights: Floats) -> Floats:
        """(n, K) products with (columns, K) weights."""
        terms = self.words.shape[1]
        return np.asarray(self.words @ weights[:terms] + self.meant @ weights[terms:])

    def along(self, each: Floats) -> Floats:
        """(columns, K) sums of the rows, weighed by (n, K)."""
        return np.concatenate([self._by_term @ each, self.meant.T @ each])

    def summed(self, group: Ints, groups: int) -> Floats:
        """(groups, columns) sums of the rows of each group."""
        member = sparse.csr_array(
            (np.ones(len(self), self.meant.dtype), (group, np.arange(len(self)))), shape=(groups, len(self))
        )
        return np.concatenate([(member @ self.words).toarray(), member @ self.meant], axis=1)

    def squares(self) -> Floats:
        """(n,) squared lengths."""
        by_words = np.asarray(self.words.multiply(self.words).sum(axis=1)).ravel()
        return np.asarray(by_words + (self.meant * self.meant).sum(axis=1))

    def exact(self) -> Rows:
        """At double precision."""
        return Rows(self.words.astype(np.float64), self.meant.astype(np.float64))

    def beside(self, other: Rows) -> Rows:
        """These, and then the others."""
        words = sparse.vstack([self.words, other.words]).tocsr()
        return Rows(words, np.concatenate([self.meant, other.meant]))

    @cached_property
    def _by_term(self) -> Sparse:
        return self.words.T.tocsr()


@dataclass(frozen=True)
class Reader:
    """Reads further texts as those it was made from. Without `meaning` by their words alone."""

    vocabulary: Vocabulary
    meaning: Meaning | None

    def rows(self, texts: Sequence[str]) -> Rows:
        return Rows.of(self.vocabulary.vectors(texts), self._meant(texts))

    def _meant(self, texts: Iterable[str]) -> Floats:
        return self.meaning.vectors(texts) if self.meaning else np.zeros((len(list(texts)), 0), dtype=np.float32)


def read(texts: Sequence[str], others: Sequence[str], by: str) -> tuple[Reader, Rows]:
    """What reads texts as these are read, and their rows. `others` say only how common words are; `by` is "meaning",
    or "words" for their words alone."""
    tokens = "words" if by == "words" else "pairs"  # of few texts, pairs alone tell too little
    counted = count(texts, tokens)
    vocabulary = Vocabulary.of([*counted, *count(others, tokens)], tokens)
    if by == "words":
        return Reader(vocabulary, None), Rows.of(vocabulary.weighed(counted), np.zeros((len(texts), 0), np.float32))
    meant = static().vectors(texts)
    learnt = Meaning(static(), (meant.sum(axis=0) / np.float32(len(texts) + FEW)).astype(np.float32))
    return Reader(vocabulary, learnt), Rows.of(vocabulary.weighed(counted), learnt.centred(meant))
