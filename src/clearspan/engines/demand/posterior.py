"""From likelihood and prior to what is believed of each opportunity: its segments, its market, its verdict."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from scipy.special import expit
from scipy.stats import qmc

from clearspan.engines.demand.grid import Grid
from clearspan.engines.demand.inputs import Floats
from clearspan.engines.demand.mixture import log_segment_evidence
from clearspan.engines.demand.prior import Node
from clearspan.engines.demand.surface import Single


@dataclass(frozen=True)
class Posterior:
    """Beliefs about a batch of opportunities. Means and verdicts are exact on the grid; the market is drawn."""

    psi: Floats  # (J, G) mean prevalence
    mass: Floats  # (J, G, Q) probability of each bin of prevalence
    detection: Floats  # (J,) mean detection
    reach: Floats  # (J, G + 1) probability that this many segments have the need
    drawn: Floats  # (J, S, G) draws of the prevalences, jointly
    psi_without: Floats  # (J, G) mean prevalence with the loudest account left out


def uniforms(draws: int, segments: int, seed: int) -> Floats:
    """(S, G + 1) scrambled Sobol points, the same for every opportunity: one scored alone gives the same digits."""
    return np.asarray(qmc.Sobol(segments + 1, scramble=True, rng=np.random.default_rng(seed)).random(draws))


def posterior(surface: Single, without: Single, grid: Grid, node: Node, points: Floats) -> Posterior:
    """What is believed under one node, given the log-surface (J, G, P, Q) and uniform points (S, G + 1).

    `without` is the surface with the loudest account of each opportunity left out.
    """
    likelihood, _, evidence = log_segment_evidence(surface, grid.kinds)
    joint = _joint(evidence, node)
    kinds = grid.kinds.astype(np.float32)
    plain = likelihood @ kinds.T  # (J, G, P, K)
    above = (likelihood[..., grid.above] @ kinds[:, grid.above].T) / plain
    mass = np.einsum("jgpq,jgpq->jgq", likelihood, (joint[:, None] / plain) @ kinds).astype(float)
    mass /= mass.sum(axis=2, keepdims=True)
    return Posterior(
        psi=mass @ grid.psi,
        mass=mass,
        detection=joint.sum(axis=2).astype(float) @ grid.p,
        reach=_reach(joint, above),
        drawn=_drawn(likelihood, joint, grid, points),
        psi_without=means(without, grid, node),
    )


def means(surface: Single, grid: Grid, node: Node) -> Floats:
    """(J, G) mean prevalences alone."""
    likelihood, scale, evidence = log_segment_evidence(surface, grid.kinds)
    plain = np.exp(evidence - scale[..., None])
    weighted = (likelihood * grid.psi.astype(np.float32)) @ grid.kinds.T.astype(np.float32)
    return np.asarray(np.einsum("jpk,jgpk->jg", _joint(evidence, node), weighted / plain).astype(float))


def mixed(parts: list[Posterior], weights: Floats) -> Posterior:
    """The average of the posteriors under several nodes; draws are taken from each by its weight."""
    draws = parts[0].drawn.shape[1]
    bounds = np.round(np.cumsum([0.0, *weights]) * draws).astype(int)

    def average(name: str) -> Floats:
        return np.asarray(np.tensordot(weights, np.stack([getattr(part, name) for part in parts]), axes=1))

    return Posterior(
        **{name: average(name) for name in ("psi", "mass", "detection", "reach", "psi_without")},
        drawn=np.concatenate(
            [part.drawn[:, a:b] for part, a, b in zip(parts, bounds[:-1], bounds[1:], strict=True)], axis=1
        ),
    )


def joined(parts: list[Posterior]) -> Posterior:
    """The posteriors of batches, one after the other."""
    return Posterior(
        **{field.name: np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Posterior)}
    )


def _joint(evidence: Single, node: Node) -> Single:
    """(J, P, K) posterior of detection and kind."""
    with np.errstate(divide="ignore"):
        log_joint = evidence.sum(axis=1) + np.log(node.detection[:, None] * node.kinds).astype(np.float32)
    log_joint -= log_joint.max(axis=(1, 2), keepdims=True)
    joint = np.exp(log_joint)
    joint /= joint.sum(axis=(1, 2), keepdims=True)
    return np.asarray(joint)


def _reach(joint: Single, above: Single) -> Floats:
    """(J, G + 1) how many segments have the need: a Poisson-binomial, given detection and kind."""
    segments = above.shape[1]
    counts = np.zeros((segments + 1, *joint.shape), dtype=np.float32)
    counts[0] = 1
    for g in range(segments):
        chance = above[:, g]
        counts[1 : g + 2] = counts[1 : g + 2] * (1 - chance) + counts[: g + 1] * chance
        counts[0] *= 1 - chance
    reach = np.einsum("cjpk,jpk->jc", counts, joint).astype(float)
    return np.asarray(reach / reach.sum(axis=1, keepdims=True))


def _drawn(likelihood: Single, joint: Single, grid: Grid, points: Floats) -> Floats:
    """(J, S, G) draws: detection and kind first, then each segment's prevalence, by inverting its distribution."""
    opportunities, segments = likelihood.shape[:2]
    drawn = np.empty((opportunities, len(points), segments))
    kinds, width = grid.kinds.astype(np.float32), np.diff(grid.edges)
    order = np.sort(points[:, 0])
    ranks = np.argsort(points[:, 0])
    for j in range(opportunities):
        below = np.cumsum(joint[j].ravel(), dtype=float)
        place = np.minimum(np.searchsorted(below, order * below[-1]), len(below) - 1)
        p, k = place // len(kinds), place % len(kinds)
        mass = likelihood[j][:, p] * kinds[k]  # (G, S, Q)
        cumulated = np.cumsum(mass, axis=2)
        target = (points[ranks, 1:].T * cumulated[:, :, -1]).astype(np.float32)
        bin_ = np.minimum((cumulated < target[..., None]).sum(axis=2), len(width) - 1)
        upper = np.take_along_axis(cumulated, bin_[..., None], axis=2)[..., 0]
        inside = np.take_along_axis(mass, bin_[..., None], axis=2)[..., 0]
        part = np.clip(1 - (upper - target) / np.maximum(inside, 1e-30), 0, 1)
        drawn[j] = expit(grid.edges[bin_] + part * width[bin_]).T
    return drawn
