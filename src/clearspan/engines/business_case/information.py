"""What finding out is worth before choosing: EVPI, EVPPI and EVSI, from draws of the NPV of each thing to choose from.

`values` is (choices, draws); choosing none of them, worth 0, is always possible. The expected NPV given one quantity
is a curve: a cubic spline regression on the quantity's rank (Strong, Oakley and Brennan 2014, Medical Decision
Making 34, with a spline for their smoother). A curve fitted to finite draws wiggles, and the best of wiggles is above
0 even where nothing can be learnt; so the wiggle that remains when the residuals are permuted is measured and its
worth taken off.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import special
from scipy.interpolate import BSpline

from clearspan.engines.business_case.distributions import Array, Distribution

PERMUTATIONS = 16
# Where the pieces of the spline meet: shares of the draws below.
_KNOTS = (0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98)
_WIDEST = 4.5
_GRID = 401
_NOISES = 33


def evpi(values: Array) -> float:
    """The expected value of perfect information: how much better one would choose knowing everything."""
    return float(_best(values).mean() - _best(values.mean(axis=1, keepdims=True))[0])


def permutations(draws: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Orders of the draws for the null of `evppi`, (PERMUTATIONS, draws)."""
    return rng.permuted(np.tile(np.arange(draws), (PERMUTATIONS, 1)), axis=1)


@dataclass(frozen=True)
class Fit:
    """The expected values given one quantity: coefficients (choices, terms) of curves on an orthonormal basis.

    The wiggle to be expected of them is shrunk away; `evppi` is the worth of knowing the quantity.
    """

    coefficients: Array
    evppi: float
    draws: int

    def curves(self, scores: Array) -> Array:
        """The expected values at normal scores of the quantity, (choices, scores)."""
        return self.coefficients @ _basis(self.draws).at(scores).T


def fit(values: Array, u: Array, related: NDArray[np.bool_], null: NDArray[np.intp]) -> list[Fit]:
    """What knowing each quantity alone would tell, and be worth.

    u (quantities, draws) orders the draws by each. related (quantities, quantities): which depend on each other. What
    the others do by themselves is noise to the curve of one; where they are independent of it, it is taken off first.
    """
    orders = np.argsort(u, axis=1, kind="stable")
    basis = _basis(values.shape[1])
    rough = [_regress(values[:, order], basis) for order in orders]
    effects = np.empty((len(orders), *values.shape))
    for effect, order, curve in zip(effects, orders, rough, strict=True):
        effect[:, order] = curve.steady[:, 1:] @ basis.columns[:, 1:].T
    everything, cap = effects.sum(axis=0), evpi(values)
    fits = []
    for number, order in enumerate(orders):
        kept = effects[related[number]].sum(axis=0) if related[number].any() else 0.0
        alone = values - everything + effects[number] + kept
        regression = _regress(alone[:, order], basis)
        fits.append(Fit(regression.steady, min(_worth(regression, basis, null), cap), values.shape[1]))
    return fits


@dataclass(frozen=True)
class _Regression:
    """Coefficients (choices, terms) as fitted, and with the wiggle shrunk away; residuals (choices, draws)."""

    fitted: Array
    steady: Array
    residuals: Array


def _regress(ordered: Array, basis: _Basis) -> _Regression:
    """Regresses values (choices, draws), in the order of a quantity, on the spline basis."""
    fitted = ordered @ basis.columns
    residuals = ordered - fitted @ basis.columns.T
    # On orthonormal columns, permuted residuals have this sum of squared coefficients, on average.
    wiggle = residuals.var(axis=1) * (fitted.shape[1] - 1)
    found = (fitted[:, 1:] ** 2).sum(axis=1)
    keep = np.maximum(0.0, 1 - wiggle / np.where(found > 0, found, np.inf))
    return _Regression(fitted, np.concatenate((fitted[:, :1], fitted[:, 1:] * keep[:, None]), axis=1), residuals)


def _worth(regression: _Regression, basis: _Basis, null: NDArray[np.intp]) -> float:
    """What choosing by the curve gains, less what mere wiggle about the steady curve seems to gain; not under 0."""
    curves = regression.fitted @ basis.columns.T
    gain = float(_best(curves).mean() - _best(curves.mean(axis=1, keepdims=True))[0])
    if gain <= 1e-12 * float(np.abs(curves).max()):
        return 0.0  # whatever one learnt, one would choose the same
    noise = regression.residuals[:, null] @ basis.columns  # (choices, permutations, terms)
    noise[..., 0] = 0.0  # the mean does not wiggle
    wiggly = (regression.steady[:, None] + noise) @ basis.grid.T
    return max(0.0, gain - float(_best(wiggly).mean() - _best(regression.steady @ basis.grid.T).mean()))


