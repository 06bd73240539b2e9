"""The forecast of a ledger: lines that add up, made of the months that are over."""

from __future__ import annotations

from datetime import date

import pytest

from clearspan.stages.inlife.models import LedgerForecast, LedgerLine
from clearspan.stages.inlife.queries.outlook import read
from clearspan.stages.inlife.studies import forecast
from tests.stages.inlife.books import book, grown, version
from tests.world import World

APR = date(2026, 4, 1)


@pytest.fixture(autouse=True)
def in_april(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("queries.amounts", "studies.forecast"):
        monkeypatch.setattr(f"clearspan.stages.inlife.{module}.this_month", lambda: APR)


def keep(world: World, months: int = 9) -> None:
    """Nine months in two regions, and a cost; April, which is not over, is booked in part."""
    first = date(2025, 13 - 9 + 3, 1) if months == 9 else date(2026, 4 - months, 1)
    actual = version(world.tideline)
    book(actual, grown("Subscriptions", first, months, 100, 5), region="North")
    book(actual, grown("Subscriptions", first, months, 50, 1), region="South")
    book(actual, grown("Hosting", first, months, -20, -1))
    book(actual, [("Subscriptions", APR, 1)], region="North")


def test_what_the_lines_come_to_is_what_the_sums_come_to(world: World) -> None:
    keep(world)
    study = forecast.run_now(world.tideline)
    result = study.result
    assert (study.status, result["booked"], result["months"][0], result["months"][-1]) == (
        "done", "2026-03-01", "2026-04-01", "2027-12-01",
    )  # fmt: skip
    lines = [one["mean"][0] for one in result["lines"].values()]
    assert result["wholes"]["contribution"]["mean"][0] == pytest.approx(sum(lines))
    subscriptions = str(LedgerLine.objects.get(name="Subscriptions").pk)
    parts = [of_lines[subscriptions][0] for of_lines in result["regions"].values()]
    assert len(parts) == 2
    assert result["lines"][subscriptions]["mean"][0] == pytest.approx(sum(parts))
    assert "adds up" in result["wholes"]["revenue"]["method"]


def test_what_is_left_of_the_year_is_less_sure_the_more_is_left(world: World) -> None:
    keep(world)
    left = read(forecast.run_now(world.tideline)).left["contribution"]
    assert left["2026-04-01"][1] > left["2026-10-01"][1] > left["2026-10-01"][0] > 0


def test_three_months_are_answered_with_what_can_be_said(world: World) -> None:
    keep(world, months=3)
    study = forecast.run_now(world.tideline)
    assert study.status == "done"
    assert study.result["lines"][str(LedgerLine.objects.get(name="Hosting").pk)]["method"].startswith("last value")


def test_a_line_of_which_nothing_came_for_half_a_year_has_ended(world: World) -> None:
    keep(world)
    book(version(world.tideline), [("Services", date(2025, 8, 1), 70)])
    result = forecast.run_now(world.tideline).result
    assert str(LedgerLine.objects.get(name="Services").pk) not in result["lines"]


def test_a_ledger_without_a_month_that_is_over_says_what_to_do(world: World) -> None:
    study = forecast.run_now(world.tideline)
    assert (study.status, study.words[:17]) == ("failed", "Nothing is booked")


def test_it_is_made_again_when_other_entries_are_there(world: World) -> None:
    assert not forecast.is_due(world.tideline)
    keep(world, months=3)
    assert forecast.is_due(world.tideline)
    forecast.run_now(world.tideline)
    assert not forecast.is_due(world.tideline)
    book(version(world.tideline), [("Hosting", date(2026, 3, 1), -1)])
    assert forecast.is_due(world.tideline)
    forecast.nightly()
    assert LedgerForecast.objects.count() == 2
