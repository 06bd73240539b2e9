import numpy as np
import pytest

from clearspan.engines.delivery import LEVELS, Calibration
from clearspan.engines.delivery.calibration import block_at

MISSED = np.array([False] * len(LEVELS))
TRUE = ~MISSED


def test_nothing_learnt_is_nothing_changed() -> None:
    by = np.linspace(0, 1, 11)
    assert Calibration().of(by) is by


def test_a_missed_date_is_read_later_and_one_that_came_true_earlier() -> None:
    assert all(np.array(Calibration().after(MISSED, 1).read_at) > LEVELS)
    assert all(np.array(Calibration().after(TRUE, 1).read_at) < LEVELS)


def test_outcomes_as_promised_change_next_to_nothing() -> None:
    """Of twenty dates at 95 % one is missed, of twenty at 85 % three."""
    now = Calibration()
    for n in range(20):
        now = now.after(np.array([n % 2 < 1, n % 10 < 7, n % 20 not in (3, 9, 16), n != 11]), 0.1)
    assert now.read_at == pytest.approx(LEVELS, abs=0.01)


def test_over_a_long_history_as_many_dates_come_true_as_are_promised() -> None:
    """The futures are too hopeful: what they call 85 in 100 comes true 72 times."""
    rng, now, came = np.random.default_rng(1), Calibration(), []
    for reached in np.sqrt(rng.random(600)):
        came.append(now.came_true(reached))
        now = now.after(came[-1], 0.25)
    assert np.mean(came[100:], axis=0) == pytest.approx(LEVELS, abs=0.03)
    assert now.read_at == pytest.approx(np.sqrt(LEVELS), abs=0.05)


def test_an_outcome_that_shares_its_weeks_with_others_counts_for_less() -> None:
    alone, shared = (Calibration().after(MISSED, share).read_at[2] - 0.85 for share in (1.0, 0.1))
    assert 0 < shared < alone / 5


def test_levels_keep_their_order_and_their_bounds() -> None:
    now = Calibration()
    for _ in range(200):
        now = now.after(np.array([False, True, True, False]), 1)
    assert list(now.read_at) == sorted(now.read_at)
    assert now.read_at[0] > 0
    assert now.read_at[-1] < 1


def test_the_corrected_distribution_reads_dates_where_the_levels_say() -> None:
    by = np.linspace(0, 1, 1_001)
    now = Calibration().after(MISSED, 1)
    for level, read_at in zip(LEVELS, now.read_at, strict=True):
        assert block_at(now.of(by), level) == block_at(by, read_at)
    assert all(np.diff(now.of(by)) >= 0)
    assert now.of(by)[[0, -1]].tolist() == [0, 1]


def test_a_level_that_is_never_reached_has_no_block() -> None:
    assert block_at(np.array([0.0, 0.4, 0.5]), 0.5) == 2
    assert block_at(np.array([0.0, 0.4, 0.5]), 0.85) is None
