from __future__ import annotations

import numpy as np
from scipy import special, stats

Five = tuple[float, float, float, float, float]  # 5, 25, 50, 75 and 95 % of our belief

_LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
_PRIOR = 0.5  # Jeffreys


def cost_per_win(spend: float, won: int) -> Five:
    """What one customer costs, in the money of `spend`. Raises ValueError for no spend: nothing is known then.

    With nobody won the upper values are large and rest on the prior alone; the lower ones say what it costs at least.
    """
    _check(spend, won)
    if spend == 0:
        raise ValueError("found no spend, expected more than 0")
    rates = special.gammaincinv(won + _PRIOR, 1 - np.array(_LEVELS))  # of a gamma: a list asks for dozens
    low, lower, middle, upper, high = (spend / rates).tolist()
    return low, lower, middle, upper, high


def surely_under(spend: float, won: int, limit: float) -> float:
    """The probability that one customer costs at most `limit`."""
    _check(spend, won)
    if limit <= 0:
        return 0.0
    return float(special.gammaincc(won + _PRIOR, spend / limit))


def share(part: int, whole: int) -> Five:
    """The share behind `part` of `whole`. Raises ValueError when the part is more than the whole."""
    if not 0 <= part <= whole:
        raise ValueError(f"found {part} of {whole}, expected a part of it")
    low, lower, middle, upper, high = special.betaincinv(part + _PRIOR, whole - part + _PRIOR, _LEVELS).tolist()
    return low, lower, middle, upper, high


def wins_by(spend: float, won: int, budget: float) -> Five:
    """How many customers there will be when `budget` is spent, at the rate so far: those won, and those to come.

    To come is negative binomial: Poisson with the rate's own uncertainty. Raises ValueError for no spend.
    """
    _check(spend, won)
    if spend == 0:
        raise ValueError("found no spend, expected more than 0")
    rest = max(0.0, budget - spend)
    if rest == 0:
        return (float(won),) * 5
    to_come = stats.nbinom(won + _PRIOR, spend / (spend + rest))
    low, lower, middle, upper, high = (float(won + to_come.ppf(level)) for level in _LEVELS)
    return low, lower, middle, upper, high


def _check(spend: float, won: int) -> None:
    if spend < 0 or won < 0:
        raise ValueError(f"found {won} won for {spend}, expected neither below 0")
