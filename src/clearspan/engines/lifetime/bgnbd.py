"""The BG/NBD model of Fader, Hardie and Lee (Marketing Science 24, 2005): who comes back how often, until they stop.

While a customer is with us, purchases come at a rate of the customer's own, Gamma(r, alpha) over all. After each, the
customer leaves with a chance of the customer's own, Beta(a, b) over all, and is not heard from again. Nobody tells us
when: that somebody has left shows only in silence, which is longer or shorter against how often they used to come.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import gammaln, hyp2f1

from clearspan.engines.lifetime.inputs import Customers, Floats

LEAST = 20  # customers, and as many repeat purchases: under that four parameters cannot be told apart
MANY = 10_000  # kinds of customers from which the likelihood has one top wherever one starts
POLISH = 800  # looks at the likelihood around its top; more only walk along a ridge where it is flat
_NEAR_ONE = 1e-6  # the expectations divide by a - 1, whose limit at 1 is finite
_BOUNDS = (-12.0, 12.0)  # of the logarithms


class NoFit(Exception):  # noqa: N818 an answer, not an error
    """The parameters cannot be told from these customers. The message says why."""


@dataclass(frozen=True)
class BgNbd:
    """r, alpha: purchase rates over the customers, Gamma(shape r, rate alpha). a, b: chances of leaving, Beta(a, b)."""

    r: float
    alpha: float
    a: float
    b: float

    def log_likelihood(self, them: Customers, weights: Floats | None = None) -> float:
        """Of what the customers did; `weights` says how many there are of each."""
        each = self._log_likelihoods(them.frequency, them.recency, them.observed)
        return float(each.sum() if weights is None else each @ weights)

    def alive(self, them: Customers) -> Floats:
        """How likely each customer is still with us. One who never came back cannot have left, by this model."""
        x, recency, observed = them.frequency, them.recency, them.observed
        return np.asarray(1 / (1 + self._left_odds(x, recency, observed)))

    def purchases_of_a_new_one(self, time: Floats | float) -> Floats:
        """E[X(t)]: repeat purchases of somebody of whom nothing is known yet, by time t after the first (eq. 9)."""
        a, t = self._a, np.asarray(time, dtype=np.float64)
        stays = _stays(self.r, a, self.b, 0.0, t / (self.alpha + t))
        return np.asarray((a + self.b - 1) / (a - 1) * (1 - stays))

    def purchases(self, them: Customers, ahead: float) -> Floats:
        """E[Y(t)]: what each customer is expected to buy in the next `ahead`, given what they did (eq. 10)."""
        x, a, t = them.frequency, self._a, float(ahead)
        stays = _stays(self.r, a, self.b, x, t / (self.alpha + them.observed + t))
        to_come = (a + self.b + x - 1) / (a - 1) * (1 - stays)
        return np.asarray(to_come * self.alive(them))

    def bought(self, them: Customers, ahead: float, rng: np.random.Generator) -> Floats:
        """One future: how many purchases each customer makes in the next `ahead`.

        Given that one is still with us, the rate is Gamma(r + x, alpha + T) and the chance of leaving Beta(a, b + x):
        purchases come as a Poisson process, up to the one after which the customer leaves.
        """
        x, size = them.frequency, len(them)
        here = rng.random(size) < self.alive(them)
        came = rng.poisson(rng.gamma(self.r + x, 1.0 / (self.alpha + them.observed)) * ahead)
        leaves = np.clip(rng.beta(self.a, self.b + x), 1e-12, 1.0)
        return np.asarray(np.where(here, np.minimum(came, rng.geometric(leaves)), 0), dtype=np.float64)

    @property
    def _a(self) -> float:
        return 1 + _NEAR_ONE if abs(self.a - 1) < _NEAR_ONE else self.a

    def _left_odds(self, x: Floats, recency: Floats, observed: Floats) -> Floats:
        """How many times as likely it is that a customer left at the last purchase as that not; 0 without a repeat."""
        safe = np.maximum(x, 1)
        odds = self.a / (self.b + safe - 1) * ((self.alpha + observed) / (self.alpha + recency)) ** (self.r + x)
        return np.where(x > 0, odds, 0.0)

    def _log_likelihoods(self, x: Floats, recency: Floats, observed: Floats) -> Floats:
        """Equation 6 of the paper, in logarithms."""
        r, alpha, a, b = self.r, self.alpha, self.a, self.b
        bought = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        stayed = gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
        with_us = -(r + x) * np.log(alpha + observed)
        safe = np.maximum(x, 1)
        left = np.log(a) - np.log(b + safe - 1) - (r + x) * np.log(alpha + recency)
        either = np.where(x > 0, np.logaddexp(with_us, left), with_us)
        return np.asarray(bought + stayed + either)


def _stays(r: float, a: float, b: float, x: Floats | float, share: Floats) -> Floats:
    """(1 - z)^(r + x) 2F1(r + x, b + x; a + b + x - 1; z), by Euler's transformation: its first two parameters do not
    grow with x, where the function itself is beyond any number for who came back some hundreds of times."""
    return np.asarray((1 - share) ** (a - 1) * hyp2f1(a + b - 1 - r, a - 1, a + b + x - 1, share))


@dataclass(frozen=True)
class Fitted:
    """The parameters that make what was seen most likely, and how sure they are.

    covariance: of the logarithms of (r, alpha, a, b), from the curvature at the best; None where that has no inverse.
    """

    model: BgNbd
    log_likelihood: float
    covariance: Floats | None

    def drawn(self, count: int, rng: np.random.Generator) -> list[BgNbd]:
        """Parameters as they may as well be. Only the best, over and over, where nothing says how sure they are."""
        best = np.log([self.model.r, self.model.alpha, self.model.a, self.model.b])
        if self.covariance is None:
            return [self.model] * count
        draws = rng.multivariate_normal(best, self.covariance, size=count, method="eigh")
        return [BgNbd(*np.exp(np.clip(draw, *_BOUNDS))) for draw in draws]


def fit(them: Customers) -> Fitted:
    """The maximum of the likelihood. Raises NoFit for too few customers or purchases."""
    if len(them) < LEAST or them.frequency.sum() < LEAST:
        raise NoFit(
            f"{len(them)} customers with {int(them.frequency.sum())} repeat purchases are too few: "
            f"{LEAST} of each is the least"
        )
    alike, weights = _grouped(them)
    scale = float(them.observed.mean())
    unit = Customers(alike.frequency, alike.recency / scale, alike.observed / scale)
    size, total = float(weights.sum()), float(weights @ alike.frequency)

    def loss(logs: Floats) -> float:
        return -BgNbd(*np.exp(logs)).log_likelihood(unit, weights) / size

    starts = [np.log([0.5, 0.5, 1.0, 2.0]), np.log([2.0, 2.0, 0.5, 5.0]), np.log([0.2, 0.1, 2.0, 2.0])]
    starts = starts[: 3 if len(alike) < MANY else 1]
    found = [
        minimize(loss, start, method="L-BFGS-B", bounds=[_BOUNDS] * 4, options={"ftol": 1e-14, "gtol": 1e-9})
        for start in starts
    ]
    best = min(found, key=lambda one: float(one.fun))
    polished = minimize(loss, best.x, method="Nelder-Mead", bounds=[_BOUNDS] * 4,
                        options={"xatol": 1e-8, "fatol": 1e-13, "maxfev": POLISH})  # fmt: skip
    logs = np.asarray(polished.x if polished.fun <= best.fun else best.x)
    covariance = _covariance(lambda at: loss(at) * size, logs)
    r, alpha, a, b = (float(value) for value in np.exp(logs))
    # Time was counted in the mean of what was watched: a density of each purchase's moment has the unit of 1 / time.
    log_likelihood = -float(loss(logs)) * size - total * np.log(scale)
    return Fitted(BgNbd(r, alpha * scale, a, b), float(log_likelihood), covariance)


def _grouped(them: Customers) -> tuple[Customers, Floats]:
    """Customers who did the same are one with a weight: most of a large base never came back."""
    rows = np.column_stack([them.frequency, them.recency, them.observed])
    alike, counts = np.unique(rows, axis=0, return_counts=True)
    return Customers(alike[:, 0], alike[:, 1], alike[:, 2]), counts.astype(np.float64)


def _covariance(loss, logs: Floats) -> Floats | None:  # type: ignore[no-untyped-def]  # a function of an array
    """The inverse of the curvature, by central differences; None where the likelihood is flat."""
    step, n = 1e-3, len(logs)
    curvature = np.empty((n, n))
    moves = np.eye(n) * step
    for i in range(n):
        for j in range(i + 1):
            plus, minus = loss(logs + moves[i] + moves[j]), loss(logs - moves[i] - moves[j])
            across = loss(logs + moves[i] - moves[j]) + loss(logs - moves[i] + moves[j])
            curvature[i, j] = curvature[j, i] = (plus + minus - across) / (4 * step**2)
    values = np.linalg.eigvalsh(curvature)
    return np.asarray(np.linalg.inv(curvature)) if values[0] > 1e-4 else None
