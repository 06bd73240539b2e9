"""When no plan keeps the rules, the rules that clash are named, and no others."""

import pytest

from clearspan.engines.portfolio import Bucket, NoPlan, solve
from tests.engines.portfolio.problems import one_function


def clashes(*problem: list[float], **rules: object) -> set[str]:
    with pytest.raises(NoPlan) as none:
        solve(one_function(*problem, **rules))  # type: ignore[arg-type]
    return set(none.value.clashes)


def test_musts_and_the_capacity_they_share_are_named() -> None:
    found = clashes([1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0], must=[True, True, False], budget=99.0)
    assert found == {"a is a must", "b is a must", "design has 1"}


def test_musts_that_exclude_each_other_are_named() -> None:
    found = clashes([1.0, 1.0], [1.0, 1.0], [9.0, 9.0], must=[True, True], excludes=[(0, 1)])
    assert found == {"a is a must", "b is a must", "a excludes b"}


def test_a_chain_that_does_not_fit_the_calendar_is_named() -> None:
    found = clashes([1.0, 1.0], [1.0, 1.0], [9.0, 9.0], must=[False, True], requires=[(1, 0)], duration=[2, 1])
    assert found == {"b is a must", "b requires a"}


def test_a_budget_and_the_musts_over_it_are_named() -> None:
    found = clashes([1.0, 1.0], [1.0, 1.0], [9.0], must=[True, True], cost=[3, 3], budget=5.0)
    assert found == {"a is a must", "b is a must", "the budget is 5"}


def test_a_bucket_that_a_must_breaks_is_named() -> None:
    found = clashes([1.0], [1.0], [9.0], must=[True], bucket=["new"], buckets=[Bucket("new", 0, 0.5)])
    assert found == {"a is a must", "new has at most 50% of the effort"}


def test_a_must_that_no_plan_could_have_is_the_whole_reason() -> None:
    found = clashes([1.0], [1.0], [9.0, 9.0], must=[True], duration=[3])
    assert found == {"a is a must, but no allowed start lets it finish in the calendar"}
