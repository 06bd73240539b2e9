import numpy as np
import pytest

from clearspan.engines.demand import Settings
from clearspan.engines.demand.ask_next import value_of_interviews
from clearspan.engines.demand.grid import grid

GRID = grid(0.05)


def worth(drawn: list[list[float]], **changes: float) -> list[float]:
    return value_of_interviews(np.array([drawn]), GRID, Settings(**changes))[0].tolist()  # type: ignore[arg-type]


def test_interviews_are_worth_nothing_where_the_verdict_is_certain() -> None:
    assert worth([[0.4], [0.5], [0.3]]) == [0.0]


def test_interviews_are_worth_nothing_in_a_segment_that_is_known() -> None:
    values = worth([[0.5, 0.001], [0.5, 0.5]])
    assert values[0] == 0.0
    assert values[1] > 0.2


def test_a_perfect_answer_settles_what_was_a_toss_up() -> None:
    value = worth([[0.0001], [0.98]], prompted_yes=0.999, prompted_false_yes=0.001)
    assert value == [pytest.approx(0.5, abs=0.02)]


def test_more_interviews_are_never_worth_less() -> None:
    drawn = [[psi, 0.02] for psi in np.linspace(0.01, 0.3, 40)]
    assert worth(drawn, interviews=10)[0] >= worth(drawn, interviews=2)[0] - 1e-12
