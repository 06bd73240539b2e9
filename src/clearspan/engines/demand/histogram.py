"""Accounts collapsed into a histogram by (segment, n, y, answer), so that thousands of opportunities are one product.

Nearly all accounts say nothing about nearly all opportunities. So the histogram of an opportunity is kept as its
difference from that of one nobody spoke of: a sparse row for each opportunity and segment.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from clearspan.engines.demand.inputs import Ints
from clearspan.engines.demand.tally import NOBODY, Exposure, Tally

EXACT = 64  # counts up to here are kept as they are; above, rounded by under 3 %
STEP = 1.05
RUNGS = 512  # more than there are up to ten thousand million occasions
ANSWERS = 3


@dataclass(frozen=True)
class Histogram:
    """Which cells there are, how many accounts of a silent opportunity each segment has in them, and differences."""

    code: Ints  # (C,) what tells the cells apart, ascending
    n: Ints  # (C,) occasions of the accounts in a cell
    y: Ints  # (C,) mentions
    asked: Ints  # (C,) answer when asked
    silent: sparse.csr_matrix  # (G, C) accounts of each segment when nobody has spoken
    changes: sparse.csr_matrix  # (J * G, C) what each opportunity changes, row j * G + g
    segments: int  # G

    def rows(self, opportunities: Ints) -> Histogram:
        """The histogram of some of the opportunities, without the cells that none of them has."""
        rows = (opportunities[:, None] * self.segments + np.arange(self.segments)).ravel()
        changes = self.changes[rows]
        used = np.union1d(self.silent.indices, changes.indices)
        return replace(
            self,
            code=self.code[used],
            n=self.n[used],
            y=self.y[used],
            asked=self.asked[used],
            silent=self.silent[:, used],
            changes=changes[:, used],
        )


def histogram(exposure: Exposure, tally: Tally, segment: Ints, segments: int, *, keep_founder: bool) -> Histogram:
    """Collapses a tally. `segment` is that of each account; each founder is left out unless `keep_founder`."""
    heard = np.flatnonzero(exposure.occasions > 0)
    founder = (tally.founder[tally.opportunity] == tally.account) & (not keep_founder)
    nothing = np.zeros(len(exposure.occasions), dtype=np.int64)
    silent_code = _code(*_rungs(exposure.occasions, nothing), nothing)  # of every account, had it said nothing
    spoken_code = _code(*_rungs(tally.n, tally.y), tally.asked)
    codes = np.flatnonzero(np.bincount(np.concatenate([silent_code, spoken_code])))
    number = np.zeros(codes[-1] + 1, dtype=np.int64)
    number[codes] = np.arange(len(codes))

    row = tally.opportunity * segments + segment[tally.account]
    changes = sparse.csr_matrix(
        (
            np.concatenate([np.where(founder, 0.0, 1.0), np.full(len(row), -1.0)]).astype(np.float32),
            (np.concatenate([row, row]), number[np.concatenate([spoken_code, silent_code[tally.account]])]),
        ),
        shape=(tally.count * segments, len(codes)),
    )
    changes.eliminate_zeros()
    silent = sparse.csr_matrix(
        (np.ones(len(heard)), (segment[heard], number[silent_code[heard]])), shape=(segments, len(codes))
    )
    return Histogram(codes, *_decoded(codes), silent, changes, segments)


@dataclass(frozen=True)
class LeftOut:
    """One account of each opportunity that a second scoring does without."""

    segment: Ints  # (J,) its segment
    cell: Ints  # (J,) its cell in the histogram, or NOBODY where nobody is to be left out


def without_loudest(histogram_of: Histogram, tally: Tally, segment: Ints, *, keep_founder: bool) -> LeftOut:
    """Where each opportunity's loudest account stands in the histogram; a founder is out already."""
    account, _ = loudest(tally)
    pair = np.flatnonzero(account[tally.opportunity] == tally.account)
    if not keep_founder:
        pair = pair[tally.founder[tally.opportunity[pair]] != tally.account[pair]]
    cell, home = np.full(tally.count, NOBODY), np.zeros(tally.count, dtype=np.int64)
    code = _code(*_rungs(tally.n[pair], tally.y[pair]), tally.asked[pair])
    cell[tally.opportunity[pair]] = np.searchsorted(histogram_of.code, code)
    home[tally.opportunity[pair]] = segment[tally.account[pair]]
    return LeftOut(home, cell)


def loudest(pairs: Tally) -> tuple[Ints, Ints]:
    """The account that mentioned each opportunity most (NOBODY where none did; ties by order) and how often it did."""
    account, mentions = np.full(pairs.count, NOBODY), np.zeros(pairs.count, dtype=np.int64)
    order = np.lexsort((-pairs.account, pairs.mentions))  # the loudest, and of equals the first account, comes last
    account[pairs.opportunity[order]] = pairs.account[order]
    mentions[pairs.opportunity[order]] = pairs.mentions[order]
    return np.where(mentions > 0, account, NOBODY), mentions


def _rungs(n: Ints, y: Ints) -> tuple[Ints, Ints]:
    """Counts as rungs of a ladder that is geometric from EXACT on, so that cells stay few; never y over n."""
    rung = _rung(n)
    return rung, np.minimum(_rung(y), rung)


def _rung(count: Ints) -> Ints:
    if not len(count) or count.max() <= EXACT:
        return count
    steps = np.round(np.log(np.maximum(count, EXACT) / EXACT) / np.log(STEP)).astype(np.int64)
    return np.where(count <= EXACT, count, EXACT + steps)


def _height(rung: Ints) -> Ints:
    """The count that a rung stands for."""
    return np.where(rung <= EXACT, rung, np.round(EXACT * STEP ** np.maximum(rung - EXACT, 0)).astype(np.int64))


def _code(n: Ints, y: Ints, asked: Ints) -> Ints:
    """One number for a cell, small enough to count them all."""
    return (n * RUNGS + y) * ANSWERS + asked


def _decoded(code: Ints) -> tuple[Ints, Ints, Ints]:
    return _height(code // ANSWERS // RUNGS), _height(code // ANSWERS % RUNGS), code % ANSWERS
