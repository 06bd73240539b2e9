import numpy as np
import pytest

from clearspan.engines.delivery.pace import RATIOS, pace, paces


def test_a_pace_that_never_changed_does_not_move() -> None:
    now = pace(np.full(10, 5))
    assert now.probability[0] == 1
    assert now.mean == pytest.approx(5)


def test_what_past_weeks_say_for_today_adds_up_to_one() -> None:
    now = pace(np.array([3, 5, 0, 8, 2, 4, 4]))
    assert now.weight.sum(axis=1) == pytest.approx(np.ones(len(RATIOS)))


def test_where_nothing_moves_all_weeks_speak_alike_and_else_the_latest_loudest() -> None:
    now = pace(np.array([3, 5, 0, 8, 2, 4, 4]))
    assert now.weight[0] == pytest.approx(np.full(7, 1 / 7))
    assert all(np.diff(now.weight[-1]) > 0) or now.weight[-1][-1] == max(now.weight[-1])


def test_the_level_is_that_of_exponential_smoothing() -> None:
    """With movement as large as noise the steady gain is the golden ratio's inverse (Harvey 1989, p. 175)."""
    now = pace(np.array([3, 5, 0, 8, 2, 4, 4, 6, 1, 3, 5, 2]))
    golden = (np.sqrt(5) - 1) / 2
    assert now.weight[-1][-1] == pytest.approx(golden, abs=1e-3)
    assert now.weight[-1][-2] == pytest.approx(golden * (1 - golden), abs=1e-3)


def test_a_team_that_doubled_its_pace_is_thought_to_move() -> None:
    doubled = pace(np.array([4, 5, 4, 5, 4, 5, 4, 5, 10, 9, 10, 9, 10, 9, 10, 9]))
    assert doubled.probability[0] < 0.05
    assert doubled.mean > 9


def test_each_belief_knows_only_the_weeks_before_it() -> None:
    weeks = np.random.default_rng(3).poisson(5, 40)
    for after, belief in zip([6, 17, 40], paces(weeks, [6, 17, 40]), strict=True):
        alone = pace(weeks[:after])
        assert belief.probability == pytest.approx(alone.probability)
        assert belief.weight == pytest.approx(alone.weight)
        assert belief.concentration == pytest.approx(alone.concentration)