def evsi(curves: Fit, distribution: Distribution, size: int, sd: float | None = None) -> float:
    """The expected value of a sample of `size` observations of one quantity, before choosing.

    sd: the standard deviation of one observation about the quantity; the mean of the sample is taken as normal. None:
    the quantity is a share, and each observation is a yes with that probability.
    Exact but for the curves and the grid: every possible answer is weighed by Bayes' rule. Ades, Lu and Claxton 2004,
    Medical Decision Making 24, for the quantity; raises ValueError for a size under 1, or an sd of 0 or less.
    """
    if size < 1 or (sd is not None and not sd > 0):
        raise ValueError("a sample has a size of 1 or more, and an observation an sd above 0")
    scores = np.linspace(-_WIDEST, _WIDEST, _GRID)
    prior = np.exp(-(scores**2) / 2)
    prior /= prior.sum()
    x, given = distribution.quantile(special.ndtr(scores)), curves.curves(scores)
    likelihood, chance = _binomial(x, prior, size) if sd is None else _normal(x, prior, sd / np.sqrt(size))
    posterior = likelihood * prior
    expected = given @ (posterior / posterior.sum(axis=1, keepdims=True)).T
    worth = float(_best(expected) @ chance - _best((given @ prior)[:, None])[0])
    return min(max(0.0, worth), curves.evppi)


@dataclass(frozen=True)
class _Basis:
    """Orthonormal columns (draws, terms) over ranks, the constant first; `solve` turns plain splines into them."""

    columns: Array
    grid: Array  # the same functions on a coarser grid of equally likely scores
    knots: Array
    solve: Array

    def at(self, scores: Array) -> Array:
        return _splines(scores, self.knots) @ self.solve


@lru_cache(maxsize=4)
def _basis(draws: int) -> _Basis:
    ends = special.ndtri(np.array([0.5, draws - 0.5]) / draws)
    knots = np.concatenate((np.repeat(ends[0], 4), special.ndtri(_KNOTS), np.repeat(ends[1], 4)))
    plain = _splines(special.ndtri((np.arange(draws) + 0.5) / draws), knots)
    columns, triangle = np.linalg.qr(plain)
    solve = np.linalg.inv(triangle)
    columns, solve = columns * np.sign(columns[0, 0]), solve * np.sign(columns[0, 0])
    coarse = _splines(special.ndtri((np.arange(512) + 0.5) / 512), knots) @ solve
    return _Basis(columns, coarse, knots, solve)


def _splines(scores: Array, knots: Array) -> Array:
    """A constant and all cubic B-splines but the first: together they span the same curves."""
    columns = np.asarray(BSpline.design_matrix(scores, knots, 3, extrapolate=True).toarray())
    columns[:, 0] = 1.0
    return columns


def _best(values: Array) -> Array:
    """The value of the best choice, none of them being worth 0; over the first axis."""
    return np.asarray(np.maximum(values.max(axis=0), 0.0))


def _normal(x: Array, prior: Array, spread: float) -> tuple[Array, Array]:
    """The likelihood of each sample mean (answers, x) and its chance (answers,): normal noise about every x in turn."""
    noise = np.linspace(-_WIDEST, _WIDEST, _NOISES)
    weights = np.exp(-(noise**2) / 2)
    answers = (x[:, None] + spread * noise).ravel()
    chance = (prior[:, None] * weights / weights.sum()).ravel()
    return np.exp(-(((answers[:, None] - x) / spread) ** 2) / 2), chance


def _binomial(x: Array, prior: Array, size: int) -> tuple[Array, Array]:
    """The likelihood of each number of yeses, 0 to size, given each share x, and its chance."""
    yes = np.arange(size + 1)[:, None]
    share = np.clip(x, 1e-12, 1 - 1e-12)
    ways = special.gammaln(size + 1) - special.gammaln(yes + 1) - special.gammaln(size - yes + 1)
    likelihood = np.exp(ways + yes * np.log(share) + (size - yes) * np.log1p(-share))
    return likelihood, likelihood @ prior
