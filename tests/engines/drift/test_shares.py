"""A share and its interval, held to what is known of it."""

from __future__ import annotations

import numpy as np

from clearspan.engines.drift import change, share_of


def rng() -> np.random.Generator:
    return np.random.default_rng(4)


def test_the_share_is_the_share_of_the_days() -> None:
    share = share_of(np.array([3.0, 1.0]), np.array([True, False]), rng())
    assert share is not None and share.seen == 0.75


def test_few_items_are_less_sure_than_many() -> None:
    few, many = (share_of(np.ones(n), np.arange(n) % 4 == 0, rng()) for n in (8, 800))
    assert few is not None and many is not None
    assert few.p95 - few.p05 > 4 * (many.p95 - many.p05)


def test_the_interval_is_that_of_a_beta_for_equal_items() -> None:
    """With equal days it is Jeffreys's: k of n is Beta(k + 1/2, n - k + 1/2)."""
    from scipy import stats

    share = share_of(np.ones(40), np.arange(40) < 10, rng())
    assert share is not None
    assert np.allclose([share.p05, share.p95], stats.beta(10.5, 30.5).ppf([0.05, 0.95]), atol=0.02)


def test_three_items_of_one_kind_are_no_certainty() -> None:
    share = share_of(np.ones(3), np.ones(3, bool), rng())
    assert share is not None and share.seen == 1 and share.p05 < 0.7


def test_many_items_come_to_what_the_bootstrap_of_fewer_tends_to() -> None:
    """Just above and just below the number from which the normal serves, the interval is the same."""
    days, is_in = np.tile([1.0, 2.0, 4.0, 9.0], 101), np.arange(404) % 5 == 0
    many, few = share_of(days, is_in, rng()), share_of(days[:396], is_in[:396], rng())
    assert many is not None and few is not None
    assert np.allclose(many.five, few.five, atol=0.01)


def test_no_days_have_no_share() -> None:
    assert share_of(np.zeros(3), np.array([True, False, True]), rng()) is None


def test_what_rose_is_said_to_have_risen() -> None:
    is_in = np.arange(100) % 2 == 0
    now, before = np.where(is_in, 3.0, 1.0), np.where(is_in, 1.0, 3.0)
    found = change(now, before, is_in, rng())
    assert found is not None and found.risen > 0.99 and found.now.seen == 0.75


def test_what_stayed_the_same_is_as_likely_up_as_down() -> None:
    is_in = np.arange(100) % 2 == 0
    found = change(np.ones(100), np.ones(100), is_in, rng())
    assert found is not None and 0.4 < found.risen < 0.6


def test_what_has_no_past_cannot_have_risen() -> None:
    found = change(np.ones(4), np.zeros(4), np.array([True, False, False, False]), rng())
    assert found is not None and found.before is None and found.risen == 0.5


def test_the_same_seed_gives_the_same_digits() -> None:
    days, is_in = np.arange(1.0, 30), np.arange(29) % 3 == 0
    assert share_of(days, is_in, rng()) == share_of(days, is_in, rng())
