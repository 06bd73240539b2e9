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
from numpy.typing import NDArray
from scipy.special import gammaln, xlog1py, xlogy

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Nuisance:
    """What is the same for all opportunities: loudness, bursts, contacts made because of a need, and wrong tags."""

    rho: float = 0.0  # correlation of an account's occasions: 0 when all accounts are equally loud
    burst: float = 0.0  # chance that an account with the need mentions it on any number of occasions
    wrong_tag_rate: float = 0.0  # chance that an occasion of an account without the need is tagged with it
    even: float = 0.0  # share of accounts with the need that are all equally loud


def log_with_need(n: Counts, y: Counts, p: Floats, nuisance: Nuisance) -> Floats:
    """(C, P): log-probability of `y` mentions on `n` occasions (C,) by an account that has the need.

    `p` (P,) is the detection, strictly 0 to 1: the chance that such an account mentions it on one occasion.
    """
    steady = _steady(n, y, p, nuisance.rho)
    if nuisance.even > 0:
        even = np.log(nuisance.even) + _steady(n, y, p, 0.0)
        steady = np.logaddexp(np.log1p(-nuisance.even) + steady, even)
    if nuisance.burst == 0:
        return steady
    sequences = gammaln(n + 1) - gammaln(y + 1) - gammaln(n - y + 1)
    burst = np.where(y > 0, -np.log(np.maximum(n, 1)) - sequences, -np.inf)
    # An account that was never heard says nothing either way: its burst has no occasions to fall on.
    burst = np.where(n == 0, 0.0, burst)
    return np.asarray(np.logaddexp(np.log1p(-nuisance.burst) + steady, (np.log(nuisance.burst) + burst)[:, None]))


def log_without_need(n: Counts, y: Counts, nuisance: Nuisance) -> Floats:
    """(C,): log-probability of `y` mentions on `n` occasions by an account without the need: all wrong tags."""
    return np.asarray(xlogy(y, nuisance.wrong_tag_rate) + xlog1py(n - y, -nuisance.wrong_tag_rate))


def log_mixture(log_with: NDArray[Any], log_without: NDArray[Any], psi: NDArray[Any]) -> NDArray[Any]:
    """Log-probability of an account drawn from a segment in which the share `psi` has the need; shapes broadcast.

    In the precision of what is given.
    """
    top = np.maximum(log_with, log_without)
    with_need, without = np.exp(log_with - top), np.exp(log_without - top)
    mixture = without + psi * (with_need - without)
    return np.asarray(np.log(mixture, out=mixture) + top)


def _steady(n: Counts, y: Counts, p: Floats, rho: float) -> Floats:
    """The beta-binomial, of one sequence; a binomial where rho is 0."""
    if rho == 0:
        return np.asarray(xlogy(y[:, None], p) + xlog1py((n - y)[:, None], -p))
    scale = (1 - rho) / rho
    return _log_rising(p * scale, y) + _log_rising((1 - p) * scale, n - y) - _log_rising(np.array([scale]), n)


def _log_rising(a: Floats, m: Counts) -> Floats:
    """(C, P): log of a (a + 1) ... (a + m - 1); each of the few different counts is computed once."""
    values, place = np.unique(m, return_inverse=True)
    return np.asarray((gammaln(a + values[:, None]) - gammaln(a))[place])
