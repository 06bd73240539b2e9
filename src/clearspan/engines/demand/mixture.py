"""Fits the mixtures that detection and prevalence come from, by expectation and maximisation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearspan.engines.demand.grid import Grid
from clearspan.engines.demand.histogram import Histogram
from clearspan.engines.demand.inputs import Floats, Settings
from clearspan.engines.demand.likelihood import Nuisance
from clearspan.engines.demand.surface import Single, log_cells, log_surface

PSEUDO = 4.0  # opportunities that the Dirichlet prior of each mixture is worth
ROUNDS = 40
FLOOR = np.float32(-60.0)  # of a log-likelihood: under it are the numbers that processors are slow with


@dataclass(frozen=True)
class Mixture:
    """Weights of the grid's shapes, and how likely all the evidence is with them."""

    bumps: Floats  # (B,)
    kinds: Floats  # (K,)
    log_evidence: float


def fit(
    histogram: Histogram,
    grid: Grid,
    nuisance: Nuisance,
    settings: Settings,
    start: Mixture | None = None,
    rounds: int = ROUNDS,
) -> Mixture:
    """Weights of the kinds and of the shapes of detection over all the opportunities in the histogram."""
    surface = log_surface(histogram, log_cells(histogram, grid, nuisance, settings))
    likelihood, scale = scaled(surface)
    evidence = (np.log(likelihood @ grid.kinds.T.astype(np.float32)) + scale[..., None]).sum(axis=1)  # (J, P, K)
    best = evidence.max(axis=(1, 2))
    chance = np.exp(evidence - best[:, None, None])
    count, points = chance.shape[:2]
    flat = chance.reshape(count * points, -1)
    shapes = grid.bumps.astype(np.float32)
    kinds = np.full(len(grid.kinds), 1 / len(grid.kinds)) if start is None else start.kinds
    bumps = np.full(len(shapes), 1 / len(shapes)) if start is None else start.bumps
    for _ in range(rounds):
        detection = (bumps @ shapes).astype(np.float32)
        by_detection = (flat @ kinds.astype(np.float32)).reshape(count, points)
        by_kind = np.matmul(detection, chance)  # (J, K)
        total = by_detection @ detection
        kinds = _smoothed((by_kind / total[:, None]).sum(axis=0) * kinds)
        bumps = _smoothed(((by_detection / total[:, None]).sum(axis=0) @ shapes.T) * bumps)
    total = (flat @ kinds).reshape(count, points) @ (bumps @ shapes)
    return Mixture(bumps, kinds, float((np.log(total) + best).sum()))


def scaled(surface: Single) -> tuple[Single, Single]:
    """Likelihood (..., P, Q) scaled to 1 at the best prevalence, and its log scale (..., P), from its logarithm."""
    scale = surface.max(axis=-1)
    likelihood = np.maximum(surface - scale[..., None], FLOOR)
    return np.exp(likelihood, out=likelihood), scale


def _smoothed(expected: Floats) -> Floats:
    """Weights from expected numbers of opportunities, towards equal ones."""
    return np.asarray((expected + PSEUDO / len(expected)) / (expected.sum() + PSEUDO))
