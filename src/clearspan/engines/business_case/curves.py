"""Families of curves over the rank of a quantity, as orthonormal functions for regression.

Smooth curves are cubic splines of eleven terms; steps are the means of 32 bins. Ranks are evenly spread whatever the
quantity, so the functions depend on the number of draws only, and are kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import special
from scipy.interpolate import BSpline

from clearspan.engines.business_case.distributions import Array

# Where the pieces of the spline meet: shares of the draws below.
_KNOTS = (0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98)
_BINS = 32
_COARSE = 512


@dataclass(frozen=True)
class Basis:
    """`columns` (draws, terms), orthonormal, the first constant, in the order of the quantity.

    `grid` has the same functions at 512 equally likely places; `at` at any normal scores.
    """

    columns: Array
    grid: Array
    at: Callable[[Array], Array]


@lru_cache(maxsize=4)
def smooth(draws: int) -> Basis:
    """Cubic splines over the normal score of the rank: a normal's straight line is among them."""
    ends = special.ndtri(np.array([0.5, draws - 0.5]) / draws)
    knots = np.concatenate((np.repeat(ends[0], 4), special.ndtri(_KNOTS), np.repeat(ends[1], 4)))
    return _orthonormal(draws, lambda scores: BSpline.design_matrix(scores, knots, 3, extrapolate=True).toarray())


@lru_cache(maxsize=4)
def steps(draws: int) -> Basis:
    """Equally likely bins: a threshold is among them, to within one bin."""
    edges = special.ndtri(np.arange(1, _BINS) / _BINS)
    return _orthonormal(draws, lambda scores: np.eye(_BINS)[np.searchsorted(edges, scores)])


def _orthonormal(draws: int, functions: Callable[[Array], Array]) -> Basis:
    """The span of functions that add up to one, with the constant as its first member."""

    def plain(scores: Array) -> Array:
        columns = np.asarray(functions(scores), dtype=np.float64)
        columns[:, 0] = 1.0
        return columns

    def scores(count: int) -> Array:
        return np.asarray(special.ndtri((np.arange(count) + 0.5) / count))

    columns, triangle = np.linalg.qr(plain(scores(draws)))
    sign = np.sign(columns[0, 0])
    solve = sign * np.linalg.inv(triangle)
    return Basis(sign * columns, plain(scores(_COARSE)) @ solve, lambda at: plain(at) @ solve)
