"""What finding out is worth before choosing: EVPI and EVPPI, from draws of the NPV of each thing to choose from.

`values` is (choices, draws); choosing none of them, worth 0, is always possible. The expected NPV given one quantity
is a curve, found by regression on the quantity's rank (Strong, Oakley and Brennan 2014, Medical Decision Making 34):
smooth or in steps, whichever foretells more. A curve fitted to finite draws wiggles, and the best of wiggles is above
0 even where nothing can be learnt; so the wiggle that remains when the residuals are permuted is measured, and what
choosing by it seems to gain is taken off.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clearspan.engines.business_case import curves
from clearspan.engines.business_case.curves import Basis
from clearspan.engines.business_case.distributions import Array

PERMUTATIONS = 16
_FEWEST_FOR_STEPS = 512  # draws: sixteen a bin


def evpi(values: Array) -> float:
    """The expected value of perfect information: how much better one would choose knowing everything."""
    return float(best(values).mean() - best(values.mean(axis=1, keepdims=True))[0])


def permutations(draws: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Orders of the draws for the null of `fit`, (PERMUTATIONS, draws)."""
    return rng.permuted(np.tile(np.arange(draws), (PERMUTATIONS, 1)), axis=1)


def best(values: Array) -> Array:
    """The value of the best choice, none of them being worth 0; over the first axis."""
    return np.asarray(np.maximum(values.max(axis=0), 0.0))


@dataclass(frozen=True)
class Fit:
    """The expected values given one quantity: coefficients (choices, terms) of curves on an orthonormal basis.

    The wiggle to be expected of them is shrunk away; `evppi` is the worth of knowing the quantity.
    """

    coefficients: Array
    basis: Basis
    evppi: float

    def curves(self, scores: Array) -> Array:
        """The expected values at normal scores of the quantity, (choices, scores)."""
        return self.coefficients @ self.basis.at(scores).T


def fit(values: Array, u: Array, related: NDArray[np.bool_], null: NDArray[np.intp]) -> list[Fit]:
    """What knowing each quantity alone would tell, and be worth.

    u (quantities, draws) orders the draws by each. related (quantities, quantities): which depend on each other. What
    the others do by themselves is noise to the curve of one; where they are independent of it, it is taken off first.
    """
    draws, orders = values.shape[1], np.argsort(u, axis=1, kind="stable")
    bases = [curves.smooth(draws), *([curves.steps(draws)] if draws >= _FEWEST_FOR_STEPS else [])]
    effects = np.empty((len(orders), *values.shape))
    for effect, order in zip(effects, orders, strict=True):
        effect[:, order] = _closest(values[:, order], bases).effect()
    everything, cap = effects.sum(axis=0), evpi(values)
    fits = []
    for number, order in enumerate(orders):
        kept = effects[related[number]].sum(axis=0) if related[number].any() else 0.0
        alone = values - everything + effects[number] + kept
        regression = _closest(alone[:, order], bases)
        fits.append(Fit(regression.steady, regression.basis, min(_worth(regression, null), cap)))
    return fits


@dataclass(frozen=True)
class _Regression:
    """Coefficients (choices, terms) as fitted, and with the wiggle shrunk away; residuals (choices, draws)."""

    basis: Basis
    fitted: Array
    steady: Array
    residuals: Array

    def effect(self) -> Array:
        """What the quantity does to the values by itself, 0 on average."""
        return self.steady[:, 1:] @ self.basis.columns[:, 1:].T


def _closest(ordered: Array, bases: list[Basis]) -> _Regression:
    """Regresses values (choices, draws), in the order of a quantity, on the basis that foretells them best.

    Judged by generalised cross-validation: residuals, with a price on every term.
    """

    def foretelling(regression: _Regression) -> float:
        terms, draws = regression.fitted.shape[1], ordered.shape[1]
        return float(regression.residuals.var(axis=1).sum() / (1 - terms / draws) ** 2)

    return min((_regress(ordered, basis) for basis in bases), key=foretelling)


def _regress(ordered: Array, basis: Basis) -> _Regression:
    fitted = ordered @ basis.columns
    residuals = ordered - fitted @ basis.columns.T
    # On orthonormal columns, permuted residuals have this sum of squared coefficients, on average.
    wiggle = residuals.var(axis=1) * (fitted.shape[1] - 1)
    found = (fitted[:, 1:] ** 2).sum(axis=1)
    keep = np.maximum(0.0, 1 - wiggle / np.where(found > 0, found, np.inf))
    steady = np.concatenate((fitted[:, :1], fitted[:, 1:] * keep[:, None]), axis=1)
    return _Regression(basis, fitted, steady, residuals)


def _worth(regression: _Regression, null: NDArray[np.intp]) -> float:
    """What choosing by the curve gains, less what mere wiggle about the steady curve seems to gain; not under 0."""
    basis = regression.basis
    given = regression.fitted @ basis.columns.T
    gain = float(best(given).mean() - best(given.mean(axis=1, keepdims=True))[0])
    if gain <= 1e-12 * float(np.abs(given).max()):
        return 0.0  # whatever one learnt, one would choose the same
    noise = regression.residuals[:, null] @ basis.columns  # (choices, permutations, terms)
    noise[..., 0] = 0.0  # the mean does not wiggle
    wiggly = (regression.steady[:, None] + noise) @ basis.grid.T
    return max(0.0, gain - float(best(wiggly).mean() - best(regression.steady @ basis.grid.T).mean()))
