"""EVSI: what a sample about one quantity is worth, before choosing."""

from __future__ import annotations

import numpy as np
from scipy import special

from clearspan.engines.business_case.distributions import Array, Distribution
from clearspan.engines.business_case.information import Fit, best

_WIDEST = 4.5  # normal scores beyond this have a chance of one in 150,000
_GRID = 401
_NOISES = 33


def evsi(fit: Fit, distribution: Distribution, size: int, sd: float | None = None) -> float:
    """The expected value of a sample of `size` observations of one quantity.

    fit: the expected values given that quantity. sd: the standard deviation of one observation about it; the mean of
    the sample is taken as normal. None: the quantity is a share, and each observation a yes with that probability.
    Every answer the sample may give is weighed by Bayes' rule (Ades, Lu and Claxton 2004, Medical Decision Making 24,
    for the quantity). Raises ValueError for a size under 1, or an sd of 0 or less.
    """
    if size < 1 or (sd is not None and not sd > 0):
        raise ValueError("a sample has a size of 1 or more, and an observation an sd above 0")
    scores = np.linspace(-_WIDEST, _WIDEST, _GRID)
    prior = np.exp(-(scores**2) / 2)
    prior /= prior.sum()
    x, given = distribution.quantile(special.ndtr(scores)), fit.curves(scores)
    likelihood, chance = _yeses(x, prior, size) if sd is None else _means(x, prior, sd / np.sqrt(size))
    posterior = likelihood * prior
    expected = given @ (posterior / posterior.sum(axis=1, keepdims=True)).T
    worth = float(best(expected) @ chance - best((given @ prior)[:, None])[0])
    return min(max(0.0, worth), fit.evppi)


def _means(x: Array, prior: Array, spread: float) -> tuple[Array, Array]:
    """The likelihood of each sample mean (answers, x) and its chance (answers,): normal noise about every x in turn."""
    noise = np.linspace(-_WIDEST, _WIDEST, _NOISES)
    weights = np.exp(-(noise**2) / 2)
    answers = (x[:, None] + spread * noise).ravel()
    chance = (prior[:, None] * weights / weights.sum()).ravel()
    return np.exp(-(((answers[:, None] - x) / spread) ** 2) / 2), chance


def _yeses(x: Array, prior: Array, size: int) -> tuple[Array, Array]:
    """The likelihood of each number of yeses, 0 to size, given each share x, and its chance."""
    yes = np.arange(size + 1)[:, None]
    share = np.clip(x, 1e-12, 1 - 1e-12)
    ways = special.gammaln(size + 1) - special.gammaln(yes + 1) - special.gammaln(size - yes + 1)
    likelihood = np.exp(ways + yes * np.log(share) + (size - yes) * np.log1p(-share))
    return likelihood, likelihood @ prior
