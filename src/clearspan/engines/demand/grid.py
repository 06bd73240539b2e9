"""The grids on which prevalence and detection are integrated, and the shapes their priors are made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, ndtr

Floats = NDArray[np.float64]

DETECTIONS = 48  # under 48 points the answer moves
RAREST, SUREST = 0.0007, 0.85  # of the detections considered
PREVALENCES = 40
LOWEST, HIGHEST = -8.5, 3.5  # logit of the prevalences considered: 0.0002 to 0.97


@dataclass(frozen=True)
class Grid:
    """Bins of prevalence, an edge of which is the threshold, points of detection, and mixtures over both."""

    edges: Floats  # (Q + 1,) logit of the edges of the bins of prevalence
    psi: Floats  # (Q,) mean prevalence in a bin, uniform on the logit scale
    above: NDArray[np.bool_]  # (Q,) bins at or over the threshold
    p: Floats  # (P,) detections
    bumps: Floats  # (B, P) shapes of which the prior of detection is a mixture; rows sum to 1
    kinds: Floats  # (K, Q) kinds of opportunity: how its segments' prevalences are spread; rows sum to 1


@lru_cache(maxsize=8)
def grid(threshold: float) -> Grid:
    """The grid for one threshold (0 to 1)."""
    cut = float(np.clip(logit(threshold), LOWEST + 1, HIGHEST - 1))
    below = round(PREVALENCES * (cut - LOWEST) / (HIGHEST - LOWEST))
    edges = np.concatenate(
        [np.linspace(LOWEST, cut, below + 1), np.linspace(cut, HIGHEST, PREVALENCES - below + 1)[1:]]
    )
    psi = np.diff(np.logaddexp(0, edges)) / np.diff(edges)  # the mean of a uniform logit, in closed form
    points = np.linspace(logit(RAREST), logit(SUREST), DETECTIONS)
    return Grid(edges, psi, edges[:-1] >= cut - 1e-12, expit(points), _bumps(points), _kinds(edges))


def _bumps(points: Floats) -> Floats:
    centres = np.linspace(points[0], points[-1], 22)
    heights = np.exp(-0.5 * ((points - centres[:, None]) / 0.45) ** 2)
    return np.asarray(heights / heights.sum(axis=1, keepdims=True))


def _kinds(edges: Floats) -> Floats:
    """Segments alike, segments varied, and needs that some segments have and the others hardly have."""
    levels = np.linspace(-7.5, 1.5, 13)
    plain = [_bell(edges, level, spread) for spread in (0.4, 1.1) for level in levels]
    low = _bell(edges, -6.0, 1.3)
    split = [
        share * _bell(edges, level, 0.6) + (1 - share) * low
        for level in (-2.2, -1.3, -0.4, 0.6)
        for share in (0.15, 0.3, 0.5, 0.75)
    ]
    return np.array(plain + split)


def _bell(edges: Floats, centre: float, spread: float) -> Floats:
    mass = np.diff(ndtr((edges - centre) / spread)) + 1e-9  # no bin is impossible
    return np.asarray(mass / mass.sum())
