"""The check knows each rule by itself."""

import numpy as np
import pytest

from clearspan.engines.portfolio import Bucket, Problem
from clearspan.engines.portfolio.check import violations
from tests.engines.portfolio.problems import one_function


def plan(problem: Problem, *starts: int) -> list[str]:
    return violations(problem, np.array(starts))


@pytest.mark.parametrize(
    ("rules", "starts", "words"),
    [
        ({"must": [True, False]}, (-1, 0), "is a must"),
        ({"earliest": [1, 0]}, (0, -1), "outside its window"),
        ({"latest": [0, 1]}, (1, -1), "outside its window"),
        ({"duration": [2, 1]}, (1, -1), "ends after"),
        ({}, (0, 0), "design in 1: 4 is needed, 3 is there"),
        ({"requires": [(0, 1)]}, (0, -1), "which is not chosen"),
        ({"requires": [(0, 1)]}, (1, 1), "which has not finished"),
        ({"excludes": [(0, 1)]}, (0, 1), "exclude each other"),
        ({"cost": [3, 3], "budget": 5.0}, (0, 1), "the budget is 5"),
        ({"bucket": ["new", None], "buckets": [Bucket("new", 0.6, 1)]}, (0, 1), "not 60.0% to 100.0%"),
        ({"bucket": ["new", None], "buckets": [Bucket("new", 0, 0.4)]}, (0, 1), "not 0.0% to 40.0%"),
    ],
)
def test_a_broken_rule_is_found_and_named(rules: dict[str, object], starts: tuple[int, int], words: str) -> None:
    problem = one_function([1.0, 1.0], [2.0, 2.0], [3.0, 3.0], **rules)
    assert any(words in fault for fault in plan(problem, *starts))


def test_a_plan_that_keeps_every_rule_has_no_faults() -> None:
    problem = one_function([1.0, 1.0], [2.0, 2.0], [2.0, 2.0], requires=[(1, 0)], must=[True, False])
    assert plan(problem, 0, 1) == []


def test_effort_is_spread_evenly_over_the_duration() -> None:
    problem = one_function([1.0], [3.0], [1.0, 1.0, 1.0], duration=[3])
    assert plan(problem, 0) == []
