"""The P&L of a year: booked, then forecast, against budget; the newest version counts month by month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clearspan.stages.inlife import words
from clearspan.stages.inlife.models import LedgerEntry, LedgerForecast, LedgerLine, LedgerSum
from clearspan.stages.inlife.queries import bridges
from clearspan.stages.inlife.queries import pnl as reads
from clearspan.stages.inlife.queries.amounts import amounts
from clearspan.stages.inlife.years import Year
from clearspan.ui.numbers import NBSP
from tests.stages.inlife.books import book, later, version
from tests.world import World

JAN, FEB, MAR, APR = (date(2026, month, 1) for month in (1, 2, 3, 4))


@pytest.fixture(autouse=True)
def in_april(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is April 2026: the first quarter is over."""
    monkeypatch.setattr("clearspan.stages.inlife.queries.amounts.this_month", lambda: APR)


def read(world: World, **given: Any) -> reads.Pnl:
    return reads.pnl(world.ines, world.tideline, Year(2026), **given)


def booked_quarter(world: World) -> None:
    month_of = (("Subscriptions", "100.10"), ("Hosting", "-20.05"), ("Development", "-30"))
    book(version(world.tideline), [(line, month, amount) for month in (JAN, FEB, MAR) for line, amount in month_of])


def budget(world: World) -> None:
    rows = [("Subscriptions", date(2026, month, 1), 90) for month in range(1, 13)]
    book(version(world.tideline, "budget", "Budget 2026"), rows)


def study(world: World, mean: float = 110.0) -> LedgerForecast:
    line = LedgerLine.objects.get(name="Subscriptions")
    months = [date(2026, month, 1).isoformat() for month in range(4, 13)]
    shape = {"mean": [mean] * 9, "low": [], "high": [], "method": "median"}
    left = {"contribution": {months[0]: [40.0, 90.0]}}
    result = {"booked": "2026-03-01", "months": months, "lines": {str(line.pk): shape}, "regions": {}, "left": left}
    made: LedgerForecast = LedgerForecast.objects.create(product=world.tideline, status="done", result=result)
    return made


def test_lines_stand_under_the_sum_of_their_kind(world: World) -> None:
    booked_quarter(world)
    found = read(world)
    assert [row.name for row in found.rows] == [
        "Subscriptions", "Revenue", "Hosting", "Gross margin", "Development", "Contribution",
    ]  # fmt: skip
    assert [row.year for row in found.rows if row.is_sum] == [Decimal("300.30"), Decimal("240.15"), Decimal("150.15")]
    assert found.contribution.values[0] == Decimal("150.15")


def test_a_year_that_nobody_forecast_is_held_against_the_same_months_of_its_budget(world: World) -> None:
    booked_quarter(world)
    budget(world)
    found = read(world)
    assert (found.whole, found.source, found.row("revenue").against) == (False, "", 270)


def test_the_rest_of_the_year_is_as_the_study_says_with_its_interval(world: World) -> None:
    booked_quarter(world)
    budget(world)
    study(world)
    found = read(world)
    assert (found.whole, found.source, found.booked) == (True, "study", MAR)
    assert found.row("revenue").year == Decimal("300.30") + 9 * 110
    assert found.row("revenue").difference == Decimal("1290.30") - 12 * 90
    assert found.five is not None
    middle = float(found.contribution.year)
    assert found.five == (middle - 90, middle - 40, middle, middle + 40, middle + 90)
    assert [period.ahead for period in found.periods] == [False, True, True, True]


def test_a_forecast_in_the_ledger_stands_in_where_there_is_no_study_and_where_it_is_asked_for(world: World) -> None:
    booked_quarter(world)
    rows = [("Subscriptions", date(2026, month, 1), 80) for month in range(4, 13)]
    book(version(world.tideline, "forecast", "Round 1"), rows)
    assert read(world).source == "finance"
    study(world)
    assert read(world).source == "study"
    assert read(world, source="finance").row("revenue").year == Decimal("300.30") + 9 * 80


