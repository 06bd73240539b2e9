"""How often one wins: held to closed forms, to coverage, and to what few deals may not say."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from clearspan.engines import winloss


def test_one_group_is_jeffreys_posterior() -> None:
    assert winloss.rate(3, 9)[2] == pytest.approx(stats.beta(3.5, 9.5).ppf(0.5))


def test_no_deals_say_nothing() -> None:
    low, _, middle, _, high = winloss.rate(0, 0)
    assert middle == pytest.approx(0.5)
    assert high - low > 0.95


def test_two_groups_cannot_say_how_alike_groups_are() -> None:
    assert winloss.rates([(3, 1), (0, 4)]) == [winloss.rate(3, 1), winloss.rate(0, 4)]


def test_a_group_of_few_deals_leans_on_the_others() -> None:
    alone, (*_, leaning) = winloss.rate(0, 2), winloss.rates([(60, 40), (55, 45), (62, 38), (0, 2)])
    assert leaning[2] > alone[2] + 0.15  # two lost deals do not make a hopeless segment


def test_a_group_of_many_deals_speaks_for_itself() -> None:
    found = winloss.rates([(60, 40), (55, 45), (62, 38), (40, 360)])[3]
    assert found[2] == pytest.approx(0.1, abs=0.02)


def test_intervals_of_many_groups_hold_what_they_say() -> None:
    """Nine in ten intervals of ninety per cent hold the true rate, also of the smallest groups."""
    rng = np.random.default_rng(4)
    inside = total = 0
    for _ in range(60):
        truth = rng.beta(6, 6, size=12)
        sizes = rng.integers(1, 40, size=12)
        won = rng.binomial(sizes, truth)
        fives = winloss.rates([(int(w), int(n - w)) for w, n in zip(won, sizes, strict=True)])
        inside += sum(five[0] <= true <= five[4] for five, true in zip(fives, truth, strict=True))
        total += 12
    assert 0.84 < inside / total < 0.95


def test_counts_below_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="neither below 0"):
        winloss.rates([(1, -1)])
