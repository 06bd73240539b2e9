"""Each rejection says what keeps the option out, in words that can be read out in a meeting."""

import numpy as np
import pytest

from clearspan.engines.portfolio import Bucket, Problem, rejections, solve
from tests.engines.portfolio.problems import one_function


def why(problem: Problem, option: str) -> str:
    return next(each.why for each in rejections(problem, solve(problem)) if each.option == option)


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({"duration": [1, 3]}, "no allowed start lets it finish in the calendar"),
        ({"cost": [0, 9], "budget": 8.0}, "it costs 9, more than the whole budget of 8"),
        ({"cost": [5, 4], "budget": 8.0}, "it costs 4 and 3 of the budget is left"),
        ({"excludes": [(0, 1)]}, "it excludes a, which is chosen"),
        ({"requires": [(1, 0)], "latest": [1, 0]}, "what it requires finishes too late for it"),
    ],
)
def test_the_rule_that_keeps_an_option_out_is_named(rules: dict[str, object], words: str) -> None:
    assert words in why(one_function([9.0, 1.0], [1.0, 1.0], [2.0, 2.0], **rules), "b")


def test_too_few_people_are_named_with_how_many_there_are() -> None:
    assert why(one_function([9.0, 9.0], [1.0, 5.0], [2.0, 3.0]), "b") == (
        "it needs 5 of design a period, and there are never more than 3"
    )


def test_a_full_function_is_named_with_its_periods_and_with_what_would_leave_and_be_lost() -> None:
    assert why(one_function([9.0, 4.0], [2.0, 1.0], [2.0, 0.0]), "b") == (
        "design is full in 1; it is worth up to 5 less than what it would displace (a)"
    )


def test_what_it_requires_and_is_not_chosen_is_named() -> None:
    problem = one_function([9.0, 1.0, 1.0], [2.0, 1.0, 1.0], [2.0], requires=[(2, 1)])
    assert why(problem, "c").startswith("it requires b, which is not chosen")


def test_an_option_worth_less_than_nothing_is_said_to_be() -> None:
    assert why(one_function([9.0, -2.0], [1.0, 1.0], [2.0]), "b").startswith("it is worth nothing by itself")


def test_a_bucket_that_would_lose_its_share_is_the_reason() -> None:
    problem = one_function([9.0, 5.0], [1.0, 1.0], [2.0], bucket=["new", "upkeep"], buckets=[Bucket("new", min=0.8)])
    assert why(problem, "b") == "it would break a bucket's share of the effort"


def test_chosen_options_need_no_reason() -> None:
    problem = one_function([9.0, 4.0], [2.0, 1.0], [2.0])
    assert [each.option for each in rejections(problem, solve(problem))] == ["b"]


def test_a_tie_is_said_to_be_one() -> None:
    problem = one_function([5.0, 5.0], [1.0, 1.0], [1.0])
    (rejected,) = rejections(problem, solve(problem))
    assert "nothing that can be told" in rejected.why
    assert rejected.loses == 0.0


def test_what_it_loses_is_what_the_solver_loses_when_small() -> None:
    problem = one_function([9.0, 4.0, 4.0], [2.0, 1.0, 1.0], [2.0])
    losses = {each.option: each.loses for each in rejections(problem, solve(problem))}
    assert losses == {"b": pytest.approx(1.0), "c": pytest.approx(1.0)}
    assert np.isfinite(list(losses.values())).all()
