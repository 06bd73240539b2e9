import numpy as np
import pytest

from clearspan.engines.forecasting.history import History, Kind
from clearspan.engines.forecasting.methods import Ahead
from clearspan.engines.forecasting.origins import Look
from clearspan.engines.forecasting.spread import GROWTH, spread


def look(name: str, windows: list[list[np.ndarray]]) -> Look:
    past = History(np.ones(30), 1, Kind.USUAL, 0)
    return Look(name, "any", past, Ahead(np.zeros(8), 1.0), tuple(map(tuple, windows)))


def looks(count: int, growth: float, ratio: float = 1.0, difficulty: float = 0.0) -> list[Look]:
    """Errors that grow as a power of the step; `difficulty` is the spread of the series' own, on a log scale."""
    rng, steps = np.random.default_rng(5), np.arange(1, 9.0)
    own = np.exp(difficulty * rng.normal(size=count))
    return [
        look(
            f"{n}",
            [[ratio * own[n] * steps**growth * np.abs(rng.normal(size=8)) * 1.2533] for _ in range(2)],
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("growth", [0.3, 0.9])
def test_how_errors_grow_is_learnt(growth: float) -> None:
    assert spread(looks(300, growth)).growth == pytest.approx(growth, abs=0.06)


def test_quantiles_are_those_of_the_errors() -> None:
    """Of |normal| with mean 1: 1.645 and 1.96 standard deviations of 1.2533."""
    found = spread(looks(600, 0.5))
    assert found.quantile(0.90) == pytest.approx(1.645 * 1.2533, rel=0.06)
    assert found.quantile(0.95) == pytest.approx(1.960 * 1.2533, rel=0.06)


def test_series_that_are_unlike_are_told_apart_and_alike_ones_are_not() -> None:
    unlike, alike = (list(spread(looks(200, 0.5, difficulty=size)).own.values()) for size in (1.0, 0.0))
    assert np.std(np.log(unlike)) > 0.7
    assert np.std(np.log(alike)) < 0.1


def test_without_past_forecasts_the_reference_answers() -> None:
    found = spread([look("new", [])])
    assert found.growth == GROWTH
    assert found.own == {"new": 1.0}
    assert found.quantile(0.95) == pytest.approx(2.571 / 0.949, rel=1e-3)  # Student's t with 5 degrees of freedom


def test_past_errors_without_size_do_not_break_it() -> None:
    found = spread([look("exact", [[np.zeros(4)], [np.zeros(4)]])])
    assert np.isfinite(found.quantile(0.95))
    assert found.first > 0
