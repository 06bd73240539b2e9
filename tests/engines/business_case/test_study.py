from __future__ import annotations

import json
import math

import numpy as np
import pytest
from scipy import stats

from clearspan.engines.business_case import Case, CaseFaults, evaluate, study

from .cases import case, line, normal, normals


def test_a_sum_of_normals_has_its_closed_form() -> None:
    outcome = study([normals(1, 2, -1.5, sd=2.0)]).cases[0]
    sd = 2 * math.sqrt(3)
    assert outcome.npv["mean"] == pytest.approx(1.5, abs=3 * outcome.npv["standard_error"])
    assert outcome.npv["sd"] == pytest.approx(sd, rel=3 / math.sqrt(2 * 16_384))
    for name, level in (("p05", 0.05), ("p50", 0.5), ("p95", 0.95)):
        error = math.sqrt(level * (1 - level) / 16_384) / stats.norm.pdf(stats.norm.ppf(level)) * sd
        assert outcome.npv[name] == pytest.approx(1.5 + sd * stats.norm.ppf(level), abs=3 * error)
    assert outcome.probability_of_loss == pytest.approx(stats.norm.cdf(-1.5 / sd), abs=0.01)


def test_flows_are_discounted_from_the_end_of_their_period() -> None:
    lines = [
        line("a", 100, starts=0, ends=0),
        line("b", 100, starts=2, ends=2),
        line("c", 50, "cost", starts=4, ends=4),
    ]
    outcome = study([case({}, lines, period="quarter", periods=4, discount_rate=0.1)], 64).cases[0]
    assert outcome.npv["mean"] == pytest.approx(100 + 100 / 1.1**0.5 - 50 / 1.1)


def test_nothing_falls_into_period_0_unless_it_starts_there() -> None:
    outcome = study([case({}, [line("a", 100)], periods=3)], 64).cases[0]
    assert [row["mean"] for row in outcome.cash_flow] == [0, 100, 100, 100]


def test_the_measures_of_a_sure_stream_are_exact() -> None:
    lines = [line("build", 100, "capital", starts=0, ends=0), line("earn", 40)]
    outcome = study([case({}, lines, periods=4)], 64).cases[0]
    assert outcome.peak_funding["mean"] == 100
    assert (outcome.payback_periods["p50"], outcome.payback_periods["share_never"]) == (3, 0)
    rate = outcome.irr["p50"]
    assert sum(40 / (1 + rate) ** t for t in range(1, 5)) == pytest.approx(100)
    assert [row["p50"] for row in outcome.cumulated_cash] == [-100, -60, -20, 20, 60]


def test_what_never_pays_back_has_no_number_in_the_json() -> None:
    result = study([case({}, [line("a", 1, "cost")])], 64).to_dict()
    found = result["cases"][0]
    assert (found["payback_periods"]["p50"], found["payback_periods"]["share_never"]) == (None, 1.0)
    assert (found["irr"]["p50"], found["irr"]["share_none"]) == (None, 1.0)
    assert json.loads(json.dumps(result, allow_nan=False)) == result


def test_fifty_futures_lose_as_often_as_the_case_does() -> None:
    outcome = study([normals(1.0)]).cases[0]
    assert len(outcome.futures) == 50
    assert sum(worth < 0 for worth in outcome.futures) / 50 == pytest.approx(outcome.probability_of_loss, abs=0.02)


def test_the_same_seed_gives_the_same_digits_and_another_seed_others() -> None:
    drivers = {"x": normal(0, 1), "y": {"low": 1, "mode": 2, "high": 5}}
    one = case(drivers, [line("a", "x * y")], gates=[{"at": 0, "continue_if": "x > 0"}])
    first, again, other = (study([one], 2048, seed).to_dict() for seed in (3, 3, 4))
    assert first == again
    assert first["cases"] != other["cases"]


def test_draws_are_rounded_up_to_a_power_of_two() -> None:
    assert study([normals(1.0)], 1000).draws == 1024


@pytest.mark.parametrize(("draws", "seed"), [(10, 0), (2**21, 0), (64, -1)])
def test_draws_and_seeds_have_limits(draws: int, seed: int) -> None:
    with pytest.raises(ValueError, match=r"draws|seed"):
        study([normals(1.0)], draws, seed)


def test_the_tornado_swings_a_linear_driver_by_its_own_width() -> None:
    lines = [line("a", "3 * x - y", starts=0, ends=0)]
    outcome = study([case({"x": normal(0, 1), "y": normal(0, 2), "z": 5}, lines)], 1024).cases[0]
    width = 2 * stats.norm.ppf(0.9)
    assert [(row["driver"], row["swing"]) for row in outcome.tornado] == [
        ("x", pytest.approx(3 * width)),
        ("y", pytest.approx(-2 * width)),
    ]


