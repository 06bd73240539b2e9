"""Accounts collapsed into a histogram by (segment, n, y, answer), so that thousands of opportunities are one product.

Nearly all accounts say nothing about nearly all opportunities. So the histogram of an opportunity is kept as its
difference from that of one nobody spoke of: a sparse row for each opportunity and segment.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from clearspan.engines.demand.inputs import Ints
from clearspan.engines.demand.tally import NOBODY, NOT_ASKED, Exposure, Tally
from clearspan.engines.numerics.integers import distinct_and_place

EXACT = 64  # counts up to here are kept as they are; above, rounded by under 3 %
STEP = 1.05


@dataclass(frozen=True)
class Histogram:
    """Which cells there are, how many accounts of a silent opportunity each segment has in them, and differences."""

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
    n, y = _rounded(tally.n, tally.y)
    before, _ = _rounded(exposure.occasions[tally.account], np.zeros_like(tally.y))
    base, _ = _rounded(exposure.occasions[heard], np.zeros_like(heard))

    counts = np.concatenate([base, n, before])
    mentions = np.concatenate([np.zeros_like(base), y, np.zeros_like(before)])
    answers = np.concatenate([np.full_like(base, NOT_ASKED), tally.asked, np.full_like(before, NOT_ASKED)])
    cells, place = _cells(counts, mentions, answers)
    silent, now, gone = np.split(place, [len(base), len(base) + len(n)])

    row = tally.opportunity * segments + segment[tally.account]
    changes = sparse.csr_matrix(
        (
            np.concatenate([np.where(founder, 0.0, 1.0), np.full(len(row), -1.0)]).astype(np.float32),
            (np.concatenate([row, row]), np.concatenate([now, gone])),
        ),
        shape=(tally.count * segments, len(cells[0])),
    )
    changes.eliminate_zeros()
    return Histogram(
        *cells,
        sparse.csr_matrix((np.ones(len(heard)), (segment[heard], silent)), shape=(segments, len(cells[0]))),
        changes,
        segments,
    )


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
    names = _names(histogram_of.n, histogram_of.y, histogram_of.asked)  # sorted, as they were made
    cell, home = np.full(tally.count, NOBODY), np.zeros(tally.count, dtype=np.int64)
    cell[tally.opportunity[pair]] = np.searchsorted(
        names, _names(*_rounded(tally.n[pair], tally.y[pair]), tally.asked[pair])
    )
    home[tally.opportunity[pair]] = segment[tally.account[pair]]
    return LeftOut(home, cell)


def loudest(pairs: Tally) -> tuple[Ints, Ints]:
    """The account that mentioned each opportunity most (NOBODY where none did; ties by order) and how often it did."""
    account, mentions = np.full(pairs.count, NOBODY), np.zeros(pairs.count, dtype=np.int64)
    order = np.lexsort((-pairs.account, pairs.mentions))  # the loudest, and of equals the first account, comes last
    account[pairs.opportunity[order]] = pairs.account[order]
    mentions[pairs.opportunity[order]] = pairs.mentions[order]
    return np.where(mentions > 0, account, NOBODY), mentions


def _rounded(n: Ints, y: Ints) -> tuple[Ints, Ints]:
    """Large counts on a geometric ladder, so that cells stay few; never more mentions than occasions."""
    counts = _ladder(n)
    return counts, np.minimum(_ladder(y), counts)


def _ladder(count: Ints) -> Ints:
    steps = np.round(np.log(np.maximum(count, EXACT) / EXACT) / np.log(STEP))
    return np.where(count <= EXACT, count, np.round(EXACT * STEP**steps).astype(np.int64))


def _names(n: Ints, y: Ints, asked: Ints) -> Ints:
    return (n << 32) | (y << 2) | asked


def _cells(n: Ints, y: Ints, asked: Ints) -> tuple[tuple[Ints, Ints, Ints], Ints]:
    names, place = distinct_and_place(_names(n, y, asked))
    return (names >> 32, (names >> 2) & (2**30 - 1), names & 3), place
