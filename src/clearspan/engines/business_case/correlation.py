"""Joins uniform numbers by a Gaussian copula with given rank correlations."""

from __future__ import annotations

import numpy as np
from scipy import special

from clearspan.engines.business_case.distributions import Array


def normal_correlation(rank: Array) -> Array:
    """The correlation of normal scores that gives these rank correlations: 2 sin(pi rho / 6)."""
    return 2 * np.sin(np.pi * rank / 6)


def rank_correlation(normal: Array) -> Array:
    """The rank correlations that normal scores so correlated have: the inverse of `normal_correlation`."""
    return 6 / np.pi * np.arcsin(np.clip(normal, -1, 1) / 2)


def nearest_correlation(matrix: Array) -> Array:
    """The correlation matrix nearest to a symmetric one with a unit diagonal, itself when it is one already.

    Alternating projections with Dykstra's correction (Higham 2002, IMA Journal of Numerical Analysis 22).
    """
    if np.linalg.eigvalsh(matrix)[0] >= -1e-10:
        return matrix
    nearest, correction = matrix.copy(), np.zeros_like(matrix)
    for _ in range(1_000):
        before = nearest
        shifted = nearest - correction
        values, vectors = np.linalg.eigh(shifted)
        semidefinite = (vectors * np.maximum(values, 0)) @ vectors.T
        correction = semidefinite - shifted
        nearest = semidefinite.copy()
        np.fill_diagonal(nearest, 1.0)
        if np.abs(nearest - before).max() < 1e-9:
            break
    return _with_unit_diagonal(nearest)


def correlate(u: Array, normal: Array) -> Array:
    """Uniform numbers (variables, draws) that are independent, joined by the copula with this correlation matrix."""
    values, vectors = np.linalg.eigh(normal)
    root = (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T  # the symmetric root has no arbitrary signs
    root /= np.sqrt((root**2).sum(axis=1, keepdims=True))
    return np.asarray(np.clip(special.ndtr(root @ special.ndtri(u)), 2.0**-32, 1 - 2.0**-32))


def _with_unit_diagonal(matrix: Array) -> Array:
    """Takes off what rounding left of negative eigenvalues, keeping the diagonal."""
    values, vectors = np.linalg.eigh(matrix)
    matrix = (vectors * np.maximum(values, 0)) @ vectors.T
    scale = 1 / np.sqrt(np.diag(matrix))
    return np.asarray(matrix * scale[:, None] * scale[None, :])
