import numpy as np
import pytest

from clearspan.engines.forecasting import Series, Settings, study
from tests.engines.forecasting.build import SEASON, forecast, quarters, walk


def test_a_trend_goes_on() -> None:
    mean = forecast(100 + 5 * np.arange(30.0)).mean
    assert mean == pytest.approx([250, 255, 260, 265], rel=0.01)


def test_a_season_repeats() -> None:
    mean = forecast(quarters(32, slope=0.0, noise=0.005), season=4).mean
    assert mean == pytest.approx(100 * SEASON, rel=0.02)


def test_a_constant_stays_constant_and_says_so() -> None:
    found = forecast([7.0] * 12)
    assert found.mean.tolist() == [7.0] * 4
    assert found.low[0].tolist() == found.high[0].tolist() == [7.0, 7.0]
    assert found.method == "constant"


def test_intervals_hold_their_level_on_random_walks() -> None:
    """Of 40 walks by 4 steps; the steps of one walk are one chance, not four, hence the room."""
    walks = [walk(44, seed) for seed in range(40)]
    found = study([Series(f"walk {n}", one[:-4]) for n, one in enumerate(walks)], Settings(4))
    inside = np.mean(
        [(one.low <= came[-4:, None]) & (came[-4:, None] <= one.high) for one, came in zip(found, walks, strict=True)],
        axis=(0, 1),
    )
    assert 0.65 <= inside[0] <= 0.93
    assert 0.87 <= inside[1] <= 1.0
    widths = np.mean([one.high[:, 1] - one.low[:, 1] for one in found], axis=0)
    assert widths[3] / widths[0] == pytest.approx(2.0, rel=0.35)  # as the root of the horizon


def test_a_surer_interval_is_wider_and_so_is_one_further_ahead() -> None:
    found = forecast(walk(40, 1), levels=(50.0, 80.0, 95.0))
    width = found.high - found.low
    assert np.all(np.diff(width, axis=1) > 0)
    assert np.all(np.diff(width, axis=0) > 0)


def test_one_series_that_is_harder_than_the_others_has_wider_intervals() -> None:
    calm = [Series(f"calm {n}", 1_000 + (walk(60, n) - 1_000)) for n in range(6)]
    wild = Series("wild", 1_000 + 20 * (walk(60, 9) - 1_000))
    found = {one.name: float(one.high[0, 1] - one.low[0, 1]) for one in study([*calm, wild], Settings(2))}
    assert found["wild"] > 5 * max(width for name, width in found.items() if name != "wild")


def test_a_short_series_goes_on_at_half_its_pace() -> None:
    found = forecast([10.0, 12.0, 14.0, 16.0])
    assert found.mean == pytest.approx([17, 18, 19, 20])
    assert found.method == "half drift"


def test_one_value_stays_and_borrows_its_interval_from_the_others() -> None:
    alone = forecast([100.0])
    assert alone.mean.tolist() == [100.0] * 4
    assert np.isnan(alone.low).all()
    assert alone.notes == ["one value and nothing to compare it with: no interval"]
    beside = study([Series("new", np.array([100.0])), Series("old", walk(30, 2))], Settings(4))[0]
    assert 0 < beside.low[0, 1] < 100 < beside.high[0, 1]


def test_demand_that_comes_now_and_then_has_a_mean_and_never_falls_below_nothing() -> None:
    rng = np.random.default_rng(3)
    values = np.where(rng.random(60) < 0.3, rng.poisson(10, 60), 0).astype(float)
    values[[0, -1]] = 8.0, 0.0
    found = forecast(values)
    assert found.method == "Croston (SBA)"
    assert found.mean == pytest.approx([3] * 4, rel=0.5)
    assert found.low.min() == 0


def test_zeros_that_return_every_season_are_a_season() -> None:
    values = np.tile([0.0, 0.0, 40.0, 90.0], 9) * np.linspace(1, 1.2, 36)
    found = forecast(values, season=4)
    assert found.method.startswith("median of")
    assert found.mean[3] > 80
    assert found.mean[:2] == pytest.approx([0, 0], abs=8)


def test_nothing_but_zeros_stays_zero() -> None:
    assert forecast([0.0] * 20).mean.tolist() == [0.0] * 4


@pytest.mark.parametrize("values", [-quarters(32, noise=0.01), quarters(32, noise=0.01) - 130], ids=["below", "across"])
def test_negative_values_are_values(values) -> None:
    found = forecast(values, season=4)
    assert found.mean == pytest.approx(np.mean(values[-4:]), abs=80)
    assert np.isfinite(found.low).all()
    if values.max() < 0:
        assert found.high.max() <= 0


def test_gaps_are_filled_and_said() -> None:
    values = quarters(40, noise=0.002)
    holed = values.copy()
    holed[[7, 18, 19]] = np.nan
    found = forecast(holed, season=4)
    assert found.mean == pytest.approx(forecast(values, season=4).mean, rel=0.03)
    assert found.notes == ["3 periods without a value, filled by interpolation; write 0 where nothing was"]


def test_mostly_gaps_is_answered_as_short() -> None:
    values = np.full(60, np.nan)
    values[::6] = np.arange(10.0)
    values[59] = 10.0
    assert forecast(values).method == "half drift"


def test_units_do_not_matter() -> None:
    values = quarters(24, noise=0.02)
    small, large = forecast(values * 1e-6, season=4), forecast(values * 1e9, season=4)
    assert small.mean * 1e15 == pytest.approx(large.mean, rel=1e-6)
    assert small.low * 1e15 == pytest.approx(large.low, rel=1e-6)


def test_arima_is_in_the_median_on_request() -> None:
    assert "ARIMA(" in forecast(walk(24, 4), horizon=2, arima=True).method


def test_the_same_series_give_the_same_digits_and_leave_the_global_random_state_alone() -> None:
    np.random.seed(1)
    before = np.random.get_state()[1].tolist()
    first, again = (forecast(quarters(24, noise=0.05), season=4) for _ in range(2))
    assert np.array_equal(first.mean, again.mean)
    assert np.array_equal(first.low, again.low)
    assert np.random.get_state()[1].tolist() == before


@pytest.mark.parametrize("values", [[], [np.nan, 1.0], [1.0, np.nan], [1.0, np.inf, 1.0]])
def test_a_series_without_ends_is_refused(values) -> None:
    with pytest.raises(ValueError, match="begins and ends"):
        Series("one", np.array(values))


@pytest.mark.parametrize(
    "given", [{"horizon": 0}, {"horizon": 1, "levels": (95.0, 80.0)}, {"horizon": 1, "levels": (100.0,)}]
)
def test_settings_out_of_range_are_refused(given) -> None:
    with pytest.raises(ValueError, match=r"horizon|levels"):
        Settings(**given)
