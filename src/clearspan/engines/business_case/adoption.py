"""How a market takes a product up: Bass's curve (Bass 1969, Management Science 15), and its fit to past sales."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize

from clearspan.engines.business_case.distributions import Array


def bass_shares(p: Array, q: Array, steps: int, step: float) -> Array:
    """The share of the market that has adopted after 0, 1, ... `steps` steps of `step` years: (steps + 1, draws).

    p innovates, q imitates, both a year; p > 0, q >= 0, shapes (draws,).
    """
    each = np.exp(-(p + q) * step)
    left = np.ones((steps + 1, each.size))  # becomes the share, in place
    for t in range(1, steps + 1):  # a product a step is ten times as fast as an exponential
        np.multiply(left[t - 1], each, out=left[t])
    below = left * (q / p)
    below += 1
    np.subtract(1, left, out=left)
    left /= below
    return left


@dataclass(frozen=True)
class BassFit:
    """The market m and the rates p and q a period of the series, each with its standard error."""

    m: float
    p: float
    q: float
    m_error: float
    p_error: float
    q_error: float


def fit_bass(sales: Array) -> BassFit:
    """Fits m, p and q to the sales of successive periods, from the first on, by non-linear least squares.

    The form fitted is the density, sales_t = m f(t) with t = 1, 2, ..., which is the one most published values rest
    on; differences of the curve give somewhat other values. Needs five periods or more. Raises ValueError when no fit
    is found.
    """
    sales = np.asarray(sales, dtype=np.float64)
    if sales.size < 5 or not np.isfinite(sales).all() or sales.sum() <= 0:
        raise ValueError("five or more finite sales whose sum is above 0 are needed")
    periods = np.arange(1.0, sales.size + 1)

    def density(t: Array, m: float, p: float, q: float) -> Array:
        left = np.exp(-(p + q) * t)
        return np.asarray(m * ((p + q) ** 2 / p) * left / (1 + q / p * left) ** 2)

    try:
        values, covariance = optimize.curve_fit(
            density,
            periods,
            sales,
            p0=(1.5 * sales.sum(), 0.01, 0.4),
            bounds=([1e-9 * sales.sum(), 1e-9, 0.0], [1e4 * sales.sum(), 1.0, 5.0]),
            x_scale=(sales.sum(), 0.01, 0.4),
            max_nfev=10_000,
        )
    except RuntimeError as error:
        raise ValueError(f"no Bass curve fits these sales: {error}") from None
    return BassFit(*map(float, values), *map(float, np.sqrt(np.diag(covariance))))
