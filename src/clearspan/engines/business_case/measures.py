"""What a stream of cash is worth: measures of flows of shape (periods + 1, draws), period 0 first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clearspan.engines.business_case.distributions import Array

# Rates are looked for between these, a year.
LOWEST_RATE, HIGHEST_RATE = -0.99, 10.0
_CELLS = 96
_LARGEST_EXPONENT = 300.0
_BLOCK = 2048  # draws at a time, so that the work stays in a processor's cache


def cumulated(flows: Array) -> Array:
    """The sum of flows up to and with each period."""
    total = flows.copy()
    for t in range(1, total.shape[0]):  # faster than np.cumsum along the strided axis
        total[t] += total[t - 1]
    return total


def peak_funding(total: Array) -> Array:
    """The most that is out at the end of any period, as a positive number; `total` is cumulated cash."""
    return np.asarray(np.maximum(0.0, -total.min(axis=0)))


def payback(total: Array) -> Array:
    """The first period at whose end cumulated cash is back at 0 or above, having been under it.

    0 where it never was under 0, infinite where it never comes back.
    """
    under = total < -1e-12 * np.abs(total).max(axis=0)
    first = under.argmax(axis=0)
    back = ~under & (np.arange(total.shape[0])[:, None] > first)
    periods = np.where(back.any(axis=0), back.argmax(axis=0).astype(np.float64), np.inf)
    return np.where(under.any(axis=0), periods, 0.0)


def irr(flows: Array, periods_a_year: int) -> tuple[Array, NDArray[np.intp]]:
    """The internal rate of return a year of each draw, and how many there are.

    NaN where there is none or there are several: then no one rate says what the flows are worth. Rates are looked for
    from -99 % to 1,000 % a year in 96 steps, each root then polished by Newton's method inside its step; two roots
    within one step (less than a twelfth of the way from 1 + r to its neighbour) would be taken for none.
    """
    blocks = [_irr(flows[:, start : start + _BLOCK], periods_a_year) for start in range(0, flows.shape[1], _BLOCK)]
    return np.concatenate([rates for rates, _ in blocks]), np.concatenate([roots for _, roots in blocks])


def _irr(flows: Array, periods_a_year: int) -> tuple[Array, NDArray[np.intp]]:
    years = np.arange(flows.shape[0]) / periods_a_year
    lowest = max(np.log1p(LOWEST_RATE), -_LARGEST_EXPONENT / max(years[-1], 1.0))
    grid = np.linspace(lowest, np.log1p(HIGHEST_RATE), _CELLS + 1)
    positive = np.exp(-grid[:, None] * years) @ flows > 0
    crossings = positive[1:] != positive[:-1]
    # Worth nothing at any rate is no crossing, and exactly nothing at a grid point is one.
    roots = crossings.sum(axis=0)
    rates = np.full(flows.shape[1], np.nan)
    single = np.flatnonzero(roots == 1)
    if single.size:
        cell = crossings[:, single].argmax(axis=0)
        rates[single] = np.expm1(_polish(flows[:, single], years[1], grid[cell], grid[cell + 1]))
    return rates, roots


def _polish(flows: Array, step: float, low: Array, high: Array) -> Array:
    """The root of sum flows_t exp(-x step t) in [low, high], by Newton's method kept inside the bracket."""

    def worth(x: Array) -> tuple[Array, Array]:
        v = np.exp(-x * step)
        value, slope = np.zeros_like(x), np.zeros_like(x)
        for flow in flows[::-1]:
            slope = slope * v + value
            value = value * v + flow
        return value, -step * v * slope

    rising = worth(high)[0] > 0
    x = (low + high) / 2
    for _ in range(60):
        value, slope = worth(x)
        above = (value > 0) == rising
        low, high = np.where(above, low, x), np.where(above, x, high)
        with np.errstate(divide="ignore", invalid="ignore"):
            new = x - value / slope
        # A step may end on the bracket itself: there the root has been found.
        new = np.where((new >= low) & (new <= high), new, (low + high) / 2)
        moved = float(np.abs(new - x).max())
        x = new
        if moved < 1e-12:
            break
    return x
