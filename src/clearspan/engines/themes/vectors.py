"""Texts as vectors: TF-IDF, and its first dimensions (latent semantic analysis, Deerwester et al. 1990)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from clearspan.engines.themes.words import pairs, subjects, words

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Sparse = Any  # scipy.sparse.csr_array: its stubs know no dtype
Tokens = Callable[[str], list[str]]
Counted = Counter[str]

TOKENS: dict[str, Tokens] = {"words": words, "pairs": pairs, "subjects": subjects}
OVERSAMPLED = 10  # further random directions, which make the first ones exact enough (Halko et al. 2011)


@dataclass(frozen=True)
class Vocabulary:
    """The terms texts are counted by, and how telling each is. `tokens` names the reader of texts in TOKENS."""

    terms: tuple[str, ...]
    idf: Floats
    tokens: str

    @classmethod
    def of(cls, counted: Sequence[Counted], tokens: str, *, rarest: int = 2, most: int = 20_000) -> Vocabulary:
        """The terms that at least `rarest` texts have (every term, of a few texts), the `most` frequent of them."""
        frequency: Counter[str] = Counter()
        for counts in counted:
            frequency.update(counts.keys())
        least = rarest if len(counted) >= 20 else 1
        known = sorted(term for term, n in frequency.items() if n >= least)
        kept = sorted(known, key=lambda term: -frequency[term])[:most]
        texts = np.array([frequency[term] for term in kept], dtype=np.float64)
        idf = np.log((1 + len(counted)) / (1 + texts)) + 1
        return cls(tuple(kept), idf.astype(np.float32), tokens)

    @cached_property
    def _index(self) -> dict[str, int]:
        return {term: i for i, term in enumerate(self.terms)}

    def vectors(self, texts: Iterable[str]) -> Sparse:
        """`weighed` of texts not counted yet."""
        return self.weighed(count(texts, self.tokens))

    def weighed(self, counted: Iterable[Counted]) -> Sparse:
        """(n, terms) rows of unit length, log term by inverse document frequency; nought for no known term."""
        starts: list[int] = [0]
        columns: list[int] = []
        values: list[int] = []
        for counts in counted:
            for term, n in counts.items():
                if (column := self._index.get(term)) is not None:
                    columns.append(column)
                    values.append(n)
            starts.append(len(columns))
        weights = (1 + np.log(np.array(values, dtype=np.float32))) * self.idf[np.array(columns, dtype=np.int64)]
        shape = (len(starts) - 1, len(self.terms))
        rows: Sparse = sparse.csr_array((weights, np.array(columns, dtype=np.int64), np.array(starts)), shape)
        rows.sort_indices()
        return unit_rows(rows)


@dataclass(frozen=True)
class Space:
    """A vocabulary and the (terms, dimensions) basis its vectors are read in."""

    vocabulary: Vocabulary
    basis: Floats

    def vectors(self, texts: Iterable[str]) -> Floats:
        """(n, dimensions) rows of unit length; nought for a text without a known term."""
        return self.project(self.vocabulary.vectors(texts))

    def project(self, rows: Sparse) -> Floats:
        return unit(np.asarray(rows @ self.basis, dtype=np.float32))


def space(texts: Sequence[str], rng: np.random.Generator, dimensions: int = 200) -> tuple[Space, Floats]:
    """The space in which texts that share a subject are near, learnt from the texts themselves, and their vectors."""
    counted = count(texts, "subjects")
    vocabulary = Vocabulary.of(counted, "subjects")
    rows = vocabulary.weighed(counted)
    learnt = Space(vocabulary, basis(rows, dimensions, rng))
    return learnt, learnt.project(rows)


def count(texts: Iterable[str], tokens: str) -> list[Counted]:
    """How often each text has each of its terms."""
    return [Counter(TOKENS[tokens](text)) for text in texts]


def basis(rows: Sparse, dimensions: int, rng: np.random.Generator, rounds: int = 4) -> Floats:
    """(terms, dimensions) first right singular vectors by randomised power iteration (Halko et al. 2011, 4.4)."""
    wanted = min(dimensions, *rows.shape)
    if wanted == 0:
        return np.zeros((rows.shape[1], 0), dtype=np.float32)
    width = min(wanted + OVERSAMPLED, *rows.shape)
    seen = rows @ rng.standard_normal((rows.shape[1], width), dtype=np.float32)
    for _ in range(rounds):
        seen = rows @ _orthonormal(rows.T @ _orthonormal(seen))
    vectors = _orthonormal(rows.T @ _orthonormal(seen))[:, :wanted]
    signs = np.sign(vectors[np.abs(vectors).argmax(axis=0), np.arange(vectors.shape[1])])  # else the library's choice
    return np.ascontiguousarray(vectors * signs, dtype=np.float32)


def _orthonormal(columns: Any) -> Any:
    """Orthonormal columns that span the same, the strongest direction first, by the eigenvectors of their small Gram
    matrix: one product where QR takes many steps. Directions under a millionth of the strongest are left out."""
    wide = np.asarray(columns, dtype=np.float64)
    values, vectors = np.linalg.eigh(wide.T @ wide)
    values, vectors = values[::-1], vectors[:, ::-1]
    kept = values > 1e-12 * max(float(values[0]), 1e-300)
    return (wide @ (vectors[:, kept] / np.sqrt(values[kept]))).astype(np.float32)


def unit(rows: Floats) -> Floats:
    """Rows at length one; nought stays nought."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(length > 0, length, 1), dtype=np.float32)


def unit_rows(rows: Sparse) -> Sparse:
    """`unit` for sparse rows."""
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    scale = np.repeat(1 / np.where(length > 0, length, 1), np.diff(rows.indptr)).astype(np.float32)
    return sparse.csr_array((rows.data * scale, rows.indices, rows.indptr), shape=rows.shape)
