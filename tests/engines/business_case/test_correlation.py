from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from clearspan.engines.business_case import study
from clearspan.engines.business_case.correlation import (
    correlate,
    nearest_correlation,
    normal_correlation,
    rank_correlation,
)
from clearspan.engines.business_case.world import build

from .cases import case, line, normal


def test_rank_correlations_come_out_as_stated() -> None:
    skewed = {"p10": 1, "p50": 2, "p90": 9, "min": 0}
    world = build(
        [case({"x": skewed, "y": normal(0, 1)}, [line("a", "x + y")], correlations=[{"a": "x", "b": "y", "rho": 0.6}])]
    )
    x, y = world.draw(2**13, np.random.default_rng(1))
    assert stats.spearmanr(x, y).statistic == pytest.approx(0.6, abs=0.01)


def test_margins_stay_uniform_when_they_are_joined() -> None:
    u = stats.qmc.Sobol(3, rng=np.random.default_rng(2)).random_base2(12).T
    joined = correlate(
        np.clip(u, 1e-9, 1 - 1e-9), normal_correlation(np.array([[1, 0.8, 0], [0.8, 1, 0.3], [0, 0.3, 1]]))
    )
    assert stats.kstest(joined[1], "uniform").statistic < 0.01


def test_the_two_scales_of_correlation_are_each_others_inverse() -> None:
    assert rank_correlation(normal_correlation(np.array([-1, -0.3, 0, 1.0]))) == pytest.approx([-1, -0.3, 0, 1])


def test_the_nearest_correlation_matrix_is_highams() -> None:
    """The example of Higham 2002, whose answer is printed there to four places."""
    found = nearest_correlation(np.array([[1.0, 1, 0], [1, 1, 1], [0, 1, 1]]))
    assert found == pytest.approx(np.array([[1, 0.7607, 0.1573], [0.7607, 1, 0.7607], [0.1573, 0.7607, 1]]), abs=1e-4)


def test_a_possible_matrix_is_left_alone() -> None:
    matrix = np.array([[1, 0.5], [0.5, 1]])
    assert nearest_correlation(matrix) is matrix


def test_a_repair_is_reported() -> None:
    drivers = {name: normal(0, 1) for name in "xyz"}
    pairs = [{"a": a, "b": b, "rho": rho} for a, b, rho in (("x", "y", 0.9), ("y", "z", 0.9), ("x", "z", -0.9))]
    result = study([case(drivers, [line("a", "x + y + z")], correlations=pairs)], draws=256).to_dict()
    assert result["correlations"]["repaired"] is True
    assert result["correlations"]["largest_change"] > 0.3
    assert "contradict" in result["notes"][0]


@pytest.mark.parametrize("rho", [1, -1])
def test_two_drivers_may_be_one_and_the_same(rho: float) -> None:
    world = build(
        [
            case(
                {"x": normal(0, 1), "y": normal(0, 1)},
                [line("a", "x")],
                correlations=[{"a": "x", "b": "y", "rho": rho}],
            )
        ]
    )
    x, y = world.draw(256, np.random.default_rng(1))
    assert (y if rho > 0 else 1 - y) == pytest.approx(x, abs=1e-6)
