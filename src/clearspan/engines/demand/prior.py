"""Learns, over all opportunities, how needs are detected, how loud accounts are and how prevalences are spread.

Empirical Bayes with its own uncertainty carried: the mixture weights are smoothed by a Dirichlet prior (a kind of
opportunity that was not seen stays possible), and what is known only roughly is averaged over, not plugged in.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from clearspan.engines.demand.contact import Contact
from clearspan.engines.demand.grid import Grid
from clearspan.engines.demand.histogram import Histogram
from clearspan.engines.demand.inputs import Floats, Settings
from clearspan.engines.demand.likelihood import Nuisance
from clearspan.engines.demand.mixture import fit
from clearspan.engines.demand.nuisance import search


@dataclass(frozen=True)
class Node:
    """One setting of loudness, bursts and wrong tags, its posterior probability, and the priors learnt under it."""

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
        return Prior(tuple(replace(node, nuisance=replace(node.nuisance, rho=rho, burst=burst)) for node in self.nodes))

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
                    Nuisance(**node["nuisance"] | {"contact": Contact(**node["nuisance"]["contact"])}),
                    float(node["weight"]),
                    np.array(node["detection"]),
                    np.array(node["kinds"]),
                )
                for node in kept["nodes"]
            )
        )


def learn(histogram: Histogram, grid: Grid, settings: Settings, rng: np.random.Generator) -> Prior:
    """Learns the prior from the opportunities, or from a random sample of them where they are many."""
    count = histogram.changes.shape[0] // histogram.segments
    shuffled = rng.permutation(count)
    nodes = search(histogram.rows(np.sort(shuffled[: settings.search_on])), grid, settings)
    sample = histogram.rows(np.sort(shuffled[: settings.learn_from]))
    fitted = [(nuisance, weight, fit(sample, grid, nuisance, settings)) for nuisance, weight in nodes]
    return Prior(
        tuple(Node(nuisance, weight, mixture.bumps @ grid.bumps, mixture.kinds) for nuisance, weight, mixture in fitted)
    )
