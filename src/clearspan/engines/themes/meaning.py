"""Texts by what their words mean: static embeddings from a small model that ships with the package.

A text's vector is the sum of its word pieces', less the mean of all texts it is read among: what every text of a
product has in common tells none from another.

The model (data/, made by tools/text_model.py) is distilled from all-MiniLM-L6-v2. It knows English words by their
meaning before it has seen a text, so that “bill” is near “invoice” where only one of them was ever said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from scipy import sparse

from clearspan.engines.themes.pieces import Pieces
from clearspan.engines.themes.vectors import Floats, unit
from clearspan.engines.themes.words import plain

_SCALE = 256  # of a kept dimension: they are small, as there are as many of them
FEW = 50  # rows from which their own mean counts as much as nought
_MODEL = Path(__file__).parent / "data" / "minilm-l6-256.npz"


class Static:
    """The model: word pieces, and (pieces, dimensions) their vectors."""

    def __init__(self, pieces: Sequence[str], table: Floats) -> None:
        self.pieces, self._table = tuple(pieces), table
        self._cut = Pieces({piece: number for number, piece in enumerate(pieces)})

    @property
    def dimensions(self) -> int:
        return int(self._table.shape[1])

    def vectors(self, texts: Iterable[str]) -> Floats:
        """(n, dimensions) rows of unit length; nought for a text without a known piece."""
        starts, columns = [0], []
        for text in texts:
            columns.extend(self._cut.of(plain(text)))
            starts.append(len(columns))
        counts = sparse.csr_array(
            (np.ones(len(columns), np.float32), np.array(columns, dtype=np.int32), np.array(starts)),
            shape=(len(starts) - 1, len(self._table)),
        )
        return unit(np.asarray(counts @ self._table, dtype=np.float32))


@dataclass(frozen=True)
class Meaning:
    """The model, and the (dimensions,) mean of the texts it reads among."""

    model: Static
    middle: Floats

    def vectors(self, texts: Iterable[str]) -> Floats:
        """(n, dimensions) rows of unit length; nought for a text without a known piece."""
        return self.centred(self.model.vectors(texts))

    def centred(self, rows: Floats) -> Floats:
        known = np.any(rows != 0, axis=1, keepdims=True)
        return unit(np.where(known, rows - self.middle, 0))


def meaning(texts: Sequence[str]) -> tuple[Meaning, Floats]:
    """What reads further texts among these, and the vectors of these."""
    rows = static().vectors(texts)
    known = np.any(rows != 0, axis=1)
    middle = rows[known].mean(axis=0) if known.sum() > 1 else np.zeros(rows.shape[1])
    learnt = Meaning(static(), middle.astype(np.float32))
    return learnt, learnt.centred(rows)


def titled(titles: Sequence[str], texts: Sequence[str]) -> Floats:
    """(n, dimensions) rows of unit length of texts under titles, in which a title counts twice as much."""
    return unit(static().vectors(titles) + 0.5 * static().vectors(texts))


def packed(rows: Floats) -> list[bytes]:
    """Rows of unit length for keeping, a byte a dimension: cosines of what is kept are right to about a hundredth."""
    scaled = np.clip(np.rint(rows * _SCALE), -127, 127).astype(np.int8)
    return [row.tobytes() for row in scaled]


def unpacked(kept: bytes) -> Floats:
    """(n, dimensions) rows that were packed, one after the other."""
    rows = np.frombuffer(kept, dtype=np.int8).reshape(-1, static().dimensions)
    return rows.astype(np.float32) / np.float32(_SCALE)


@dataclass(frozen=True)
class Gathering:
    """Rows of unit length, and what they have in common: that is taken from them and from what is held against them,
    because it tells none of them from another. Of few rows little is taken: the mean of two says nothing of all."""

    rows: Floats
    middle: Floats
    lengths: Floats

    @classmethod
    def of(cls, rows: Floats) -> Gathering:
        middle = rows.sum(axis=0) / np.float32(len(rows) + FEW)
        lengths = np.sqrt(np.maximum(1 - 2 * (rows @ middle) + middle @ middle, 1e-6))
        return cls(rows, middle, lengths.astype(np.float32))

    def alike(self, query: Floats) -> Floats:
        """(n,) cosines of the rows to a query (dimensions,)."""
        away = query - self.middle
        length = max(float(np.linalg.norm(away)), 1e-6)
        return np.asarray((self.rows @ away - self.middle @ away) / (self.lengths * length), dtype=np.float32)


@cache
def static() -> Static:
    """The model that ships with the package, read once."""
    with np.load(_MODEL) as stored:
        return Static(stored["pieces"].tobytes().decode().split("\n"), stored["vectors"].astype(np.float32))
