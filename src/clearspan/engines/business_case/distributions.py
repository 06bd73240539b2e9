"""What may be said about an uncertain number: families of distributions, each given by its quantile function.

A case is simulated by putting uniform numbers through quantile functions, so that is all a distribution has here.
`quantile(u)` takes probabilities strictly between 0 and 1, of any shape, and is increasing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special
from scipy.interpolate import PchipInterpolator

Array = NDArray[np.float64]

# The widest normal score a draw can have: draws lie on a grid of 2^-31.
_WIDEST = 6.5
_TABLE = 2**14 + 1


class Distribution(Protocol):
    """A distribution with a continuous, increasing quantile function."""

    def quantile(self, u: Array) -> Array:
        """The value below which a share u of the probability lies."""
        ...  # pragma: no cover


@dataclass(frozen=True)
class Fixed:
    """A number that is known."""

    value: float

    def quantile(self, u: Array) -> Array:
        return np.full(np.shape(u), self.value)


@dataclass(frozen=True)
class Normal:
    mean: float
    sd: float

    def quantile(self, u: Array) -> Array:
        return np.asarray(self.mean + self.sd * special.ndtri(u))


@dataclass(frozen=True)
class LogNormal:
    """`mean` and `sd` are those of the number itself, not of its logarithm."""

    mean: float
    sd: float

    def quantile(self, u: Array) -> Array:
        variance = np.log1p((self.sd / self.mean) ** 2)
        return np.asarray(self.mean * np.exp(np.sqrt(variance) * special.ndtri(u) - variance / 2))


@dataclass(frozen=True)
class Uniform:
    low: float
    high: float

    def quantile(self, u: Array) -> Array:
        return self.low + (self.high - self.low) * u


@dataclass(frozen=True)
class ScaledBeta:
    """A beta distribution stretched over low..high. The PERT distribution is one (see `pert`)."""

    a: float
    b: float
    low: float = 0.0
    high: float = 1.0

    def quantile(self, u: Array) -> Array:
        table = _beta_table(self.a, self.b)
        place = (special.ndtri(u) + _WIDEST) * ((_TABLE - 1) / (2 * _WIDEST))
        left = np.clip(place.astype(np.intp), 0, _TABLE - 2)
        share = table[left] + (place - left) * (table[left + 1] - table[left])
        return np.asarray(self.low + (self.high - self.low) * share)


@lru_cache(maxsize=512)
def _beta_table(a: float, b: float) -> Array:
    """The beta quantile on even normal scores; the exact inverse takes a microsecond a number, too long for each draw.

    Exact at some 800 scores, cubic between them, and read off in straight lines: right to about 1e-7 of the range.
    """
    exact, fine = np.linspace(-_WIDEST, _WIDEST, 769), np.linspace(-_WIDEST, _WIDEST, _TABLE)
    return np.asarray(PchipInterpolator(exact, special.betaincinv(a, b, special.ndtr(exact)))(fine))


@dataclass(frozen=True)
class Tabulated:
    """A share between 0 and 1 known by some of its quantiles, which are kept exactly.

    Between them, and beyond the outermost, log-odds are taken as linear in the normal score.
    """

    levels: tuple[float, ...]
    values: tuple[float, ...]

    def quantile(self, u: Array) -> Array:
        scores = special.ndtri(np.array(self.levels))
        odds = special.logit(np.clip(self.values, 1e-12, 1 - 1e-12))
        first, last = (odds[1] - odds[0]) / (scores[1] - scores[0]), (odds[-1] - odds[-2]) / (scores[-1] - scores[-2])
        scores = np.concatenate(([-_WIDEST], scores, [_WIDEST]))
        odds = np.concatenate(
            ([odds[0] + first * (scores[0] - scores[1])], odds, [odds[-1] + last * (scores[-1] - scores[-2])])
        )
        return np.asarray(special.expit(np.interp(special.ndtri(u), scores, odds)))


def pert(low: float, mode: float, high: float) -> ScaledBeta:
    """The PERT distribution: a beta over low..high with this mode and mean (low + 4 mode + high) / 6."""
    share = (mode - low) / (high - low)
    return ScaledBeta(1 + 4 * share, 5 - 4 * share, low, high)


def beta_from_interval(mean: float, p05: float, p95: float) -> ScaledBeta:
    """The beta distribution with this mean whose 90 % interval is as wide as p05..p95.

    For a share of which only mean and interval were kept. 0 < mean < 1, 0 <= p05 < p95 <= 1.
    """

    def too_wide(log_weight: float) -> float:
        weight = np.exp(log_weight)
        ends = special.betaincinv(mean * weight, (1 - mean) * weight, np.array([0.05, 0.95]))
        return float(ends[1] - ends[0] - (p95 - p05))

    # Wider than any beta with this mean and a finite weight: the nearest there is.
    lightest, heaviest = np.log(1e-2), np.log(1e12)
    weights = np.linspace(lightest, heaviest, 200)
    wide = np.array([too_wide(weight) > 0 for weight in weights])
    if not wide.any():
        weight = float(np.exp(weights[np.argmax([too_wide(weight) for weight in weights])]))
    else:
        # The width falls with the weight past its peak: the last place where it is still too wide is the one to refine.
        last = int(np.flatnonzero(wide)[-1])
        weight = float(
            np.exp(optimize.brentq(too_wide, weights[last], weights[min(last + 1, 199)]) if last < 199 else heaviest)
        )
    return ScaledBeta(mean * weight, (1 - mean) * weight)