def test_the_tornado_reaches_through_adoption_and_earlier_lines() -> None:
    drivers = {"size": {"p10": 80, "p50": 100, "p90": 130}, "q": {"uniform": {"low": 0.2, "high": 0.6}}}
    lines = [line("users", "adopters", "quantity"), line("fees", "users * 2"), line("help", "fees / 4", "cost")]
    adoption = {"p": 0.05, "q": "q", "market": "size"}
    outcome = study([case(drivers, lines, periods=5, adoption=adoption)], 1024).cases[0]
    by_driver = {row["driver"]: row for row in outcome.tornado}
    held = [study([case({**drivers, "size": at}, lines, periods=5, adoption=adoption)], 1024) for at in (80, 130)]
    ends = [result.cases[0].npv["mean"] for result in held]
    assert (by_driver["size"]["npv_at_p10"], by_driver["size"]["npv_at_p90"]) == pytest.approx(ends, rel=1e-3)
    assert by_driver["q"]["swing"] > 0


def test_effort_costs_money_only_at_a_rate() -> None:
    effort = {"design": {"fixed": 4, "starts": 1, "ends": 2}, "legal": {"fixed": 9}}
    base = {"period": "quarter", "periods": 4, "discount_rate": 0.0, "effort": effort}
    assert study([case({}, [line("a", 0)], **base)], 64).cases[0].npv["mean"] == 0
    priced = study([case({}, [line("a", 0)], **base, rates={"design": 1000})], 64).cases[0]
    assert [row["mean"] for row in priced.cash_flow] == [0, -2000, -2000, 0, 0]


def test_an_uncertain_effort_is_a_driver_like_any_other() -> None:
    effort = {"design": {"p10": 2, "p50": 3, "p90": 6}}
    outcome = study([case({}, [line("a", 40)], effort=effort, rates={"design": 10})], 1024).cases[0]
    assert outcome.tornado[0]["driver"] == "effort.design"
    assert outcome.drivers[0]["p05"] > 0


def test_what_another_case_loses_is_taken_off_here() -> None:
    old = case({}, [line("sales", 100), line("upkeep", 30, "cost")], name="old", periods=2, discount_rate=0.0)
    new = case(
        {}, [line("sales", 80)], name="new", periods=2, discount_rate=0.0, cannibalises={"case": "old", "share": 0.25}
    )
    first, second = study([new, old], 64).cases
    assert (first.npv["mean"], second.npv["mean"]) == (2 * (80 - 25), 2 * (100 - 30))


def test_drivers_of_the_case_that_is_eaten_into_count_here_too() -> None:
    old = case({"price": normal(10, 1)}, [line("sales", "price")], name="old")
    new = case({}, [line("sales", 8)], name="new", cannibalises={"case": "old", "share": 0.5})
    assert [row["driver"] for row in study([new, old], 256).cases[0].tornado] == ["price"]


def test_the_case_that_is_eaten_into_must_be_there() -> None:
    with pytest.raises(CaseFaults, match="no case old"):
        study([case({}, [line("a", 1)], cannibalises={"case": "old", "share": 0.5})], 64)


def twins(**second: object) -> tuple[Case, Case]:
    """Two cases that earn `price`, each in its own way."""
    first = case({"price": normal(10, 1)}, [line("a", "price")], name="first")
    return first, case({"price": second.get("price", normal(10, 1))}, [line("a", "price * 2")], name="second")


def test_the_same_driver_in_two_cases_has_the_same_draws() -> None:
    draws = study(twins(), 256).npv_draws
    assert draws["second"] == pytest.approx(2 * draws["first"])


def test_the_same_name_for_another_quantity_is_drawn_apart_and_said() -> None:
    result = study(twins(price=normal(10, 2)), 4096)
    assert abs(np.corrcoef(result.npv_draws["first"], result.npv_draws["second"])[0, 1]) < 0.05
    assert result.notes == ("price is defined differently in first and second: drawn apart",)
    assert set(result.comparison.evppi) == {"price (first)", "price (second)"}
    assert result.cases[1].tornado[0]["driver"] == "price"


def test_efforts_are_each_cases_own() -> None:
    effort = {"effort": {"design": {"p10": 1, "p50": 2, "p90": 3}}, "rates": {"design": 1}}
    pair = [case({}, [line("a", 0)], name=name, **effort) for name in ("first", "second")]
    draws = study(pair, 4096).npv_draws
    assert abs(np.corrcoef(draws["first"], draws["second"])[0, 1]) < 0.05


