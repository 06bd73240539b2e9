"""A problem that cannot be meant is refused, with all that is wrong."""

import numpy as np
import pytest

from clearspan.engines.portfolio import Bucket, Problem
from tests.engines.portfolio.problems import one_function


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({"duration": [0, 1]}, "duration: found less than 1"),
        ({"cost": [-1, 0]}, "cost: found a number below 0"),
        ({"delay_cost": [np.nan, 0]}, "delay_cost: found a number that is not finite"),
        ({"risk": 1.5}, "risk: found 1.5"),
        ({"budget": -1.0}, "budget: found -1.0"),
        ({"requires": [(0, 1), (1, 0)]}, "found a circle"),
        ({"requires": [(0, 0)]}, "expected two different options"),
        ({"excludes": [(0, 5)]}, "expected two different options"),
        ({"buckets": [Bucket("new", 0.5, 0.4)]}, "bucket new: found shares"),
        ({"buckets": [Bucket("new", 0.6), Bucket("old", 0.6)]}, "add up to more than 1"),
        ({"draws": [[1.0], [2.0]]}, "found shape"),
    ],
)
def test_what_cannot_be_meant_is_refused(rules: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        one_function([1.0, 1.0], [1.0, 1.0], [1.0, 1.0], **rules)


def test_names_stand_once() -> None:
    with pytest.raises(ValueError, match="option a: found twice"):
        Problem.of(["a", "a"], [[1], [1]], [[1]], [1, 1])


def test_draws_give_the_value() -> None:
    assert Problem.of(["a"], [[1]], [[1]], draws=[[1.0], [3.0]]).value.tolist() == [2.0]
