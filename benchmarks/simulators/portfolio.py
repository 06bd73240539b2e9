"""Invented portfolios: what a company of five functions could do in eight quarters.

Stated in full, so that the figures can be made again elsewhere:

- an option lasts 1 to 4 periods (uniform) and takes lognormal(1, 0.6) effort a period;
- dense: every function has a share of it (uniform 0.1 to 1, made to add up); sparse: one or two functions have one
  (uniform 0.3 to 1, made to add up);
- it is worth its effort times lognormal(0, 0.35), and loses up to 2 % of that a period of delay (uniform);
- each function has, every period, 40 % of what all options together would need of it, spread evenly over the periods;
- n // 4 random pairs of a random order depend on each other: the later requires the earlier.

Draws, where asked for, multiply an option's worth by a lognormal factor of mean 1 (sd of the logarithm 0.4), half of
its variance shared by all options.
"""

from __future__ import annotations

import numpy as np

from clearspan.engines.portfolio import Problem

PERIODS, FUNCTIONS = 8, 5
FULLNESS = 0.4
SPREAD = 0.4


def portfolio(options: int, *, dense: bool, seed: int, draws: int = 0, risk: float = 0.0) -> Problem:
    """One portfolio of so many options, over 8 periods and 5 functions."""
    rng = np.random.default_rng(seed)
    duration = rng.integers(1, 5, options)
    mix = _dense(rng, options) if dense else _sparse(rng, options)
    effort = rng.lognormal(1.0, 0.6, options)[:, None] * duration[:, None] * mix
    value = effort.sum(axis=1) * rng.lognormal(0.0, 0.35, options)
    order = rng.permutation(options)
    pairs = [sorted(rng.choice(options, 2, replace=False)) for _ in range(options // 4)]
    return Problem.of(
        [f"option {k + 1}" for k in range(options)],
        effort,
        np.tile(effort.sum(axis=0) * FULLNESS / PERIODS, (PERIODS, 1)),
        value,
        duration=duration,
        delay_cost=value * rng.uniform(0, 0.02, options),
        requires=sorted({(int(order[late]), int(order[early])) for early, late in pairs}),
        draws=_draws(rng, value, draws) if draws else None,
        risk=risk,
    )


def _dense(rng: np.random.Generator, options: int) -> np.ndarray:
    mix = rng.uniform(0.1, 1.0, (options, FUNCTIONS))
    return mix / mix.sum(axis=1, keepdims=True)


def _sparse(rng: np.random.Generator, options: int) -> np.ndarray:
    mix = np.zeros((options, FUNCTIONS))
    for row in mix:
        count = rng.integers(1, 3)
        row[rng.choice(FUNCTIONS, count, replace=False)] = rng.uniform(0.3, 1.0, count)
    return mix / mix.sum(axis=1, keepdims=True)


def _draws(rng: np.random.Generator, value: np.ndarray, draws: int) -> np.ndarray:
    shared, own = rng.normal(size=(draws, 1)), rng.normal(size=(draws, len(value)))
    return value * np.exp(SPREAD * (shared + own) / np.sqrt(2) - SPREAD**2 / 2)
