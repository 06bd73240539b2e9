"""The pages of the books answer in their first line, and every figure leads to its entries."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from clearspan.core.actor import Actor
from clearspan.core.undo import undo
from clearspan.stages.inlife.actions import put_ledger_version_aside, record_ledger_entry
from clearspan.stages.inlife.models import LedgerEntry, LedgerLine, LedgerVersion
from clearspan.stages.inlife.queries import bridges, pnl
from clearspan.stages.inlife.studies import forecast
from clearspan.stages.inlife.years import Year
from tests.stages.inlife.books import book, grown, later, version
from tests.world import World

APR = date(2026, 4, 1)
YEAR = [date(2026, month, 1) for month in range(1, 13)]


@pytest.fixture(autouse=True)
def in_april(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("queries.amounts", "studies.forecast", "actions.ledger"):
        monkeypatch.setattr(f"clearspan.stages.inlife.{module}.this_month", lambda: APR)


def keep_books(world: World) -> None:
    """Fifteen months, with quantities, in two regions, and this year's budget."""
    actual = version(world.tideline)
    for region, start in (("North", 1000.0), ("South", 500.0)):
        book(actual, grown("Subscriptions", date(2025, 1, 1), 15, start, 10), region=region, quantity=start / 10)
    book(actual, grown("Support", date(2025, 1, 1), 15, -300, -4))
    budget = version(world.tideline, "budget", "Budget 2026")
    book(budget, [("Subscriptions", month, 1600) for month in YEAR], quantity=140)
    book(budget, [("Support", month, -350) for month in YEAR])


def see(client: Client, who: Actor, path: str, status: int = 200) -> str:
    client.force_login(who.person)  # type: ignore[arg-type]
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode().replace("\u00a0", " ")


def test_before_the_first_entry_the_page_says_what_belongs_there(world: World, client: Client) -> None:
    assert "Nothing of Tideline is booked yet." in see(client, world.ines, "/tideline/in-life")


def test_the_year_stands_against_its_budget_and_each_figure_leads_to_its_entries(world: World, client: Client) -> None:
    keep_books(world)
    page = see(client, world.ines, "/tideline/in-life?year=2026")
    assert "Tideline has contributed" in page
    assert "more than its budget for these months" in page
    assert "entries?kind=actual&amp;part=revenue&amp;from=2026-01&amp;to=2026-03" in page
    listed = see(client, world.ines, "/tideline/in-life/entries?kind=actual&part=revenue&from=2026-01&to=2026-03")
    assert "Revenue, booked, from Jan to Mar 2026 comes to £5,280.00 in 6 entries." in listed


def test_where_the_ledger_has_nothing_of_a_year_the_page_says_that_it_shows_another(
    world: World, client: Client
) -> None:
    keep_books(world)
    for asked, said in (("2013", "2013"), ("soon", "“soon”")):
        page = see(client, world.ines, f"/tideline/in-life?year={asked}")
        assert f"The ledger has no year {said}; this is 2026." in page
    assert "The ledger has no year" not in see(client, world.ines, "/tideline/in-life")
    assert "The ledger has no year" not in see(client, world.ines, "/tideline/in-life?year=2026")


def test_with_a_forecast_the_year_is_likely_and_says_how_sure(world: World, client: Client) -> None:
    keep_books(world)
    forecast.run_now(world.tideline)
    page = see(client, world.ines, "/tideline/in-life?year=2026")
    assert "Tideline will likely contribute" in page
    assert "nine times in ten" in page
    assert "Q4 forecast" in page
    assert "Revenue was" in page
    fan = see(client, world.ines, "/tideline/in-life/forecast?of=revenue")
    assert "adds up" in fan or "median" in fan


def test_the_bridge_goes_from_budget_to_actual_to_the_cent(world: World, client: Client) -> None:
    keep_books(world)
    text = see(client, world.ines, "/tideline/in-life?year=2026&bridge=booked&take=bridge.csv")
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))[1:]
    amounts = [Decimal(row[2]) for row in rows]
    assert amounts[0] + sum(amounts[1:-1]) == amounts[-1]
    assert {row[0] for row in rows} >= {"Budget", "Volume", "Price", "Support", "Actual"}


@pytest.mark.parametrize("name", ["booked", "year", "last-year"])
def test_a_bridge_goes_between_what_the_table_says(world: World, name: str) -> None:
    keep_books(world)
    book(version(world.tideline, "budget", "Budget 2025"), [("Subscriptions", date(2025, 5, 1), 77_777)])
    forecast.run_now(world.tideline)
    found = pnl.pnl(world.ines, world.tideline, Year(2026), against="last year" if name == "last-year" else "budget")
    way = bridges.way(world.ines, world.tideline, found, name)
    assert name in bridges.ways(found)
    assert way is not None
    assert way.bridge.start + sum(step.amount for step in way.bridge.steps) == way.bridge.end
    if name == "year":
        assert (way.bridge.start, way.bridge.end) == (found.contribution.against, found.contribution.year)
    else:
        assert way.bridge.end == sum(found.contribution.values[:1])


