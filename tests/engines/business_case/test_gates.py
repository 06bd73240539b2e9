from __future__ import annotations

import pytest
from scipy import stats

from clearspan.engines.business_case import CaseFaults, Outcome, study
from clearspan.engines.business_case.case import Case

from .cases import case, line, normal


def gated(rule: str | None, *, mean: float = 0.0, cost: float = 0.0) -> Case:
    """A prospect x ~ N(mean, 1) paid in period 2, with a gate at the end of period 1. `noise` is known too."""
    drivers = {"x": normal(mean, 1), "noise": normal(0, 1)}
    gate = {"at": 1, "cost": cost, **({"continue_if": rule} if rule else {})}
    return case(drivers, [line("pay", "x", starts=2)], periods=2, gates=[gate], discount_rate=0.0)


def only(case: Case, draws: int = 8192) -> Outcome:
    return study([case], draws, tornado=False, finding_out=False).cases[0]


def test_stopping_what_is_known_to_lose_is_an_option_with_a_known_worth() -> None:
    """E max(0, x) - E x for a standard normal."""
    gate = only(gated("x > 0")).gates[0]
    assert gate["value_of_stated_rule"] == pytest.approx(stats.norm.pdf(0), rel=0.01)
    assert gate["value_of_best_rule"] == pytest.approx(stats.norm.pdf(0), rel=0.01)
    assert gate["probability_of_going_on"] == pytest.approx(0.5, abs=0.01)


def test_who_stops_saves_the_cost_of_going_on() -> None:
    """E max(0, x - 1) - E (x - 1)."""
    gate = only(gated("x > 1", cost=1.0)).gates[0]
    expected = stats.norm.pdf(1) - stats.norm.sf(1) + 1
    assert gate["value_of_best_rule"] == pytest.approx(expected, rel=0.01)
    assert gate["value_of_stated_rule"] == pytest.approx(expected, rel=0.01)


def test_the_npv_beside_the_gates_is_that_of_never_stopping() -> None:
    assert only(gated("x > 0", mean=0.5, cost=2.0)).npv["mean"] == pytest.approx(-1.5, abs=0.01)


def test_a_bad_rule_may_cost_money_and_the_best_one_says_so() -> None:
    gate = only(gated("x < 0", mean=0.2)).gates[0]
    assert gate["value_of_stated_rule"] < -0.2
    assert gate["value_of_best_rule"] > 0.25


def test_knowing_nothing_that_bears_on_it_is_worth_nothing() -> None:
    """On the draws it was learnt from a rule always seems to gain; on fresh ones it does not."""
    assert only(gated("noise > 5")).gates[0]["value_of_best_rule"] == pytest.approx(0, abs=0.02)


def test_a_gate_without_a_rule_is_always_passed() -> None:
    gate = only(gated(None, mean=1.0)).gates[0]
    assert (gate["probability_of_going_on"], gate["value_of_stated_rule"]) == (1.0, 0.0)


def test_two_gates_together_are_worth_what_both_tell() -> None:
    """x is known at the first and y at the second: E max(0, x + E max(0, y)) where neither costs anything."""
    drivers = {"x": normal(0, 1), "y": normal(0, 1)}
    gates = [{"at": 1, "continue_if": "x > -0.4"}, {"at": 2, "continue_if": "y > 0"}]
    lines = [line("first", "x", starts=2, ends=2), line("second", "y", starts=3, ends=3)]
    outcome = only(case(drivers, lines, periods=3, gates=gates, discount_rate=0.0), 16384)
    ahead = stats.norm.pdf(0)
    best = stats.norm.pdf(-ahead) + ahead * stats.norm.cdf(ahead)
    assert outcome.stopping is not None
    assert outcome.stopping["value_of_best_rule"] == pytest.approx(best, rel=0.02)
    assert outcome.stopping["npv"]["mean"] == pytest.approx(outcome.stopping["value_of_stated_rule"], abs=0.03)
    assert outcome.gates[1]["value_of_best_rule"] == pytest.approx(stats.norm.pdf(0), rel=0.02)


def test_a_rule_that_has_no_answer_is_a_fault() -> None:
    with pytest.raises(CaseFaults, match=r"gates\[1\]\.continue_if: found a division by zero in 1 / \(x - x\)"):
        only(gated("1 / (x - x) > 0"))


def test_a_case_without_gates_has_no_worth_of_stopping() -> None:
    outcome = only(case({"x": normal(0, 1)}, [line("a", "x")]), 64)
    assert (list(outcome.gates), outcome.stopping) == ([], None)
