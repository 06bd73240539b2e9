"""How unlike accounts are in loudness, how common bursts are, and how common wrong tags: learnt from all evidence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logit

from clearspan.engines.demand.grid import Grid
from clearspan.engines.demand.histogram import Histogram
from clearspan.engines.demand.inputs import Floats, Settings
from clearspan.engines.demand.likelihood import Nuisance
from clearspan.engines.demand.mixture import Mixture, fit

# Priors of logit rho, logit burst and the root of -log(share of the wrong tags stated): centre and spread.
RHO, SPREAD = 0.1, np.array([1.5, 1.0, 1.0])
STEPS = np.array([0.7, -1.0, 0.8])
EVALUATIONS = 70
TOLERANCE = 0.2  # of log-evidence
FEW = 400  # opportunities up to which uncertainty about these is worth its time


def search(histogram: Histogram, grid: Grid, settings: Settings, count: int) -> list[tuple[Nuisance, float]]:
    """The most probable setting, and with few opportunities some around it, with their probabilities."""
    coarse = replace(grid, psi=grid.psi[::2], kinds=_coarser(grid.kinds))
    centre = np.array([logit(RHO), logit(max(settings.burst, 1e-9)), 0.8])
    free = np.array([True, settings.burst > 0, settings.wrong_tag_rate > 0])
    warm: list[Mixture] = [fit(histogram, coarse, _nuisance(centre, settings), settings)]

    def cost(part: Floats) -> float:
        at = centre.copy()
        at[free] = part
        warm[0] = fit(histogram, coarse, _nuisance(at, settings), settings, warm[0], 8)
        return float(0.5 * (((at - centre) / SPREAD) ** 2).sum() - warm[0].log_evidence)

    start = centre[free]
    simplex = np.vstack([start, start + np.diag(STEPS[free])])
    found = minimize(
        cost,
        start,
        method="Nelder-Mead",
        options={"initial_simplex": simplex, "maxfev": EVALUATIONS, "fatol": TOLERANCE, "xatol": 0.05},
    )
    at = centre.copy()
    at[free] = found.x
    return [(_nuisance(at, settings), 1.0)]


def _nuisance(at: NDArray[np.float64], settings: Settings) -> Nuisance:
    return Nuisance(
        rho=float(expit(at[0])),
        burst=float(expit(at[1])) if settings.burst > 0 else 0.0,
        wrong_tag_rate=settings.wrong_tag_rate * float(np.exp(-(at[2] ** 2))),
    )


def _coarser(shapes: Floats) -> Floats:
    return np.asarray(shapes[:, ::2] / shapes[:, ::2].sum(axis=1, keepdims=True))
