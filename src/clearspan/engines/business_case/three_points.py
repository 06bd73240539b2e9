"""A distribution from its p10, p50 and p90, each kept exactly, whatever the skew and the bounds.

The first choice is the three-term metalog (Keelin 2016, The metalog distributions, Decision Analysis 13), on the
logarithm or the log-odds when there are bounds. It is no distribution where its quantile function falls, so that is
looked at numerically; and with one bound its tail may be too heavy for a mean and variance to exist. Then the core of
the J-QPD system (Hadlock and Bickel 2017, Johnson quantile-parameterized distributions, Decision Analysis 14) stands
in: it passes through any three increasing points, and its tails are those of a normal on the same scale.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from clearspan.engines.business_case.distributions import Array

_LOG_ODDS_90 = np.log(9.0)
_SCORE_90 = float(special.ndtri(0.9))


@dataclass(frozen=True)
class Support:
    """Where the number may lie, and the unbounded scale on which it is modelled."""

    low: float | None = None
    high: float | None = None

    def inner(self, x: Array) -> Array:
        """From the number to the unbounded scale: itself, a logarithm, or log-odds."""
        if self.low is not None and self.high is not None:
            return np.log((x - self.low) / (self.high - x))
        if self.low is not None:
            return np.log(x - self.low)
        return -np.log(self.high - x) if self.high is not None else x

    def outer(self, y: Array) -> Array:
        """From the unbounded scale back to the number."""
        if self.low is not None and self.high is not None:
            return np.asarray(self.low + (self.high - self.low) * special.expit(y))
        if self.low is not None:
            return self.low + np.exp(y)
        return self.high - np.exp(-y) if self.high is not None else y


@dataclass(frozen=True)
class Metalog:
    """On the inner scale: a1 + a2 L + a3 (u - 1/2) L, where L = log(u / (1 - u))."""

    a1: float
    a2: float
    a3: float
    support: Support

    def quantile(self, u: Array) -> Array:
        return self.support.outer(self.a1 + (self.a2 + self.a3 * (u - 0.5)) * special.logit(u))

    def is_feasible(self) -> bool:
        """Whether the quantile function rises everywhere and the number has a finite variance."""
        log_odds = np.linspace(-40, 40, 8001)
        u = special.expit(log_odds)
        slope = self.a2 + self.a3 * (u - 0.5 + log_odds * u * (1 - u))
        if not slope.min() > 0:
            return False
        # With one bound the free tail is a power of 1 - u (or u); past 1/2 it has no variance.
        if self.support.low is not None and self.support.high is None:
            return self.a2 + self.a3 / 2 < 0.5
        if self.support.high is not None and self.support.low is None:
            return self.a2 - self.a3 / 2 < 0.5
        return True


@dataclass(frozen=True)
class Johnson:
    """On the inner scale, z being the normal score: centre + scale sinh(asinh(bend z) + side asinh(bend z90)).

    With side 0 it is the straight line centre + scale z, a normal.
    """

    centre: float
    scale: float
    bend: float
    side: int  # 1: the long tail is above, -1: below, 0: neither
    support: Support

    def quantile(self, u: Array) -> Array:
        z = special.ndtri(u)
        if self.side:
            z = np.sinh(np.arcsinh(self.bend * z) + self.side * np.arcsinh(self.bend * _SCORE_90))
        return self.support.outer(self.centre + self.scale * z)


def from_three_points(
    p10: float, p50: float, p90: float, low: float | None = None, high: float | None = None
) -> Metalog | Johnson:
    """The distribution through three quantiles, low < p10 <= p50 <= p90 < high, and p10 < p90.

    Where two of them are the same, the middle one is moved off the other by a millionth of the width.
    """
    apart = 1e-6 * (p90 - p10)
    p50 = min(max(p50, p10 + apart), p90 - apart)
    support = Support(low, high)
    points = support.inner(np.array([p10, p50, p90], dtype=np.float64))
    metalog = _metalog(points, support)
    return metalog if metalog.is_feasible() else _johnson(points, support)


def _metalog(points: Array, support: Support) -> Metalog:
    low, middle, high = map(float, points)
    width, share = high - low, (middle - low) / (high - low)
    return Metalog(middle, width / (2 * _LOG_ODDS_90), (1 - 2 * share) * width / (0.8 * _LOG_ODDS_90), support)


def _johnson(points: Array, support: Support) -> Johnson:
    low, middle, high = map(float, points)
    nearer, skew = min(middle - low, high - middle), low + high - 2 * middle
    if abs(skew) < 1e-9 * (high - low):
        return Johnson(middle, (high - low) / (2 * _SCORE_90), 0.0, 0, support)
    bend = float(np.sinh(np.arccosh((high - low) / (2 * nearer)))) / _SCORE_90
    return Johnson(low if skew > 0 else high, nearer / (bend * _SCORE_90), bend, 1 if skew > 0 else -1, support)
