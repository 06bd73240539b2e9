import json
from itertools import pairwise

import numpy as np
import pytest

from clearspan.engines.delivery import LEVELS, Items, NoForecast, Settings, Work, study, what_if
from tests.engines.delivery.build import FEW, START, finished_in, forecast, weeks_until

UNEVEN = [3, 5, 0, 8, 2, 4, 4, 6, 1, 3, 5, 2, 4, 0, 6, 3]


@pytest.mark.parametrize("weeks", [4, 6, 12, 40])
@pytest.mark.parametrize(("pace", "remaining"), [(5, 40), (5, 41), (3, 1), (1, 10), (7, 48), (7, 50)])
def test_a_constant_throughput_finishes_in_whole_blocks(weeks: int, pace: int, remaining: int) -> None:
    """ceil(B / c), whatever the level: there is nothing to doubt."""
    result = forecast([pace] * weeks, remaining)
    assert {weeks_until(result, level) for level in LEVELS} == {-(-remaining // pace)}


def test_a_surer_date_is_never_an_earlier_one() -> None:
    result = forecast(UNEVEN, 40)
    found = [weeks_until(result, level) for level in LEVELS]
    assert found == sorted(found)
    assert found[0] < found[-1]


def test_more_work_is_never_finished_earlier() -> None:
    uncorrected = Settings(draws=2_000, recalibrate=False)
    found = [forecast(UNEVEN, remaining, settings=uncorrected).by for remaining in (5, 20, 40, 80)]
    for less, more in pairwise(found):
        assert np.all(less >= more - 0.03)  # two runs of two thousand futures each
        assert less.sum() > more.sum()


def test_work_that_grows_is_finished_later() -> None:
    same, grown = forecast(UNEVEN, 40), forecast(UNEVEN, 40, growth=(1.4, 1.6))
    assert weeks_until(grown, 0.5) >= weeks_until(same, 0.5) + 4


def test_growth_in_a_constant_team_is_all_there_is_to_doubt() -> None:
    """40 items become 40 to 80, uniform: half are finished when 60 are."""
    result = forecast([5] * 12, 40, growth=(1.0, 2.0), settings=Settings(draws=4_000, recalibrate=False))
    assert [weeks_until(result, level) for level in (0.5, 0.95)] == [pytest.approx(12, abs=1), 16]


def test_the_same_seed_gives_the_same_digits_and_another_one_others() -> None:
    first, again, other = (json.dumps(forecast(UNEVEN, 40, seed).to_dict()) for seed in (3, 3, 4))
    assert first == again
    assert first != other


def test_fewer_weeks_of_history_make_wider_dates() -> None:
    rng = np.random.default_rng(5)
    spread = {
        weeks: np.mean(
            [
                weeks_until(found, 0.95) - weeks_until(found, 0.5)
                for found in (forecast(np.maximum(rng.poisson(5, weeks), 1), 40) for _ in range(12))
            ]
        )
        for weeks in (6, 26)
    }
    assert spread[6] > 1.3 * spread[26]


def test_weeks_without_a_finish_before_the_forecast_make_it_later() -> None:
    items, work = finished_in(UNEVEN), Work(40)
    at_once, after_a_rest = (
        study(items, work, np.random.default_rng(0), FEW, start).date_at(0.5) for start in (START, START + 42)
    )
    assert at_once is not None and after_a_rest is not None
    assert (after_a_rest - at_once).days > 42


def test_the_forecast_begins_the_day_after_the_last_finish_unless_it_is_told() -> None:
    items = finished_in(UNEVEN)
    assert study(items, Work(10), np.random.default_rng(0), FEW).start == items.finished.max() + 1


def test_dates_are_last_days_of_blocks() -> None:
    result = forecast(UNEVEN, 40).to_dict()
    assert result["dates"].keys() == {"p50", "p70", "p85", "p95"}
    assert all(
        (np.datetime64(day) - np.datetime64("2026-01-05")).astype(int) % 7 == 6 for day in result["dates"].values()
    )


def test_the_distribution_is_the_one_the_dates_are_read_from() -> None:
    result = forecast(UNEVEN, 40).to_dict()
    shares = [step["by"] for step in result["distribution"]]
    assert shares == sorted(shares)
    for level in LEVELS:
        first = next(step for step in result["distribution"] if step["by"] >= level - 1e-4)
        assert first["date"] == result["dates"][f"p{round(100 * level)}"]


def test_the_fan_meets_the_dates() -> None:
    """At the block of the 85 % date, the remaining items are finished with about that probability."""
    result = forecast(UNEVEN, 40, settings=Settings(draws=10_000))
    at = weeks_until(result, 0.85)
    assert result.fan[at - 1][3] == pytest.approx(40, abs=4)
    assert np.all(np.diff(result.fan, axis=0) >= 0)
    assert np.all(np.diff(result.fan, axis=1) <= 0)


def test_work_that_is_never_finished_has_no_date_and_says_so() -> None:
    result = forecast(UNEVEN, 1_000_000)
    assert set(result.to_dict()["dates"].values()) == {None}
    assert result.to_dict()["unfinished_after_horizon"] == 1
    assert "not finished within ten years" in result.answer


def test_the_answer_names_the_likely_date_and_the_one_to_promise() -> None:
    assert forecast([5] * 12, 40).answer == "Likely 1 March 2026; 85 in 100 by 1 March 2026."


def test_a_record_is_told_with_its_number_and_its_doubt() -> None:
    weeks = np.maximum(np.random.default_rng(1).poisson(5, 80), 1)
    held = forecast(weeks, 20).to_dict()["backtest"]
    assert held["words"].startswith(
        f"Our 85 % dates came true {round(100 * held['came_true']['p85'])} % of the time, n = "
    )
    assert "they overlap and are worth" in held["words"]


def test_too_little_history_for_a_record_is_said() -> None:
    assert "too little history" in forecast([3, 4, 5, 2, 4], 10).to_dict()["backtest"]["words"]


def test_a_long_history_whose_windows_are_longer_says_how_long_they_are() -> None:
    words = forecast([20] * 3 + [1] * 25, 2_000).to_dict()["backtest"]["words"]
    assert "each looks about 7 weeks ahead, which have to pass first" in words


def test_no_items_make_no_forecast() -> None:
    nothing = np.empty(0, dtype=np.int64)
    with pytest.raises(NoForecast, match="no finished item"):
        study(Items((), nothing, nothing, nothing), Work(5), np.random.default_rng(0))


@pytest.mark.parametrize("work", [(0, (1, 1)), (-3, (1, 1)), (5, (1.3, 1.0)), (5, (0, 1)), (5, (1, float("inf")))])
def test_work_that_cannot_be_is_refused(work: tuple[int, tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match="work"):
        Work(*work)


def test_dates_of_simulated_teams_come_true_about_as_often_as_they_say() -> None:
    """A small form of benchmarks/delivery.py: 300 teams, two standard errors and what whole weeks add."""
    rng = np.random.default_rng(11)
    true = []
    for _ in range(300):
        weeks = rng.poisson(rng.uniform(2, 10), 200)
        weeks[0] = max(weeks[0], 1)
        remaining = max(1, round(8 * float(weeks[:8].mean())))
        took = int(np.searchsorted(np.cumsum(weeks[8:]), remaining)) + 1
        result = forecast(weeks[:8], remaining, settings=Settings(draws=500, recalibrate=False))
        true.append([result.by[took] <= level or result.by[took - 1] < level for level in (0.85, 0.95)])
    share = np.mean(true, axis=0)
    assert 0.81 < share[0] < 0.96
    assert 0.92 < share[1] < 0.995


def test_what_if_asks_the_same_forecast_with_other_work_or_another_day() -> None:
    made = forecast(UNEVEN, 40, settings=Settings(draws=10_000))
    rng = np.random.default_rng(1)
    same = what_if(made.weeks, made.work, made.backtest.calibration, rng, START)
    more = what_if(made.weeks, Work(80), made.backtest.calibration, rng, START)
    later = what_if(made.weeks, made.work, made.backtest.calibration, rng, START + 28)
    for level in (0.5, 0.85):
        assert same.date_at(level) is not None and made.date_at(level) is not None
        assert abs((same.date_at(level) - made.date_at(level)).days) <= 7  # type: ignore[operator]  # asserted
        assert more.date_at(level) > same.date_at(level)  # type: ignore[operator]  # later, so not None
    assert (later.date_at(0.5) - same.date_at(0.5)).days in (21, 28, 35)  # type: ignore[operator]  # asserted