def test_the_version_that_began_to_count_last_counts_for_its_months_whole(world: World) -> None:
    budget(world)
    revised = version(world.tideline, "budget", "Revised", later(5))
    book(revised, [("Hosting", MAR, -5)])
    beside = version(world.tideline, "budget", "Dream", later(9))
    type(beside).objects.filter(pk=beside.pk).update(counts_at=None)
    book(beside, [("Subscriptions", JAN, 9_999)])
    found = amounts(world.ines, [world.tideline], JAN, MAR)
    assert {(one.month, one.amount) for one in found} == {(JAN, 90), (FEB, 90), (MAR, -5)}


def test_a_region_is_read_alone_and_a_newer_version_without_it_still_counts(world: World) -> None:
    old = version(world.tideline, "budget", "Old")
    book(old, [("Subscriptions", JAN, 10)], region="North")
    book(version(world.tideline, "budget", "New", later(5)), [("Subscriptions", JAN, 20)], region="South")
    assert amounts(world.ines, [world.tideline], JAN, JAN, region="North") == []
    assert [one.amount for one in amounts(world.ines, [world.tideline], JAN, JAN, region="South")] == [20]


def test_a_quantity_is_known_when_every_entry_has_one(world: World) -> None:
    actual = version(world.tideline)
    book(actual, [("Subscriptions", JAN, 10)], quantity=4)
    assert amounts(world.ines, [world.tideline], JAN, JAN)[0].quantity == 4
    book(actual, [("Subscriptions", JAN, 10)])
    assert amounts(world.ines, [world.tideline], JAN, JAN)[0].quantity is None


def test_who_may_not_see_the_product_sees_none_of_its_money(world: World) -> None:
    book(version(world.umbra), [("Subscriptions", JAN, 10)])
    assert amounts(world.devi, [world.umbra], JAN, JAN) == []
    assert len(amounts(world.ines, [world.umbra], JAN, JAN)) == 1


def test_last_year_can_be_what_it_is_held_against(world: World) -> None:
    booked_quarter(world)
    book(version(world.tideline), [("Subscriptions", date(2025, 2, 1), 40), ("Subscriptions", date(2025, 7, 1), 7)])
    found = read(world, against="last year")
    assert (found.held_against, found.row("revenue").against) == ("last year", 40)


def test_a_budget_that_ends_earlier_is_held_against_its_own_months_alone(world: World) -> None:
    booked_quarter(world)
    rows = [("Subscriptions", date(2026, month, 1), 120) for month in range(1, 12)]
    book(version(world.tideline, "budget", "Budget 2026"), rows)
    study(world)
    found = read(world)
    assert found.held == tuple(date(2026, month, 1) for month in range(1, 12))
    revenue = found.row("revenue")
    assert (revenue.against, revenue.like) == (11 * 120, Decimal("300.30") + 8 * 110)
    assert revenue.difference == Decimal("1180.30") - 11 * 120
    assert "; from January to November it is €290 less than its budget." in words.of_page(found, "EUR").replace(
        NBSP, " "
    )
    assert found.reference is None  # on a scale of twelve months, a mark of eleven would be wrong
    assert bridges.ways(found) == [bridges.BOOKED]


def test_a_budget_by_quarter_is_of_its_months_too(world: World) -> None:
    booked_quarter(world)
    rows = [("Subscriptions", date(2026, month, 1), 270) for month in (1, 4, 7, 10)]
    book(version(world.tideline, "budget", "Budget 2026"), rows)
    study(world)
    found = read(world)
    assert (found.held, found.row("revenue").against) == ((), 4 * 270)


def test_a_year_is_held_against_months_of_the_last_that_had_books(world: World) -> None:
    booked_quarter(world)
    book(version(world.tideline), [("Subscriptions", date(2025, 3, 1), 40)])
    found = read(world, against="last year")
    assert (found.held, found.row("revenue").difference) == ((MAR,), Decimal("60.10"))
    way = bridges.way(world.ines, world.tideline, found, bridges.LAST_YEAR)
    assert way is not None
    assert (way.months, way.bridge.start, way.bridge.end) == ((MAR,), 40, Decimal("50.05"))


def test_the_sums_follow_their_entries_whatever_way_these_are_written(world: World) -> None:
    booked_quarter(world)
    hosting = LedgerEntry.objects.filter(line__name="Hosting")
    hosting.filter(month=JAN).update(amount=-1, month=FEB)
    hosting.filter(month=MAR).delete()
    sums = dict(LedgerSum.objects.filter(line__name="Hosting").values_list("month", "amount"))
    assert sums == {FEB: Decimal("-21.05")}
