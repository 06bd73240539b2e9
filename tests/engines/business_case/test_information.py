from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from clearspan.engines.business_case import evsi, study
from clearspan.engines.business_case.case import Case

from .cases import case, line, normal, normals


def textbook() -> Case:
    """max(0, p1 - p2) with p1 ~ N(1, 1) and p2 ~ N(0, variance 4), whose answers are known in closed form."""
    drivers = {"p1": normal(1, 1), "p2": normal(0, 2), "nothing": normal(0, 5)}
    return case(drivers, [line("gain", "p1", starts=0, ends=0), line("loss", "p2", "cost", starts=0, ends=0)])


def gain(mean: float, sd: float) -> float:
    """E max(0, X) - max(0, mean) for a normal X."""
    z = mean / sd
    return float(sd * stats.norm.pdf(z) + mean * stats.norm.cdf(z) - max(0.0, mean))


def test_perfect_information_is_worth_what_the_closed_form_says() -> None:
    outcome = study([textbook()]).cases[0]
    assert outcome.evpi == pytest.approx(0.4798107, rel=0.01)
    assert outcome.evppi["p1"] == pytest.approx(0.0833155, rel=0.01)
    assert outcome.evppi["p2"] == pytest.approx(0.3955931, rel=0.01)


@pytest.mark.parametrize(("size", "worth"), [(1, 0.0251273), (10, 0.0723251), (100, 0.0821181)])
def test_a_sample_is_worth_what_the_closed_form_says(size: int, worth: float) -> None:
    assert evsi([textbook()], "p1", size, 1.0) == pytest.approx(worth, rel=0.01)


@pytest.mark.parametrize("seed", range(5))
def test_what_has_no_bearing_is_worth_next_to_nothing(seed: int) -> None:
    outcome = study([textbook()], 4096, seed).cases[0]
    assert outcome.evppi["nothing"] < 0.002 * outcome.evpi


def test_noise_is_worth_nothing_even_where_the_choice_is_a_toss_up() -> None:
    """Mean NPV near 0 is where wiggle looks most like knowledge; here other drivers multiply, so none is additive."""
    drivers = {**{f"x{i}": normal(0, 1) for i in range(3)}, "noise": normal(0, 1)}
    outcome = study([case(drivers, [line("a", "x0 * x1 * x2", starts=0)])], 8192).cases[0]
    assert outcome.evppi["noise"] < 0.01 * outcome.evpi


def test_knowing_a_driver_tells_of_those_it_is_correlated_with() -> None:
    rho = 0.6
    drivers = {"x": normal(0, 1), "y": normal(0, 1)}
    silent = case(drivers, [line("a", "y", starts=0, ends=0)], correlations=[{"a": "x", "b": "y", "rho": rho}])
    outcome = study([silent]).cases[0]
    assert outcome.evppi["x"] == pytest.approx(gain(0, 2 * np.sin(np.pi * rho / 6)), rel=0.02)
    assert outcome.evppi["y"] == pytest.approx(gain(0, 1), rel=0.01)


def test_a_curve_that_bends_is_followed() -> None:
    """NPV = (x^2 - 1) + y: given x the choice turns twice."""
    drivers = {"x": normal(0, 1), "y": normal(0, 1)}
    outcome = study([case(drivers, [line("a", "x ** 2 - 1 + y", starts=0, ends=0)])]).cases[0]
    assert outcome.evppi["x"] == pytest.approx(2 * stats.norm.pdf(1), rel=0.02)


def test_a_threshold_is_followed() -> None:
    """NPV = y + 1 or y - 1, by whether x is above 0.3."""
    drivers = {"x": normal(0, 1), "y": normal(0, 1)}
    outcome = study([case(drivers, [line("a", "y + where(x > 0.3, 1, -1)", starts=0, ends=0)])], 8192).cases[0]
    assert outcome.evppi["x"] == pytest.approx(stats.norm.sf(0.3), rel=0.03)


def test_no_single_number_is_worth_more_than_all_of_them() -> None:
    outcome = study([normals(0.1, -0.1, 0.2)], 1024).cases[0]
    assert all(0 <= worth <= outcome.evpi for worth in outcome.evppi.values())


def test_information_that_cannot_change_the_choice_is_worth_nothing() -> None:
    outcome = study([normals(100.0, 50.0)], 1024).cases[0]
    assert outcome.evpi == 0
    assert set(outcome.evppi.values()) == {0.0}


def test_a_larger_sample_is_worth_more_and_never_more_than_knowing() -> None:
    cases = [textbook()]
    worths = [evsi(cases, "p1", size, 1.0, draws=4096) for size in (1, 8, 10**6)]
    assert worths == sorted(worths)
    assert worths[-1] == pytest.approx(study(cases, 4096).cases[0].evppi["p1"], rel=0.01)


def test_asking_for_a_share_is_weighed_by_bayes_rule() -> None:
    """Two yes-or-no answers about a uniform share, worth share - 1/2: after k yeses the mean is (k + 1) / 4."""
    even = case({"share": {"uniform": {"low": 0, "high": 1}}}, [line("a", "share - 0.5", starts=0, ends=0)])
    assert evsi([even], "share", 2) == pytest.approx(1 / 3 * 1 / 4, rel=0.01)


def test_choosing_among_cases_has_its_own_worth_of_information() -> None:
    """Two normals and nothing: knowing x settles the first only."""
    first = case({"x": normal(1, 1)}, [line("a", "x", starts=0, ends=0)], name="first")
    second = case({"y": normal(1, 1)}, [line("a", "y", starts=0, ends=0)], name="second")
    comparison = study([first, second]).comparison
    assert comparison.evppi["x"] == pytest.approx(stats.norm.pdf(0), rel=0.01)  # E max(x, 1) - 1
    z = np.random.default_rng(0).normal(1, 1, (2, 10**6))
    assert comparison.evpi == pytest.approx(np.maximum(z.max(axis=0), 0).mean() - 1, rel=0.01)


def test_a_driver_nobody_has_is_refused() -> None:
    with pytest.raises(LookupError, match="p1, p2, nothing"):
        evsi([textbook()], "p3", 10, 1.0, draws=64)


@pytest.mark.parametrize(("size", "sd"), [(0, 1.0), (5, 0.0), (5, -1.0)])
def test_a_sample_that_cannot_be_is_refused(size: int, sd: float) -> None:
    with pytest.raises(ValueError, match="sample"):
        evsi([textbook()], "p1", size, sd, draws=64)
