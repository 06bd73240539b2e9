"""How likely is what an account said, if it has the need and if it has not?

An occupancy model (MacKenzie et al. 2002, Ecology 83, 2248-2255) with four things more: accounts differ in how loud
they are (a beta-binomial), some write in bursts, a need may be the very reason of a contact, and some tags are wrong.
Every probability here is of the sequence of occasions, mentioned or not, and so has no binomial coefficient: it is the
same in all terms and leaves the posterior as it is, and information criteria then agree with those of occupancy
software.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, xlog1py, xlogy

from clearspan.engines.demand.contact import Contact

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

MOST_DRIVEN = 5  # more are a burst


@dataclass(frozen=True)
class Nuisance:
    """What is the same for all opportunities: loudness, bursts, contacts made because of a need, and wrong tags."""

    rho: float = 0.0  # correlation of an account's occasions: 0 when all accounts are equally loud
    even: float = 0.0  # share of accounts with the need that are all equally loud
    burst: float = 0.0  # chance that an account with the need mentions it on any number of occasions
    driven: float = 0.0  # occasions, on average, that a need itself gives rise to in an account that has it
    contact: Contact = field(default_factory=Contact)  # occasions there are without it; matters where driven is not 0
    wrong_tag_rate: float = 0.0  # chance that an occasion of an account without the need is tagged with it


def log_with_need(n: Counts, y: Counts, p: Floats, nuisance: Nuisance) -> Floats:
    """(C, P): log-probability of `y` mentions on `n` occasions (C,) by an account that has the need.

    `p` (P,) is the detection, strictly 0 to 1: the chance that such an account mentions it on one occasion. Where
    contact is driven by the need, n tells of it too: this then is the probability of y and n, over that of n without
    the need, both among accounts that were heard at all.
    """
    steady = _steady(n, y, p, nuisance)
    if nuisance.driven > 0:
        steady = _driven(n, y, p, nuisance, steady)
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


def _steady(n: Counts, y: Counts, p: Floats, nuisance: Nuisance) -> Floats:
    """Mentions in the ordinary course: a beta-binomial, and a binomial for the accounts that are equally loud."""
    rho, even = nuisance.rho, nuisance.even
    if rho == 0 or even > 0:
        binomial: Floats = np.asarray(xlogy(y[:, None], p) + xlog1py((n - y)[:, None], -p))
        if rho == 0:
            return binomial
    scale = (1 - rho) / rho
    loud: Floats = _log_rising(p * scale, y) + _log_rising((1 - p) * scale, n - y)
    loud -= _log_rising(np.array([scale]), n)
    if even == 0:
        return loud
    return np.asarray(np.logaddexp(np.log1p(-even) + loud, np.log(even) + binomial))


def _driven(n: Counts, y: Counts, p: Floats, nuisance: Nuisance, steady: Floats) -> Floats:
    """Sums over d, the occasions there would not have been without the need: Poisson, and all of them mention it.

    Without them the account would have had n - d occasions, which is as likely as contact says; any d of the n may be
    they. Nobody heard of an account without occasions, so all is among those that had one.
    """
    driven, contact = nuisance.driven, nuisance.contact
    total: Floats = steady.copy()
    chance = np.zeros(len(n))
    for d in range(1, min(MOST_DRIVEN, int(y.max(initial=0))) + 1):
        rows = np.flatnonzero(y >= d)
        left, mentions = n[rows] - d, y[rows] - d
        chance[rows] += np.log((mentions + 1) / (left + 1)) + contact.log_fewer(left + 1) + np.log(driven / d)
        total[rows] = np.logaddexp(total[rows], chance[rows][:, None] + _steady(left, mentions, p, nuisance))
    heard = np.log(-np.expm1(contact.log_silent - driven)) - np.log(-np.expm1(contact.log_silent))
    return np.asarray(np.where((n == 0)[:, None], 0.0, total - driven - heard))


def _log_rising(a: Floats, m: Counts) -> Floats:
    """(C, P): log of a (a + 1) ... (a + m - 1); each of the few different counts is computed once."""
    values, place = np.unique(m, return_inverse=True)
    return np.asarray((gammaln(a + values[:, None]) - gammaln(a))[place])
