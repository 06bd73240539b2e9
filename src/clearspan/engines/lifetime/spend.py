"""The gamma-gamma model of what a purchase is worth (Fader and Hardie 2013, after Colombo and Jiang 1999).

A customer's purchases vary about a mean of the customer's own; the means vary over the customers. Few purchases say
little about one customer, so that what they say is drawn towards everybody's mean.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import gammaln

from clearspan.engines.lifetime.bgnbd import LEAST, NoFit
from clearspan.engines.lifetime.inputs import Customers, Floats

_BOUNDS = (-12.0, 16.0)


@dataclass(frozen=True)
class GammaGamma:
    """A purchase is Gamma(p, rate v) with v of the customer's own, Gamma(q, rate v0) over all."""

    p: float
    q: float
    v: float

    def log_likelihood(self, count: Floats, mean: Floats) -> float:
        """Of means over so many repeat purchases each."""
        p, q, v = self.p, self.q, self.v
        whole = (
            gammaln(p * count + q) - gammaln(p * count) - gammaln(q) + q * np.log(v)
            + (p * count - 1) * np.log(mean) + p * count * np.log(count) - (p * count + q) * np.log(v + count * mean)
        )  # fmt: skip
        return float(whole.sum())

    def expected(self, count: Floats, mean: Floats) -> Floats:
        """What a purchase of each customer is worth in the mean; of those without a repeat purchase, everybody's."""
        seen = np.where(count > 0, count * np.where(np.isfinite(mean), mean, 0.0), 0.0)
        return np.asarray(self.p * (self.v + seen) / (self.p * count + self.q - 1))


def fit_spend(them: Customers) -> GammaGamma:
    """The maximum of the likelihood over those with a repeat purchase of some worth. Raises NoFit."""
    if them.value is None:
        raise NoFit("nothing says what purchases are worth")
    known = (them.frequency > 0) & np.isfinite(them.value) & (them.value > 0)
    if known.sum() < LEAST:
        raise NoFit(f"{int(known.sum())} customers with a repeat purchase of known worth are too few: {LEAST} at least")
    count, mean = them.frequency[known], them.value[known]
    scale = float(np.median(mean))

    def loss(logs: Floats) -> float:
        return -GammaGamma(*np.exp(logs)).log_likelihood(count, mean / scale) / len(count)

    found = minimize(loss, np.log([2.0, 3.0, 2.0]), method="Nelder-Mead", bounds=[_BOUNDS] * 3,
                     options={"xatol": 1e-8, "fatol": 1e-12, "maxiter": 6000})  # fmt: skip
    p, q, v = (float(value) for value in np.exp(found.x))
    if q <= 1:
        raise NoFit("what purchases are worth varies so much between customers that it has no mean")
    return GammaGamma(p, q, v * scale)
