from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import special

Five = tuple[float, float, float, float, float]  # 5, 25, 50, 75 and 95 % of our belief

_LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
_JEFFREYS = 0.5
_FEW = 3  # groups with deals below which nothing can be learnt of how alike they are
_MIDDLES = np.linspace(0.01, 0.99, 50)
_WEIGHTS = np.geomspace(1, 1000, 31)  # in deals: how much the other groups say about one


def rate(won: int, lost: int) -> Five:
    """The rate behind `won` and `lost` deals, by themselves. Raises ValueError for counts below 0."""
    _check(won, lost)
    return _five(won + _JEFFREYS, lost + _JEFFREYS)


def rates(counts: Sequence[tuple[int, int]]) -> list[Five]:
    """The rate behind each group's (won, lost), in their order, each leaning on the others as far as they are alike.

    Raises ValueError for counts below 0.
    """
    for won, lost in counts:
        _check(won, lost)
    if sum(won + lost > 0 for won, lost in counts) < _FEW:
        return [rate(won, lost) for won, lost in counts]
    return [_five(a, b) for a, b in _leaning(np.array(counts, dtype=float))]


def _leaning(counts: np.ndarray) -> list[tuple[float, float]]:
    """Each group's Beta: its moments over every common middle and narrowness, by how likely all counts make them."""
    middle, weight = np.meshgrid(_MIDDLES, _WEIGHTS, indexing="ij")
    a, b = (middle * weight).ravel(), ((1 - middle) * weight).ravel()
    won, lost = counts[:, :1], counts[:, 1:]
    chance = (special.betaln(won + a, lost + b) - special.betaln(a, b)).sum(axis=0) - 1.5 * np.log(a + b)
    chance = np.exp(chance - chance.max())
    chance /= chance.sum()
    decided = won + lost + a + b
    mean = (won + a) / decided
    spread = mean * (1 - mean) / (decided + 1)
    means = mean @ chance
    variances = spread @ chance + ((mean - means[:, None]) ** 2) @ chance
    sizes = means * (1 - means) / variances - 1
    return [(float(mean * size), float((1 - mean) * size)) for mean, size in zip(means, sizes, strict=True)]


def _five(a: float, b: float) -> Five:
    low, lower, half, upper, high = (float(value) for value in special.betaincinv(a, b, np.array(_LEVELS)))
    return low, lower, half, upper, high


def _check(won: int, lost: int) -> None:
    if won < 0 or lost < 0:
        raise ValueError(f"found {won} won and {lost} lost, expected neither below 0")
