"""From likelihood and prior to what is believed of each opportunity: its segments, its market, its verdict."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit
from scipy.stats import qmc

from clearspan.engines.demand.grid import Grid
from clearspan.engines.demand.inputs import Floats, Ints
from clearspan.engines.demand.mixture import scaled
from clearspan.engines.demand.prior import Node
from clearspan.engines.demand.surface import Single

NOTHING, UNLIKELY = 1e-12, 1e-5  # under these, zero: processors are slow with the tiniest numbers
GOLDEN = (5**0.5 - 1) / 2  # its multiples fill the unit interval evenly


@dataclass(frozen=True)
class Posterior:
    """Beliefs about a batch of opportunities. Means and verdicts are exact on the grid; the market is drawn."""

    psi: Floats  # (J, G) mean prevalence
    mass: Floats  # (J, G, Q) probability of each bin of prevalence
    detection: Floats  # (J,) mean detection
    reach: Floats  # (J, G + 1) probability that this many segments have the need
    drawn: Floats  # (J, S, G) draws of the prevalences, jointly
    psi_without: Floats  # (J, G) mean prevalence with the loudest account left out


@dataclass(frozen=True)
class Other:
    """What one segment of some opportunities looks like with an account left out."""

    opportunity: Ints  # (R,)
    segment: Ints  # (R,)
    surface: Single  # (R, P, Q)


def uniforms(draws: int, segments: int, seed: int) -> Floats:
    """(S, G + 1) scrambled Sobol points, the same for every opportunity: one scored alone gives the same digits.

    Sorted by the first coordinate.
    """
    points = np.asarray(qmc.Sobol(segments + 1, scramble=True, rng=np.random.default_rng(seed)).random(draws))
    return points[np.argsort(points[:, 0])]


def posterior(surface: Single, other: Other, grid: Grid, node: Node, points: Floats) -> Posterior:
    """What is believed under one node, given the log-surface (J, G, P, Q) and uniform points (S, G + 1)."""
    likelihood, scale = scaled(surface)
    plain, above, mean = _by_kind(likelihood, grid)  # (J, G, P, K)
    log_evidence = np.log(plain) + scale[..., None]
    log_joint = log_evidence.sum(axis=1) + np.log(node.detection[:, None] * node.kinds).astype(np.float32)
    joint = _normalised(log_joint)
    mass = (likelihood * ((joint[:, None] / plain) @ grid.kinds.astype(np.float32))).sum(axis=2).astype(float)
    mass /= mass.sum(axis=2, keepdims=True)

    mean /= plain
    log_joint[other.opportunity] -= log_evidence[other.opportunity, other.segment]
    likelihood_without, scale_without = scaled(other.surface)
    plain_without, _, mean_without = _by_kind(likelihood_without, grid)
    log_joint[other.opportunity] += np.log(plain_without) + scale_without[..., None]
    drawn = _drawn(likelihood, joint, grid, points)
    above /= plain
    above[above < UNLIKELY] = 0
    reach = _reach(joint, above)
    mean[other.opportunity, other.segment] = mean_without / plain_without
    psi_without = np.einsum("jpk,jgpk->jg", _normalised(log_joint), mean).astype(float)
    return Posterior(mass @ grid.psi, mass, joint.sum(axis=2).astype(float) @ grid.p, reach, drawn, psi_without)


def mixed(parts: list[Posterior], weights: Floats) -> Posterior:
    """The average of the posteriors under several nodes, each of which has drawn its share of the points."""

    def average(name: str) -> Floats:
        return np.asarray(np.tensordot(weights, np.stack([getattr(part, name) for part in parts]), axes=1))

    return Posterior(
        **{name: average(name) for name in ("psi", "mass", "detection", "reach", "psi_without")},
        drawn=np.concatenate([part.drawn for part in parts], axis=1),
    )


def turns(weights: Floats, draws: int) -> Ints:
    """(S,) which node draws each point: every one its share, and spread evenly over the points."""
    return np.searchsorted(np.cumsum(weights)[:-1], (np.arange(draws) * GOLDEN) % 1, side="right")


def _by_kind(likelihood: Single, grid: Grid) -> tuple[Single, Single, Single]:
    """(..., P, K) integrals over prevalence under each kind: of one, of being over the threshold, of prevalence."""
    weights = np.concatenate([grid.kinds, grid.kinds * grid.above, grid.kinds * grid.psi]).astype(np.float32)
    integrals = likelihood @ weights.T
    plain, above, mean = np.split(integrals, 3, axis=-1)
    return plain, above, mean


def _normalised(log_joint: Single) -> Single:
    joint = np.exp(log_joint - log_joint.max(axis=(1, 2), keepdims=True))
    joint[joint < NOTHING] = 0
    return np.asarray(joint / joint.sum(axis=(1, 2), keepdims=True))


def _reach(joint: Single, above: Single) -> Floats:
    """(J, G + 1) how many segments have the need: a Poisson-binomial, given detection and kind."""
    segments = above.shape[1]
    counts = np.zeros((segments + 1, *joint.shape), dtype=np.float32)
    counts[0] = joint
    for g in range(segments):
        reached = counts[: g + 1] * above[:, g]
        counts[: g + 1] -= reached
        counts[1 : g + 2] += reached
    reach = np.maximum(counts.sum(axis=(2, 3)).T.astype(float), 0)
    return np.asarray(reach / reach.sum(axis=1, keepdims=True))


def _drawn(likelihood: Single, joint: Single, grid: Grid, points: Floats) -> Floats:
    """(J, S, G) draws: detection and kind first, then each segment's prevalence, by inverting its distribution.

    Many draws share a detection and a kind, whose distributions are then cumulated once.
    """
    opportunities, segments = likelihood.shape[:2]
    cells = joint[0].size
    place, _ = _inverted(joint.reshape(opportunities, cells), points[:, 0])
    place = (place + np.arange(opportunities)[:, None] * cells).ravel()  # ascending, as the points are
    new = np.diff(place, prepend=-1) > 0
    row = np.cumsum(new) - 1
    j, p, k = np.unravel_index(place[new], joint.shape)
    mass = likelihood[j, :, p] * grid.kinds.astype(np.float32)[k][:, None]  # (U, G, Q)
    lines = row.reshape(opportunities, -1)[..., None] * segments + np.arange(segments)  # (J, S, G)
    bin_, part = _inverted(mass.reshape(-1, mass.shape[2]), points[:, 1:], lines)
    return np.asarray(expit(grid.edges[bin_] + part * np.diff(grid.edges)[bin_]))


def _inverted(mass: Single, at: Floats, line: Ints | None = None) -> tuple[Ints, Floats]:
    """Where in the cumulated masses of its line each uniform number falls: which bin, and how far into it.

    Without `line`, every number is looked up in every line. All lines stand in one ascending array, line i from i to
    i + 1, so that one search finds them all.
    """
    if line is None:
        line = np.arange(len(mass))[:, None]
    size = mass.shape[1]
    ends = np.cumsum(mass, axis=1, dtype=float)
    ends /= ends[:, -1:]
    ends += np.arange(len(mass))[:, None]
    ends = ends.ravel()
    target = line + at
    found = np.clip(np.searchsorted(ends, target), line * size, line * size + size - 1)
    start = np.where(found == line * size, line, ends[found - 1])
    return found - line * size, np.clip((target - start) / np.maximum(ends[found] - start, 1e-300), 0, 1)
