"""How likely is what an account said, if it has the need and if it has not?

An occupancy model (MacKenzie et al. 2002, Ecology 83, 2248-2255) with three things more: accounts differ in how loud
they are (a beta-binomial), some write in bursts, and some tags are wrong. Every probability here is of the sequence
of occasions, mentioned or not, and so has no binomial coefficient: it is the same in all terms and leaves the
posterior as it is, and information criteria then agree with those of occupancy software.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaln, gammaln, xlog1py, xlogy

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Nuisance:
    """What is the same for all opportunities: how unlike accounts are in loudness, bursts, and wrong tags."""

    rho: float = 0.0  # correlation of an account's occasions: 0 when all accounts are equally loud
    burst: float = 0.0  # chance that an account with the need mentions it on any number of occasions
    wrong_tag_rate: float = 0.0  # chance that an occasion of an account without the need is tagged with it


def log_with_need(n: ArrayLike, y: ArrayLike, p: ArrayLike, nuisance: Nuisance) -> Floats:
    """Log-probability of `y` mentions on `n` occasions by an account that has the need; shapes broadcast.

    `p` is the detection: the chance that an account with the need mentions it on one occasion, strictly 0 to 1.
    """
    n, y, p = (np.asarray(value, dtype=float) for value in (n, y, p))
    if nuisance.rho > 0:
        scale = (1 - nuisance.rho) / nuisance.rho
        steady = betaln(p * scale + y, (1 - p) * scale + n - y) - betaln(p * scale, (1 - p) * scale)
    else:
        steady = xlogy(y, p) + xlog1py(n - y, -p)
    if nuisance.burst == 0:
        return np.asarray(steady)
    sequences = gammaln(n + 1) - gammaln(y + 1) - gammaln(n - y + 1)
    burst = np.where(y > 0, -np.log(np.maximum(n, 1)) - sequences, -np.inf)
    # An account that was never heard says nothing either way: its burst has no occasions to fall on.
    burst = np.where(n == 0, 0.0, burst)
    return np.asarray(np.logaddexp(np.log1p(-nuisance.burst) + steady, np.log(nuisance.burst) + burst))


def log_without_need(n: ArrayLike, y: ArrayLike, nuisance: Nuisance) -> Floats:
    """Log-probability of `y` mentions on `n` occasions by an account without the need: all of them wrong tags."""
    n, y = np.asarray(n, dtype=float), np.asarray(y, dtype=float)
    return np.asarray(xlogy(y, nuisance.wrong_tag_rate) + xlog1py(n - y, -nuisance.wrong_tag_rate))


def log_mixture(log_with: NDArray[Any], log_without: NDArray[Any], psi: NDArray[Any]) -> NDArray[Any]:
    """Log-probability of an account drawn from a segment in which the share `psi` has the need; shapes broadcast.

    In the precision of what is given.
    """
    top = np.maximum(log_with, log_without)
    with_need, without = np.exp(log_with - top), np.exp(log_without - top)
    mixture = without + psi * (with_need - without)
    return np.asarray(np.log(mixture, out=mixture) + top)