def test_a_region_is_looked_at_alone(world: World, client: Client) -> None:
    keep_books(world)
    assert "in North" in see(client, world.ines, "/tideline/in-life?year=2026&region=North")


def test_all_products_stand_side_by_side_for_who_may_see_them(world: World, client: Client) -> None:
    keep_books(world)
    book(version(world.umbra), grown("Subscriptions", date(2026, 1, 1), 3, 77, 0))
    assert "Umbra" in see(client, world.leda, "/earnings?year=2026")
    assert "Umbra" not in see(client, world.sol, "/earnings?year=2026")


def test_entries_are_those_booked_and_of_all_kinds_together_no_sum_is_told(world: World, client: Client) -> None:
    keep_books(world)
    assert "What is booked comes to" in see(client, world.ines, "/tideline/in-life/entries")
    together = see(client, world.ines, "/tideline/in-life/entries?kind=")
    assert "actual, budget and forecast: choose one" in together
    assert "comes to £" not in together


@pytest.mark.parametrize("path", ["/tideline/in-life", "/tideline/in-life/entries", "/earnings"])
def test_guests_see_no_money(world: World, client: Client, path: str) -> None:
    keep_books(world)
    for guest in (world.cora, world.kit, world.xan):
        see(client, guest, path, 404)


def test_an_amount_is_booked_by_hand_with_a_cost_above_nought(world: World, client: Client) -> None:
    client.force_login(world.ines.person)  # type: ignore[arg-type]
    line = LedgerLine.objects.get(name="Support")
    sent: dict[str, Any] = {
        "line": line.pk,
        "month": "2026-03",
        "amount": "120.50",
        "kind": "actual",
        "note": "accrual",
    }
    response = client.post("/tideline/in-life/entries/new", sent)
    entry = LedgerEntry.objects.get()
    assert response["Location"] == f"/tideline/in-life/entries/{entry.pk}"
    assert (entry.amount, entry.version.name) == (Decimal("-120.50"), "Actual")
    page = see(client, world.ines, response["Location"])
    assert "Support, March 2026: −£120.50, actual." in page
    assert "it was booked by hand" in page


def test_what_is_actual_has_come(world: World, client: Client) -> None:
    client.force_login(world.ines.person)  # type: ignore[arg-type]
    line = LedgerLine.objects.get(name="Support")
    response = client.post(
        "/tideline/in-life/entries/new", {"line": line.pk, "month": "2026-05", "amount": "1", "kind": "actual"}
    )
    assert response.status_code == 422
    assert "a month that has come" in response.content.decode()


def test_a_budget_is_put_aside_and_back_in_one_step_each(world: World, client: Client) -> None:
    keep_books(world)
    revised = version(world.tideline, "budget", "Revised", later(5))
    book(revised, [("Subscriptions", month, 9_000) for month in YEAR])
    page = see(client, world.ines, "/tideline/in-life/versions")
    assert "1 is kept beside." in page
    done = put_ledger_version_aside.perform(world.ines, version=revised)
    assert LedgerVersion.objects.get(pk=revised.pk).counts_at is None
    undo(world.ines, event=done.event)
    assert LedgerVersion.objects.get(pk=revised.pk).counts_at is not None


def test_who_does_not_work_on_the_product_books_nothing(world: World, client: Client) -> None:
    see(client, world.sol, "/tideline/in-life/entries/new", 403)


def test_the_strip_says_what_the_product_earned_in_a_year(world: World, client: Client) -> None:
    keep_books(world)
    assert "£20 k a year" in see(client, world.ines, "/tideline/in-life")


def test_booking_is_undone_with_its_version(world: World) -> None:
    done = record_ledger_entry.perform(
        world.ines, product=world.tideline, line=LedgerLine.objects.get(name="Support"), month=APR, amount=Decimal(5)
    )
    undo(world.ines, event=done.event)
    assert not LedgerVersion.objects.exists()


def test_a_line_is_added_and_named_as_files_name_it(world: World, client: Client) -> None:
    client.force_login(world.ines.person)  # type: ignore[arg-type]
    sent = {"name": "Partners", "kind": "operating", "unit": "", "other_names": "6100 Commission"}
    assert client.post("/settings/lists/ledger-lines/new", sent).status_code == 302
    line = LedgerLine.objects.get(name="Partners")
    assert line.names == ["Partners", "6100 Commission"]
    clash = client.post("/settings/lists/ledger-lines/new", {**sent, "name": "Fees"})
    assert "is what files call “Partners” already" in clash.content.decode()


def test_today_says_the_money_against_plan(world: World, client: Client) -> None:
    keep_books(world)
    assert "so far" in see(client, world.ines, "/")
