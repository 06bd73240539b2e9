import numpy as np
import pytest

from clearspan.engines.forecasting import Forecast, Hierarchy, Series, Settings, study
from clearspan.engines.forecasting import hierarchy as module
from tests.engines.forecasting.build import quarters

PARENTS = {"north": "all", "south": "all", "a": "north", "b": "north", "c": "south"}


def parts() -> list[Series]:
    return [
        Series(name, quarters(24 - 2 * n, level=100 * (n + 1), noise=0.04, seed=n), 4) for n, name in enumerate("abc")
    ]


def forecasts(series: list[Series], parents: dict[str, str] = PARENTS) -> dict[str, Forecast]:
    return {one.name: one for one in study(series, Settings(4), Hierarchy(parents))}


def test_forecasts_add_up_on_every_level() -> None:
    found = forecasts(parts())
    assert list(found)[:3] == ["a", "b", "c"]
    assert found["north"].mean == pytest.approx(found["a"].mean + found["b"].mean, rel=1e-12)
    assert found["all"].mean == pytest.approx(found["north"].mean + found["south"].mean, rel=1e-12)
    assert found["all"].method.endswith("adds up by weighted least squares")


def test_a_part_that_began_later_was_nothing_before() -> None:
    assert module.summed({"a": np.array([1.0, 2.0]), "b": np.array([5.0])}, ["a", "b"]).tolist() == [1.0, 7.0]


def test_too_many_parts_are_summed_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PARTS", 2)
    found, plain = forecasts(parts()), {one.name: one for one in study(parts(), Settings(4))}
    assert found["a"].mean.tolist() == plain["a"].mean.tolist()
    assert found["all"].mean == pytest.approx(sum(one.mean for one in plain.values()))
    assert found["all"].method.endswith("sums of the parts")


def test_weights_move_the_unsure_and_leave_the_sure() -> None:
    """The closed form for two parts and their sum: each moves by its share of the variances."""
    tree = Hierarchy({"a": "all", "b": "all"})
    means = {"a": np.array([10.0]), "b": np.array([20.0]), "all": np.array([36.0])}
    found, _ = module.reconciled(tree, means, {"a": 1.0, "b": 2.0, "all": 1.0}, {"a": 0, "b": 0})
    assert found["a"] == pytest.approx([10 + 6 * 1 / 6])
    assert found["b"] == pytest.approx([20 + 6 * 4 / 6])
    assert found["all"] == pytest.approx([35.0])


def test_what_cannot_be_negative_is_not_made_so() -> None:
    tree = Hierarchy({"a": "all", "b": "all"})
    means = {"a": np.array([1.0]), "b": np.array([20.0]), "all": np.array([11.0])}
    found, _ = module.reconciled(tree, means, {"a": 3.0, "b": 1.0, "all": 0.1}, {"a": 1, "b": 1})
    assert found["a"].tolist() == [0.0]
    assert found["all"] == pytest.approx(found["b"])


def test_a_circle_is_no_tree() -> None:
    with pytest.raises(ValueError, match="below itself"):
        Hierarchy({"a": "b", "b": "a"})
