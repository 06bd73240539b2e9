"""A share of effort with how sure it is, and whether it has changed: the Bayesian bootstrap over items (Rubin 1981).

Every item is one thing that might as well not have come up; the days it took come with it. Half an item of mean size is
added on either side (Jeffreys's prior), so that three items of one kind are not a certainty.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DRAWS = 1000
MANY = 400  # items from which the ratio is as good as normal


@dataclass(frozen=True)
class Share:
    """A share from 0 to 1: the one seen, and the interval that holds nine in ten. `items` is what it rests on."""

    seen: float
    p05: float
    p25: float
    p75: float
    p95: float
    items: int

    @property
    def five(self) -> tuple[float, float, float, float, float]:
        return self.p05, self.p25, self.seen, self.p75, self.p95


@dataclass(frozen=True)
class Change:
    """Two shares of the same kind, and the probability that the later one is above the earlier.

    Where nothing was worked on before, `before` is None and `risen` an even chance.
    """

    now: Share
    before: Share | None
    risen: float


def share_of(days: NDArray[np.float64], is_in: NDArray[np.bool_], rng: np.random.Generator) -> Share | None:
    """The share of `days` (person-days by item) that the items `is_in` took; None where no day was worked."""
    drawn = _draws(days, is_in, rng)
    return None if drawn is None else _share(days, is_in, drawn)


def change(
    now: NDArray[np.float64], before: NDArray[np.float64], is_in: NDArray[np.bool_], rng: np.random.Generator
) -> Change | None:
    """Whether the share of `is_in` is greater in `now` than `before` (person-days of the same items in two times).

    None where no day of `now` was worked.
    """
    later, earlier = _draws(now, is_in, rng), _draws(before, is_in, rng)
    if later is None:
        return None
    if earlier is None:
        return Change(_share(now, is_in, later), None, 0.5)
    risen = float(np.mean(later > earlier) + 0.5 * np.mean(later == earlier))
    return Change(_share(now, is_in, later), _share(before, is_in, earlier), risen)


def _draws(days: NDArray[np.float64], is_in: NDArray[np.bool_], rng: np.random.Generator) -> NDArray[np.float64] | None:
    worked = days > 0
    if not worked.any():
        return None
    size, inside = days[worked], is_in[worked]
    if len(size) > MANY:
        return _normal(size, inside, rng)
    total = rng.standard_exponential((DRAWS, len(size))) @ np.stack([size * inside, size * ~inside], 1)
    total += size.mean() * rng.standard_gamma(0.5, (DRAWS, 2))
    return np.asarray(total[:, 0] / total.sum(axis=1))


def _normal(size: NDArray[np.float64], inside: NDArray[np.bool_], rng: np.random.Generator) -> NDArray[np.float64]:
    """What the bootstrap of so many items comes to: a ratio's normal, by its first-order variance."""
    share = size[inside].sum() / size.sum()
    spread = np.sqrt(np.sum((size * (inside - share)) ** 2)) / size.sum()
    return np.asarray(np.clip(share + spread * rng.standard_normal(DRAWS), 0.0, 1.0))


def _share(days: NDArray[np.float64], is_in: NDArray[np.bool_], drawn: NDArray[np.float64]) -> Share:
    p05, p25, p75, p95 = (float(one) for one in np.quantile(drawn, [0.05, 0.25, 0.75, 0.95]))
    return Share(float(days[is_in].sum() / days.sum()), p05, p25, p75, p95, int((days > 0).sum()))
