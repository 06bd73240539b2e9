"""Groups of like vectors: spherical k-means (Dhillon and Modha 2001), started by k-means++ (Arthur and
Vassilvitskii 2007)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from clearspan.engines.themes.vectors import Floats, Ints, unit

CANDIDATES = 6  # of each further start, the one that helps most is taken (greedy k-means++)
JUDGED_ON = 2_000  # texts, at most, that the number of groups is chosen on
NEARLY = 0.2  # of the widest gap: less of a difference between two numbers of groups says nothing
BLOCK = 20_000
SETTLED = 0.001  # share of rows that may still be changing places when it ends


@dataclass(frozen=True)
class Clusters:
    """(n,) group of each row, (n,) cosine to its centre, (k, d) centres of unit length."""

    group: Ints
    similarity: Floats
    centres: Floats

    @property
    def count(self) -> int:
        return len(self.centres)


def kmeans(rows: Floats, count: int, rng: np.random.Generator, *, starts: int = 2, rounds: int = 50) -> Clusters:
    """The best of `starts` runs by total similarity. Groups that run empty are left out."""
    found = [_run(rows, _seeds(rows, count, rng), rounds) for _ in range(starts)]
    best = max(found, key=lambda clusters: float(clusters.similarity.sum()))
    used, group = np.unique(best.group, return_inverse=True)
    return Clusters(group.astype(np.int64), best.similarity, best.centres[used])


def choose_count(rows: Floats, rng: np.random.Generator) -> int:
    """The number of groups with the widest gap between the own centre and the next (simplified silhouette).

    Of numbers whose gaps are nearly the same the largest: texts read by meaning part into two halves as well as into
    their themes, and halves tell nobody anything.
    """
    sample = rows[np.sort(rng.permutation(len(rows))[:JUDGED_ON])]
    largest = max(2, round(len(rows) ** 0.5))  # the measure alone would split texts as short as these without end
    counts = sorted({min(round(x), len(sample)) for x in np.geomspace(2, largest, 8)})
    widths = [silhouette(sample, kmeans(sample, count, rng, starts=1, rounds=15)) for count in counts]
    least = (1 - NEARLY) * max(widths)
    enough: list[int] = [count for count, width in zip(counts, widths, strict=True) if width >= least]
    return max(enough)


def silhouette(rows: Floats, clusters: Clusters) -> float:
    """Mean over rows of (b - a) / max(a, b): a the distance to the own centre without the row itself, b to the next."""
    if clusters.count < 2:
        return -1.0
    size = np.bincount(clusters.group, minlength=clusters.count)
    sums = _sums(rows, clusters.group, clusters.count)
    near = rows @ clusters.centres.T
    near[np.arange(len(rows)), clusters.group] = -1
    b = 1 - near.max(axis=1)
    own = unit(sums[clusters.group] - rows)
    a = np.where(size[clusters.group] > 1, 1 - np.einsum("ij,ij->i", own, rows), 1.0)
    return float(np.mean((b - a) / np.maximum(np.maximum(a, b), 1e-9)))


def _seeds(rows: Floats, count: int, rng: np.random.Generator) -> Floats:
    chosen = [int(rng.integers(len(rows)))]
    far = _distance(rows, rows[chosen])[:, 0]
    while len(chosen) < min(count, len(rows)):
        total = far.sum()
        chance = far / total if total > 0 else None
        candidates = rng.choice(len(rows), size=CANDIDATES, p=chance)
        then = np.minimum(far[:, None], _distance(rows, rows[candidates]))
        best = int(then.sum(axis=0).argmin())
        chosen.append(int(candidates[best]))
        far = then[:, best]
    return rows[chosen]


def _distance(rows: Floats, to: Floats) -> np.ndarray:
    """1 - cosine, in double precision: the chances made of it add up to one."""
    return np.maximum(1.0 - np.asarray(rows @ to.T, dtype=np.float64), 0.0)


def _run(rows: Floats, centres: Floats, rounds: int) -> Clusters:
    group, similarity = nearest_centre(rows, centres)
    for _ in range(rounds):
        sums = _sums(rows, group, len(centres))
        filled = np.linalg.norm(sums, axis=1) > 0
        centres = np.where(filled[:, None], unit(sums), centres)
        before = group
        group, similarity = nearest_centre(rows, centres)
        if np.count_nonzero(before != group) <= SETTLED * len(rows):
            break
    return Clusters(group, similarity, centres)


def nearest_centre(rows: Floats, centres: Floats) -> tuple[Ints, Floats]:
    """(n,) index of the nearest centre and the cosine to it, in blocks: memory does not grow with n times k."""
    group = np.empty(len(rows), dtype=np.int64)
    similarity = np.empty(len(rows), dtype=np.float32)
    for start in range(0, len(rows), BLOCK):
        near = rows[start : start + BLOCK] @ centres.T
        best = near.argmax(axis=1)
        group[start : start + BLOCK] = best
        similarity[start : start + BLOCK] = near[np.arange(len(near)), best]
    return group, similarity


def _sums(rows: Floats, group: Ints, count: int) -> Floats:
    member = sparse.csr_array((np.ones(len(rows), np.float32), (group, np.arange(len(rows)))), (count, len(rows)))
    return np.asarray(member @ rows, dtype=np.float32)
