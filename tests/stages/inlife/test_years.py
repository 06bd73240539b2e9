"""A company whose years begin in April has its P&L, its budgets and "this year" by them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from clearspan.catalogue.actions import change_company
from clearspan.stages.inlife import told, words
from clearspan.stages.inlife.actions import record_ledger_entry
from clearspan.stages.inlife.models import LedgerLine, LedgerVersion
from clearspan.stages.inlife.months import covered
from clearspan.stages.inlife.queries import amounts, bridges, pnl
from clearspan.stages.inlife.queries.outlook import outlook
from clearspan.stages.inlife.queries.portfolio import portfolio
from clearspan.stages.inlife.studies import forecast
from clearspan.stages.inlife.years import Year, year_of, years_of
from clearspan.ui.numbers import NBSP
from tests.core.imports.conftest import Begin, begin, bring
from tests.stages.inlife.books import book, grown, version
from tests.world import World

__all__ = ["begin", "bring"]

FEB = date(2026, 2, 1)
APR_25 = date(2025, 4, 1)


@pytest.fixture(autouse=True)
def from_april_and_in_february(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("queries.amounts", "studies.forecast", "years"):
        monkeypatch.setattr(f"clearspan.stages.inlife.{module}.this_month", lambda: FEB)
    change_company(world.ines, year_starts=4)


def keep(world: World) -> None:
    """Two years to January 2026: 100 a month until March 2025, then 110; 120 budgeted for 2025/26."""
    actual = version(world.tideline)
    book(actual, grown("Subscriptions", date(2024, 1, 1), 15, 100, 0))
    book(actual, grown("Subscriptions", APR_25, 10, 110, 0))
    book(version(world.tideline, "budget"), grown("Subscriptions", APR_25, 12, 120, 0))


@pytest.mark.parametrize(
    ("day", "starts", "named"),
    [
        (date(2026, 1, 1), 1, "2026"), (date(2026, 12, 31), 1, "2026"), (date(2026, 3, 31), 4, "2025/26"),
        (date(2026, 4, 1), 4, "2026/27"), (date(2099, 12, 1), 12, "2099/00"), (date(2026, 11, 30), 12, "2025/26"),
    ],
)  # fmt: skip
def test_a_day_lies_in_one_year_and_the_year_says_which(day: date, starts: int, named: str) -> None:
    year = year_of(day, starts)
    assert (str(year), day in year, day in year.before, day in year.next) == (named, True, False, False)
    assert [year.months[0], year.months[-1]] == [year.first, year.last]
    assert (len(year.months), year.next.before) == (12, year)


def test_the_years_of_a_ledger_are_the_companys(world: World) -> None:
    keep(world)
    assert [str(one) for one in amounts.years(world.tideline)] == ["2025/26", "2024/25", "2023/24"]
    change_company(world.ines, year_starts=1)
    assert [str(one) for one in amounts.years(world.tideline)] == ["2026", "2025", "2024"]
    assert years_of([]) == []


def test_a_year_begins_in_april_and_is_held_against_the_same_months_before(world: World) -> None:
    keep(world)
    found = pnl.pnl(world.ines, world.tideline, Year(2025, 4), against="last year")
    assert [(one.name, one.first, one.last) for one in found.periods][::3] == [
        ("Apr–Jun", APR_25, date(2025, 6, 1)), ("Jan–Mar", date(2026, 1, 1), date(2026, 3, 1)),
    ]  # fmt: skip
    assert found.contribution.values == (330, 330, 330, 110)
    assert (found.contribution.year, found.contribution.against, found.is_over) == (1100, 1000, False)
    assert "in 2025/26 so far" in words.of_page(found, "GBP")
    assert (
        words.under_page(found, "GBP").replace("\N{NO-BREAK SPACE}", " ").startswith("10 months of twelve are booked")
    )
    assert pnl.pnl(world.ines, world.tideline, Year(2024, 4)).is_over
    assert not pnl.pnl(world.ines, world.tideline, Year(2025, 4)).is_over


def test_a_bridge_goes_from_one_of_its_years_to_the_next(world: World) -> None:
    keep(world)
    found = pnl.pnl(world.ines, world.tideline, Year(2025, 4))
    way = bridges.way(world.ines, world.tideline, found, bridges.LAST_YEAR)
    assert way is not None
    assert (way.start, way.end, way.months[0], way.months[-1]) == ("2024/25", "2025/26", APR_25, date(2026, 1, 1))
    assert (way.bridge.start, way.bridge.end) == (1000, 1100)
    booked = bridges.way(world.ines, world.tideline, found, bridges.BOOKED)
    assert booked is not None
    assert (booked.bridge.start, booked.bridge.end) == (1200, 1100)


def test_the_forecast_goes_to_the_end_of_its_next_year_and_is_as_sure_as_its_own_is(world: World) -> None:
    keep(world)
    study = forecast.run_now(world.tideline)
    assert study.result["months"][-1] == "2027-03-01"
    found = pnl.pnl(world.ines, world.tideline, Year(2025, 4))
    assert found.whole
    assert found.five is not None
    assert 1200 < found.contribution.year < 1500, "ten months of 110, and two like them"
    change_company(world.ines, year_starts=1)
    assert forecast.is_due(world.tideline), "its widths are to the ends of other years"
    ours = outlook(world.ines, world.tideline)
    assert ours is not None
    assert ours.starts == 4
    assert pnl.pnl(world.ines, world.tideline, Year(2026)).five is None


def test_a_budget_of_other_years_that_is_for_a_part_of_this_one_is_not_held_against_all_of_it(world: World) -> None:
    keep(world)
    assert "budget" in pnl.pnl(world.ines, world.tideline, Year(2025, 4)).has
    change_company(world.ines, year_starts=1)
    found = pnl.pnl(world.ines, world.tideline, Year(2025))
    assert (found.held_against, found.only("budget")) == ("last year", tuple(found.year.months[3:])), "from April on"
    assert bridges.ways(found) == [bridges.BOOKED, bridges.LAST_YEAR]
    way = bridges.way(world.ines, world.tideline, found, bridges.BOOKED)
    assert way is not None
    assert (way.months[0], way.bridge.start, way.bridge.end) == (APR_25, 9 * 120, 9 * 110)


@pytest.mark.parametrize(
    ("planned", "all_of_it"),
    [
        ([], False),
        ([1], True),
        ([1, 4, 7, 10], True),
        ([1, 4, 7], False),
        (range(4, 13), False),
        (range(1, 12), False),
        (range(1, 13), True),
    ],
)
def test_a_plan_may_be_booked_by_month_by_quarter_or_by_year(planned: list[int], all_of_it: bool) -> None:
    year = list(Year(2026).months)
    assert (covered({date(2026, month, 1) for month in planned}, year) == year) is all_of_it


def test_budgets_are_called_by_the_year_they_are_for(world: World, bring: Begin) -> None:
    line = LedgerLine.objects.get(name="Hosting")
    record_ledger_entry(
        world.ines, product=world.tideline, line=line, month=FEB, amount=Decimal(9), kind=LedgerVersion.Kind.BUDGET
    )
    assert LedgerVersion.objects.get().name == "Budget 2025/26"
    rows = "Type,Line,Period,Value\nBudget,Hosting,2026-04,1\nBudget,Hosting,2027-03,1\n"
    bring(world.ines, rows, "ledger", options={"product": "tideline"})
    assert LedgerVersion.objects.filter(name="Budget 2026/27").exists()


def test_the_sum_of_all_products_says_how_sure_it_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(world)
    found = portfolio(world.ines, Year(2025, 4))
    assert words.under_portfolio(found, "EUR") == "What is left of the year is not forecast for all of them."
    rows = [
        replace(one, pnl=replace(one.pnl, whole=True, five=(low, 0, 0, 0, 900.0)))
        for one, low in zip(found.rows * 2, (-100.0, 200.0), strict=True)
    ]
    said = words.under_portfolio(replace(found, rows=tuple(rows)), "EUR").replace(NBSP, " ")
    assert "it is €100 to €1.80 k at the widest: as if all went badly at once, or all well." in said


def test_this_year_is_the_companys_on_every_page(world: World, client: Client) -> None:
    keep(world)
    client.force_login(world.ines.person)
    for address in ("/tideline/in-life", "/earnings"):
        shown = client.get(address).content.decode()
        assert "2025/26" in shown, address
        assert "2024/25" in client.get(f"{address}?year=2024").content.decode(), address
    assert str(portfolio(world.ines, Year(2025, 4)).rows[0].difference) == "-100.0000"
    said = told.pnl(world.ines, world.tideline)
    assert said is not None
    assert (said["year"], said["months"]) == ("2025/26", ["2025-04", "2026-03"])
