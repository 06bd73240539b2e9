"""Learns, over all opportunities, how needs are detected, how loud accounts are and how prevalences are spread.

Empirical Bayes with its own uncertainty carried: mixture weights are posterior means under a Dirichlet prior (a kind
of opportunity that was not seen stays possible), and loudness and wrong tags are averaged over, not plugged in.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clearspan.engines.demand.grid import Grid
from clearspan.engines.demand.histogram import Histogram
from clearspan.engines.demand.inputs import Floats, Settings
from clearspan.engines.demand.likelihood import Nuisance
from clearspan.engines.demand.surface import Single, log_cells, log_surface

RHOS = (0.0, 0.03, 0.1, 0.2, 0.35)
WRONG_TAGS = (0.01, 0.2, 1.0)  # shares of the rate stated: the data may speak for less, never for more
PSEUDO = 4.0  # opportunities that the prior of each mixture is worth
ROUNDS = 40
NEGLIGIBLE = 0.03  # posterior probability under which a node is dropped
SEARCHED_ON = 120  # opportunities, at most, that loudness and wrong tags are weighed on
NODE_BUDGET = 3000  # nodes x opportunities: with thousands of opportunities one node carries all the weight anyway


@dataclass(frozen=True)
class Node:
    """One setting of loudness and wrong tags, its posterior probability, and the priors learnt under it."""

    nuisance: Nuisance
    weight: float
    detection: Floats  # (P,) prior of detection
    kinds: Floats  # (K,) prior of the kind of opportunity


@dataclass(frozen=True)
class Prior:
    """What was learnt from all opportunities; small, and all that scoring one more needs."""

    nodes: tuple[Node, ...]

    def under(self, rho: float, burst: float) -> Prior:
        """The same priors, were accounts this unlike in loudness and bursts this common."""
        return Prior(
            tuple(replace(node, nuisance=replace(node.nuisance, rho=rho, burst=burst)) for node in self.nodes)
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, for keeping; `from_dict` reads them."""
        return {
            "nodes": [
                asdict(node) | {"detection": node.detection.tolist(), "kinds": node.kinds.tolist()}
                for node in self.nodes
            ]
        }

    @staticmethod
    def from_dict(kept: dict[str, Any]) -> Prior:
        """The prior that `to_dict` wrote."""
        return Prior(
            tuple(
                Node(
                    Nuisance(**node["nuisance"]),
                    float(node["weight"]),
                    np.array(node["detection"]),
                    np.array(node["kinds"]),
                )
                for node in kept["nodes"]
            )
        )


def learn(histogram: Histogram, grid: Grid, settings: Settings, rng: np.random.Generator) -> Prior:
    """Learns the prior from a random sample of the opportunities."""
    count = histogram.changes.shape[0] // histogram.segments
    sample = np.sort(rng.permutation(count)[: settings.learn_from])
    few = histogram.rows(np.sort(rng.permutation(sample)[:SEARCHED_ON]))
    coarse = replace(grid, psi=grid.psi[::2], kinds=_coarser(grid.kinds), p=grid.p[::2], bumps=_coarser(grid.bumps))
    nuisances = [
        Nuisance(rho, settings.burst, share * settings.wrong_tag_rate)
        for rho in RHOS
        for share in (WRONG_TAGS if settings.wrong_tag_rate > 0 else (0.0,))
    ]
    evidence = np.array([_fit(few, coarse, nuisance, settings)[2] for nuisance in nuisances])
    weight = np.exp((evidence - evidence.max()) * 1.0)
    weight /= weight.sum()
    most = max(1, NODE_BUDGET // max(count, 1))
    kept = [
        int(i)
        for i in np.argsort(-weight, kind="stable")[:most]
        if weight[i] >= NEGLIGIBLE or weight[i] == weight.max()
    ]
    total = weight[kept].sum()
    rows = histogram.rows(sample)
    nodes = []
    for i in kept:
        detection, kinds, _ = _fit(rows, grid, nuisances[i], settings)
        nodes.append(Node(nuisances[i], float(weight[i] / total), detection, kinds))
    return Prior(tuple(nodes))


def log_segment_evidence(surface: Single, kinds: Floats) -> tuple[Single, Single, Single]:
    """Likelihood scaled to 1 at the best prevalence, its log scale, and the log-evidence under each kind.

    Shapes (J, G, P, Q), (J, G, P), (J, G, P, K) from a log-surface (J, G, P, Q).
    """
    scale = surface.max(axis=3)
    likelihood = np.exp(surface - scale[..., None])
    return likelihood, scale, np.log(likelihood @ kinds.T.astype(np.float32)) + scale[..., None]


def _fit(histogram: Histogram, grid: Grid, nuisance: Nuisance, settings: Settings) -> tuple[Floats, Floats, float]:
    """Prior of detection, prior of kinds, and the log-evidence of it all, by EM under Dirichlet priors."""
    surface = log_surface(histogram, log_cells(histogram, grid, nuisance, settings))
    evidence = log_segment_evidence(surface, grid.kinds)[2].sum(axis=1).astype(float)  # (J, P, K)
    best = evidence.max(axis=(1, 2), keepdims=True)
    scaled = np.exp(evidence - best)
    base = np.full(len(grid.bumps), 1 / len(grid.bumps))
    bumps, kinds = base, np.full(len(grid.kinds), 1 / len(grid.kinds))
    count = len(scaled)
    for _ in range(ROUNDS):
        detection = bumps @ grid.bumps
        by_detection = scaled @ kinds  # (J, P)
        total = by_detection @ detection
        share_kinds = np.einsum("p,jpk->jk", detection, scaled) * kinds / total[:, None]
        share_bumps = (by_detection @ grid.bumps.T) * bumps / total[:, None]
        kinds = (share_kinds.sum(axis=0) + PSEUDO / len(kinds)) / (count + PSEUDO)
        bumps = (share_bumps.sum(axis=0) + PSEUDO / len(bumps)) / (count + PSEUDO)
    detection = bumps @ grid.bumps
    log_evidence = float((np.log((scaled @ kinds) @ detection) + best[:, 0, 0]).sum())
    return detection, kinds, log_evidence


def _coarser(shapes: Floats) -> Floats:
    thinned: NDArray[np.float64] = shapes[:, ::2] / shapes[:, ::2].sum(axis=1, keepdims=True)
    return thinned
