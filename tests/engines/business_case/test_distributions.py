from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from clearspan.engines.business_case import distributions
from clearspan.engines.business_case.distributions import LogNormal, ScaledBeta, Tabulated, beta_from_interval, pert
from clearspan.engines.business_case.three_points import Johnson, Metalog, from_three_points

LEVELS = np.array([0.1, 0.5, 0.9])
FINE = (np.arange(20_000) + 0.5) / 20_000


@pytest.mark.parametrize("bounds", [(None, None), (0.0, None), (None, 1000.0), (0.0, 1000.0)])
@pytest.mark.parametrize("points", [(10, 20, 30), (10, 11, 30), (10, 29, 30), (10, 10.01, 900), (1, 10, 100)])
def test_three_points_are_kept_exactly_and_the_quantiles_rise(
    points: tuple[float, float, float], bounds: tuple[float | None, float | None]
) -> None:
    distribution = from_three_points(*points, *bounds)
    assert distribution.quantile(LEVELS) == pytest.approx(points, rel=1e-9)
    assert (np.diff(distribution.quantile(FINE)) > 0).all()


@given(st.floats(0.001, 1000), st.floats(0.001, 1000))
def test_any_skew_is_answered(below: float, above: float) -> None:
    distribution = from_three_points(50 - below, 50, 50 + above)
    assert distribution.quantile(LEVELS) == pytest.approx([50 - below, 50, 50 + above], rel=1e-6, abs=1e-6)
    assert (np.diff(distribution.quantile(FINE)) >= 0).all()


def test_bounds_are_never_passed() -> None:
    values = from_three_points(0.02, 0.05, 0.3, 0.0, 1.0).quantile(np.array([1e-9, 1 - 1e-9]))
    assert 0 <= values[0] < values[1] <= 1


def test_a_metalog_is_taken_where_it_is_a_distribution() -> None:
    assert isinstance(from_three_points(10, 20, 35), Metalog)


def test_a_skew_no_metalog_can_hold_is_fitted_otherwise() -> None:
    assert isinstance(from_three_points(10, 11, 60), Johnson)


def test_a_tail_without_a_mean_is_refused_though_its_quantiles_rise() -> None:
    wide = from_three_points(1, 10, 100, low=0)
    assert isinstance(wide, Johnson)
    assert wide.quantile(FINE) == pytest.approx(stats.lognorm(np.log(10) / stats.norm.ppf(0.9), scale=10).ppf(FINE))


def test_a_pert_has_the_mean_of_its_rule() -> None:
    assert pert(2, 3, 10).quantile(FINE).mean() == pytest.approx((2 + 4 * 3 + 10) / 6, rel=1e-5)


def test_the_beta_is_read_off_as_exactly_as_need_be() -> None:
    exact = 5 + 2 * stats.beta(2, 7).ppf(FINE)
    assert ScaledBeta(2, 7, 5, 7).quantile(FINE) == pytest.approx(exact, abs=1e-6)


def test_a_lognormal_is_given_by_its_own_mean_and_sd() -> None:
    values = LogNormal(100, 30).quantile((np.arange(2**18) + 0.5) / 2**18)
    assert (values.mean(), values.std()) == pytest.approx((100, 30), rel=1e-3)


def test_quantiles_of_a_study_are_kept() -> None:
    table = Tabulated((0.05, 0.25, 0.5, 0.75, 0.95), (0.1, 0.2, 0.3, 0.35, 0.6))
    assert table.quantile(np.array(table.levels)) == pytest.approx(table.values)
    ends = table.quantile(np.array([1e-6, 1 - 1e-6]))
    assert 0 < ends[0] < 0.1
    assert 0.6 < ends[1] < 1


def test_a_share_known_by_mean_and_interval_keeps_its_mean_and_width() -> None:
    fitted = beta_from_interval(0.38, 0.27, 0.5)
    low, high = stats.beta(fitted.a, fitted.b).ppf([0.05, 0.95])
    assert fitted.a / (fitted.a + fitted.b) == pytest.approx(0.38)
    assert high - low == pytest.approx(0.23, abs=1e-6)


@pytest.mark.parametrize(("mean", "p05", "p95"), [(0.5, 0.0, 1.0), (0.001, 0.0, 0.9), (0.3, 0.3, 0.300001)])
def test_intervals_no_beta_has_are_answered_by_the_nearest(mean: float, p05: float, p95: float) -> None:
    fitted = beta_from_interval(mean, p05, p95)
    assert fitted.a / (fitted.a + fitted.b) == pytest.approx(mean)


def test_a_fixed_number_is_that_number() -> None:
    assert (distributions.Fixed(3.5).quantile(FINE) == 3.5).all()