def test_cases_are_compared_in_the_same_futures() -> None:
    better = case({"x": normal(2, 1)}, [line("a", "x", starts=0, ends=0)], name="better")
    worse = case({"x": normal(2, 1)}, [line("a", "x - 1", starts=0, ends=0)], name="worse")
    comparison = study([worse, better], 1024).comparison
    assert comparison.best == "better"
    assert comparison.probability_best == {"worse": 0.0, "better": 1.0}
    assert comparison.regret["worse"]["better"] == pytest.approx(1)
    assert comparison.regret["better"]["worse"] == 0
    assert comparison.probability_none == pytest.approx(stats.norm.cdf(-2), abs=0.005)


def test_where_every_case_loses_none_is_best() -> None:
    assert study([normals(-1.0)], 256).comparison.best is None


@pytest.mark.parametrize("other", [{"name": "A"}, {"name": "B", "currency": "EUR"}])
def test_cases_that_cannot_stand_beside_each_other_are_refused(other: dict[str, str]) -> None:
    with pytest.raises(CaseFaults):
        study([normals(1.0), normals(1.0, **other)], 64)


def test_one_correlation_cannot_be_two_numbers() -> None:
    drivers = {"x": normal(0, 1), "y": normal(0, 1)}
    pair = [
        case(drivers, [line("a", "x + y")], name=name, correlations=[{"a": "x", "b": "y", "rho": rho}])
        for name, rho in (("first", 0.2), ("second", 0.3))
    ]
    with pytest.raises(CaseFaults, match="the same in every case"):
        study(pair, 64)


@pytest.mark.parametrize(
    ("formula", "why"),
    [
        ("1 / (x - x)", "a division by zero in 1 / (x - x)"),
        ("exp(x * 1e6)", "a number too large"),
        ("log(x - 9)", "the logarithm"),
    ],
)
def test_a_formula_without_a_value_is_a_fault_that_says_where(formula: str, why: str) -> None:
    with pytest.raises(CaseFaults) as caught:
        study([case({"x": {"uniform": {"low": 0, "high": 5}}}, [line("a", 1), line("b", formula)], periods=3)], 256)
    fault = caught.value.faults[0]
    assert (fault.case, fault.path) == ("A", "lines[2].formula")
    assert fault.found.startswith(why)
    assert "at period 1" in fault.found


def test_adoption_at_a_rate_that_is_none_is_a_fault() -> None:
    with pytest.raises(CaseFaults, match=r"adoption\.p: found 0 or less"):
        study([case({"p": normal(0, 1)}, [line("a", "adopters")], adoption={"p": "p", "q": 0.3, "market": 10})], 64)


def test_adopters_begin_in_the_period_stated_and_new_ones_add_up() -> None:
    lines = [line("all", "adopters"), line("new", "cumsum(new_adopters)")]
    outcome = study([case({}, lines, periods=6, adoption={"p": 0.1, "q": 0.4, "market": 100, "starts": 3})], 64).cases[
        0
    ]
    everyone, new = ({row["name"]: row["mean"] for row in outcome.lines}[name] for name in ("all", "new"))
    assert everyone[:3] == [0, 0, 0]
    assert everyone[3] > 0
    assert new == pytest.approx(everyone)


def test_a_lines_value_stays_its_own_when_a_later_line_borrows_it() -> None:
    lines = [line("a", "x"), line("b", "a", starts=2, ends=2)]
    outcome = study([case({"x": normal(5, 1)}, lines, periods=3)], 256).cases[0]
    means = {row["name"]: np.round(row["mean"], 1).tolist() for row in outcome.lines}
    assert means == {"a": [0, 5, 5, 5], "b": [0, 0, 5, 0]}


def test_the_live_answer_is_the_studys_at_fewer_draws() -> None:
    one = normals(1.0, 2.0)
    live, full = evaluate(one), study([one], 2048).cases[0]
    assert live.npv == full.npv
    assert live.evppi == full.evppi
    assert [row["driver"] for row in live.tornado] == [row["driver"] for row in full.tornado]
    assert list(live.gates) == []


def test_a_brief_study_leaves_out_what_takes_time_and_changes_nothing_else() -> None:
    one = normals(1.0, 2.0)
    brief, full = study([one], 256, tornado=False, finding_out=False).cases[0], study([one], 256).cases[0]
    assert (list(brief.tornado), dict(brief.evppi)) == ([], {})
    assert brief.npv == full.npv


def test_more_draws_than_are_pictured_leave_the_picture_as_it_is() -> None:
    result = study([normals(1.0)], 2**15, tornado=False, finding_out=False)
    assert result.npv_draws["A"].size == 2**15
    assert result.cases[0].cash_flow[0]["p50"] == pytest.approx(1.0, abs=0.02)
