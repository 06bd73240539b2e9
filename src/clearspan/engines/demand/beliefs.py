"""What is believed of opportunities, in the few numbers that a result shows."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from scipy.special import expit

from clearspan.engines.demand.ask_next import value_of_interviews
from clearspan.engines.demand.grid import Grid
from clearspan.engines.demand.inputs import Floats, Market, Settings
from clearspan.engines.demand.posterior import Posterior
from clearspan.engines.demand.verdict import probabilities

BARS = (0.05, 0.25, 0.75, 0.95)  # a 90 % interval and the half in the middle

# Levels of the quantiles that later links of the chain draw a prevalence from.
LEVELS = (0.01, *(round(0.05 * step, 2) for step in range(1, 20)), 0.99)


@dataclass(frozen=True)
class Beliefs:
    """Of J opportunities in G segments. Quantiles of the market are of draws; all else is exact on the grid."""

    psi: Floats  # (J, G) mean prevalence
    segments: Floats  # (J, G, 4) quantiles of prevalence at BARS
    prevalence: Floats  # (J, 4 + 21) quantiles of the market's prevalence at BARS and LEVELS
    value: Floats  # (J, 4) quantiles of the value at stake at BARS
    over_threshold: Floats  # (J,) probability that the market's prevalence is at or over the threshold
    verdicts: Floats  # (J, 3) probability of each of VERDICTS
    interviews: Floats  # (J, G) what a round of interviews in a segment is worth to the verdict
    detection: Floats  # (J,) mean detection
    psi_without: Floats  # (J, G) mean prevalence with the loudest account left out


def beliefs(posterior: Posterior, grid: Grid, market: Market, settings: Settings) -> Beliefs:
    """Sums a posterior up for one market."""
    prevalence, value = posterior.drawn @ market.shares, posterior.drawn @ market.values
    return Beliefs(
        psi=posterior.psi,
        segments=_segment_quantiles(posterior.mass, grid),
        prevalence=np.quantile(prevalence, [*BARS, *LEVELS], axis=1).T,
        value=np.quantile(value, BARS, axis=1).T,
        over_threshold=(prevalence >= settings.threshold).mean(axis=1),
        verdicts=probabilities(posterior.reach),
        interviews=value_of_interviews(posterior.drawn, grid, settings),
        detection=posterior.detection,
        psi_without=posterior.psi_without,
    )


def joined(parts: list[Beliefs]) -> Beliefs:
    """The beliefs of batches, one after the other."""
    return Beliefs(
        **{field.name: np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Beliefs)}
    )


def _segment_quantiles(mass: Floats, grid: Grid) -> Floats:
    """(J, G, 4) quantiles at BARS from the masses (J, G, Q) of bins, each uniform on the logit scale."""
    below = np.concatenate([np.zeros((*mass.shape[:2], 1)), np.cumsum(mass, axis=2)], axis=2)
    result = np.empty((*mass.shape[:2], len(BARS)))
    for i, level in enumerate(BARS):
        place = np.clip((below <= level).sum(axis=2) - 1, 0, mass.shape[2] - 1)[..., None]
        start, inside = np.take_along_axis(below, place, axis=2), np.take_along_axis(mass, place, axis=2)
        part = np.clip((level - start) / np.maximum(inside, 1e-300), 0, 1)
        result[..., i] = expit(grid.edges[place] + part * np.diff(grid.edges)[place])[..., 0]
    return result
