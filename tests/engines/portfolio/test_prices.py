"""One more person is worth what the plan gains with one more: no fractions, no luck, never less than nothing."""

import pytest

from clearspan.engines.portfolio import Limits, prices, solve
from tests.engines.portfolio.problems import anything, one_function


def test_one_more_is_worth_the_option_it_lets_in() -> None:
    problem = one_function([9.0, 4.0], [2.0, 1.0], [2.0])
    (price,) = prices(problem, solve(problem)).each
    assert (price.per_unit, price.low, price.high, price.distinguishable) == (4.0, 4.0, 4.0, True)


def test_one_more_that_lets_nothing_in_is_worth_nothing_though_a_dual_would_price_it() -> None:
    problem = one_function([9.0, 9.0], [2.0, 2.0], [2.0])
    (price,) = prices(problem, solve(problem)).each
    assert (price.per_unit, price.distinguishable) == (0.0, True)


def test_the_price_is_for_one_unit_whatever_was_added() -> None:
    problem = one_function([9.0, 4.0], [2.0, 2.0], [2.0])
    (price,) = prices(problem, solve(problem), unit=2.0).each
    assert price.per_unit == 2.0


def test_capacity_with_room_to_spare_is_not_priced() -> None:
    problem = one_function([9.0], [1.0], [5.0])
    (price,) = prices(problem, solve(problem)).each
    assert (price.per_unit, price.binds) == (0.0, False)


def test_one_more_throughout_can_be_worth_more_than_all_its_periods_one_by_one() -> None:
    problem = one_function([9.0, 8.0], [4.0, 2.0], [2.0, 2.0], duration=[2, 2])
    found = prices(problem, solve(problem))
    assert [(each.period, each.per_unit) for each in found.each] == [("1", 0.0), ("2", 0.0)]
    assert [(each.period, each.per_unit) for each in found.throughout] == [(None, 8.0)]


@pytest.mark.parametrize("seed", range(3))
def test_a_price_is_never_negative_and_lies_inside_its_limits(seed: int) -> None:
    problem = anything(seed, options=15, periods=4)
    hasty = Limits(iterations=1, nodes=1)
    for price in (found := prices(problem, solve(problem, hasty), hasty)).each + found.throughout:
        assert 0 <= price.low <= price.per_unit + 1e-9
        assert price.high is None or price.per_unit <= price.high + 1e-9


def test_a_difference_within_the_plans_own_gap_is_not_distinguishable() -> None:
    problem = anything(1, options=15, periods=4)
    nothing = Limits(iterations=0, nodes=0)
    plan = solve(problem, nothing)
    found = prices(problem, plan, nothing)
    assert not plan.optimal
    assert all(not each.distinguishable for each in found.each if each.binds and each.per_unit <= found.plan.slack)


def test_a_better_plan_found_on_the_way_is_no_worth_of_a_person() -> None:
    problem = one_function([9.0, 10.0], [2.0, 2.0], [2.0])
    poor = solve(one_function([9.0, -1.0], [2.0, 2.0], [2.0]))
    found = prices(problem, poor)
    assert found.plan.objective == 10.0
    assert [each.per_unit for each in found.each] == [0.0]


def test_stopped_it_leaves_out_what_it_did_not_solve() -> None:
    problem = one_function([9.0, 4.0], [2.0, 1.0], [2.0])
    assert prices(problem, solve(problem), stop=lambda: True).each == ()
