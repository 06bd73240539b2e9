"""Loudness, bursts, contact that needs drive, and wrong tags: the same for all opportunities, learnt from all."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logit

from clearspan.engines.demand.contact import Contact, fit_contact
from clearspan.engines.demand.grid import Grid
from clearspan.engines.demand.histogram import Histogram
from clearspan.engines.demand.inputs import Floats, Settings
from clearspan.engines.demand.likelihood import Nuisance
from clearspan.engines.demand.mixture import fit

# What is searched: logit of rho, logit of the burst, logit of the even share, the root of the negative log of the wrong
# tags as a share of the rate that is thought possible at most, and log of the driven contacts.
SPREAD = np.array([1.5, 1.0, 1.5, 1.0, 1.5])  # of their normal priors
STEPS = np.array([0.7, -1.0, 1.0, 0.8, 1.5])
RHO, EVEN, WRONG, DRIVEN = 0.1, 0.1, 0.8, 0.05  # where the priors are centred; the burst's is the setting
EVALUATIONS, TOLERANCE, WARM_ROUNDS = 160, 0.2, 8

# At low detection different shapes of loudness fit equally well (Link 2003, Biometrics 59, 1123-1130), and none is the
# true one. So logit rho keeps this much doubt, however much evidence there is; the benchmarks bear it out.
DOUBT = 0.2


def search(histogram: Histogram, grid: Grid, settings: Settings) -> list[tuple[Nuisance, float]]:
    """Two settings, either side of the most probable by a standard deviation of rho, and their probabilities."""
    heard = np.asarray(histogram.silent.sum(axis=0), dtype=float).ravel()
    space = _Space(settings, fit_contact(histogram.n, heard))
    coarse = replace(grid, psi=grid.psi[::2], kinds=_thinned(grid.kinds), p=grid.p[::2], bumps=_thinned(grid.bumps))
    warm = fit(histogram, coarse, space.nuisance(space.centre[space.free]), settings)

    def cost(at: Floats) -> float:
        nonlocal warm
        warm = fit(histogram, coarse, space.nuisance(at), settings, warm, WARM_ROUNDS)
        return space.penalty(at) - warm.log_evidence

    start = space.centre[space.free]
    found = minimize(
        cost,
        start,
        method="Nelder-Mead",
        options={
            "initial_simplex": np.vstack([start, start + np.diag(STEPS[space.free])]),
            "maxfev": EVALUATIONS,
            "fatol": TOLERANCE,
            "xatol": 0.05,
        },
    )
    step = 0.5 * np.eye(len(start))[0]
    curvature = (cost(found.x + step) + cost(found.x - step) - 2 * found.fun) / 0.25
    spread = np.sqrt(DOUBT**2 + 1 / max(curvature, SPREAD[0] ** -2)) * np.eye(len(start))[0]
    return [(space.nuisance(found.x - spread), 0.5), (space.nuisance(found.x + spread), 0.5)]


@dataclass(frozen=True)
class _Space:
    """The space that is searched; what the settings rule out is not searched at all."""

    settings: Settings
    contact: Contact

    @property
    def centre(self) -> Floats:
        return np.array([logit(RHO), logit(max(self.settings.burst, 1e-9)), logit(EVEN), WRONG, np.log(DRIVEN)])

    @property
    def free(self) -> NDArray[np.bool_]:
        return np.array([True, self.settings.burst > 0, True, self.settings.wrong_tag_rate > 0, True])

    def nuisance(self, at: Floats) -> Nuisance:
        full = self.centre
        full[self.free] = at
        return Nuisance(
            rho=float(expit(full[0])),
            burst=float(expit(full[1])) if self.settings.burst > 0 else 0.0,
            even=float(expit(full[2])),
            driven=float(np.exp(full[4])),
            contact=self.contact,
            wrong_tag_rate=self.settings.wrong_tag_rate * float(np.exp(-(full[3] ** 2))),
        )

    def penalty(self, at: Floats) -> float:
        """Negative log of the prior."""
        return float(0.5 * (((at - self.centre[self.free]) / SPREAD[self.free]) ** 2).sum())


def _thinned(shapes: Floats) -> Floats:
    return np.asarray(shapes[:, ::2] / shapes[:, ::2].sum(axis=1, keepdims=True))
