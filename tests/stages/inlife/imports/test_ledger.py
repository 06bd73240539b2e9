"""Finance's exports, long and wide, come in as they add up, or not at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from clearspan.catalogue.models import Account
from clearspan.core.actions import Invalid
from clearspan.core.actor import Actor
from clearspan.core.imports.actions import undo_import
from clearspan.core.models import Import
from clearspan.stages.inlife.models import LedgerEntry, LedgerSum, LedgerVersion
from clearspan.stages.inlife.queries.pnl import pnl
from clearspan.stages.inlife.years import Year
from clearspan.stages.options.models import Option
from tests.core.imports.conftest import Begin, begin, bring
from tests.world import World

__all__ = ["begin", "bring"]

LONG = """Product,Type,Line,Region,Period,Value,Units
Tideline,Actual,Subscriptions,North,2026-01,1200.50,12
Tideline,Actual,Subscriptions,North,2026-01,-200.25,-2
Tideline,Actual,Hosting,North,2026-01,300,
Tideline,Budget,Subscriptions,,Jan 2026,1100,11
"""


def ledger(bring: Begin, who: Actor, content: str | Path, **options: str) -> Import:
    return bring(who, content, "ledger", options=options)


def sums() -> dict[tuple[str, str, str, date], Decimal]:
    rows = LedgerSum.objects.values_list("version__kind", "line__name", "region", "month", "amount")
    return {(kind, line, region, month): amount for kind, line, region, month, amount in rows}


JAN, FEB, MAR = (date(2026, month, 1) for month in (1, 2, 3))


def test_a_row_an_amount_comes_in_with_costs_below_nought(world: World, bring: Begin) -> None:
    file = ledger(bring, world.ines, LONG)
    assert (file.added, file.faulty, file.status) == (4, 0, "done")
    assert sums() == {
        ("actual", "Subscriptions", "North", JAN): Decimal("1000.25"),
        ("actual", "Hosting", "North", JAN): Decimal("-300"),
        ("budget", "Subscriptions", "", JAN): Decimal("1100"),
    }
    assert {one.name for one in LedgerVersion.objects.all()} == {"Actual", "Budget 2026"}
    assert LedgerSum.objects.get(line__name="Subscriptions", version__kind="actual").quantity == 10


def test_a_row_names_the_option_it_was_booked_on(world: World, bring: Begin) -> None:
    option = Option.objects.create(product=world.tideline, title="Berth map")
    rows = "Product,Type,Line,Period,Value,Project\nTideline,Actual,Support,2026-01,300,{}\n"
    ledger(bring, world.ines, rows.format("berth map"))
    ledger(bring, world.ines, rows.format(option.ref).replace("300", "20"), adds="add")
    assert sorted(option.ledger_entries.values_list("amount", flat=True)) == [Decimal(-300), Decimal(-20)]
    assert ledger(bring, world.ines, rows.format("Something else")).faulty == 1


def test_again_nothing_comes_twice_though_a_row_stands_there_twice(world: World, bring: Begin) -> None:
    twice = LONG + "Tideline,Actual,Hosting,North,2026-01,300,\n"
    assert ledger(bring, world.ines, twice).added == 5
    again = ledger(bring, world.ines, twice)
    assert (again.added, again.known) == (0, 5)


def test_what_came_is_taken_back_whole_and_the_sums_with_it(world: World, bring: Begin) -> None:
    file = ledger(bring, world.ines, LONG)
    undo_import(world.ines, file=file)
    assert not LedgerEntry.objects.exists()
    assert not LedgerSum.objects.exists()
    assert not LedgerVersion.objects.exists()


def test_a_column_a_month_is_read_with_its_year(world: World, bring: Begin) -> None:
    wide = "Line;Region;Jan 26;Feb 26;Total\nSubscriptions;North;1.000,50;900,00;1.900,50\n"
    wide += "Support;North;-100,00;;-100,00\n"
    file = ledger(bring, world.ines, wide, product="tideline", scenario="actual")
    assert file.added == 3
    assert sums()[("actual", "Subscriptions", "North", FEB)] == Decimal("900")
    assert "2 of the file's own" in " ".join(file.result["notes"])


def test_a_budget_of_nought_is_another_thing_than_none(world: World, bring: Begin) -> None:
    wide = "Line;Jan 26;Feb 26;Mar 26;Total\nSubscriptions;0;0,00;;0\nSupport;-5;;;-5\nSomething else;0;0;0;0\n"
    file = ledger(bring, world.ines, wide, product="tideline", scenario="budget")
    assert (file.added, file.status) == (3, "done")
    assert sums() == {
        ("budget", "Subscriptions", "", JAN): 0, ("budget", "Subscriptions", "", FEB): 0,
        ("budget", "Support", "", JAN): -5,
    }  # fmt: skip
    assert ledger(bring, world.ines, wide, product="tideline", scenario="budget").known == 3


def test_a_product_that_is_to_earn_nothing_is_held_against_that(world: World, bring: Begin) -> None:
    rows = "Product,Type,Line,Month,Amount\nTideline,Actual,Subscriptions,2026-01,70\n"
    rows += "".join(f"Tideline,Budget,Subscriptions,2026-{month:02},0\n" for month in range(1, 13))
    ledger(bring, world.ines, rows)
    found = pnl(world.ines, world.tideline, Year(2026))
    assert (found.held_against, found.contribution.against, found.contribution.difference) == ("budget", 0, 70)


def test_an_actual_of_nought_says_nothing(world: World, bring: Begin) -> None:
    wide = "Line,Actual 2026-01,Actual 2026-02,Budget 2026-01,Budget 2026-02\nSubscriptions,100,0,90,0\n"
    ledger(bring, world.ines, wide, product="tideline")
    assert {key[0]: key[3] for key in sums()} == {"actual": JAN, "budget": FEB} and len(sums()) == 3
    rows = "Line,Month,Customer,Amount\nSubscriptions,2026-01,Quay West,0\nSubscriptions,2026-01,,4\n"
    assert ledger(bring, world.ines, rows, product="tideline", scenario="budget", version="Other").added == 1
    assert not Account.objects.filter(name="Quay West").exists()


def test_months_without_a_year_take_the_one_that_is_said(world: World, bring: Begin) -> None:
    wide = "Line,January,February\nSubscriptions,10,20\n"
    ledger(bring, world.ines, wide, product="tideline", scenario="budget", year="2027")
    assert {key[3] for key in sums()} == {date(2027, 1, 1), date(2027, 2, 1)}


def test_a_column_a_line_is_read_by_the_lines_of_the_company(world: World, bring: Begin) -> None:
    wide = "Customer,Month,Subscriptions,Hosting,Support\nQuay West,202601,500.125,40,0.0\n,202602,100,0,30\n"
    file = ledger(bring, world.ines, wide, product="tideline", scenario="actual", rows="2", sum="670.125")
    assert file.added == 4
    assert LedgerEntry.objects.get(account=Account.objects.get(name="Quay West"), line__name="Hosting").amount == -40
    assert sums()[("actual", "Subscriptions", "", JAN)] == Decimal("500.125")


def test_a_column_each_for_actual_and_budget_is_read(world: World, bring: Begin) -> None:
    wide = "Line,Year,Month,Actual,Budget\nSubscriptions,2026,3,100,90\n"
    ledger(bring, world.ines, wide, product="tideline")
    assert sums() == {("actual", "Subscriptions", "", MAR): 100, ("budget", "Subscriptions", "", MAR): 90}


def test_a_workbook_of_months_is_read(world: World, bring: Begin, tmp_path: Path) -> None:
    path = tmp_path / "ledger.xlsx"
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "mmm yy"})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Line", "2026-01", "2026-02"])
    sheet.write_row(1, 0, ["Subscriptions", 10.1, 20.2])
    sheet.write_row(2, 0, ["Total", 10.1, 20.2])
    book.close()
    assert ledger(bring, world.ines, path, product="tideline", scenario="actual").added == 2


def test_json_is_read(world: World, bring: Begin) -> None:
    text = '[{"line": "Hosting", "month": "2026-01", "amount": "(12.50)"}]'
    ledger(bring, world.ines, text, product="tideline", scenario="actual")
    assert sums() == {("actual", "Hosting", "", JAN): Decimal("-12.5")}


def test_a_total_that_does_not_add_up_is_refused_with_the_difference_to_the_cent(world: World, bring: Begin) -> None:
    text = "Line,Month,Amount\nSubscriptions,2026-01,100.10\nHosting,2026-01,10\nTotal revenue,2026-01,100.13\n"
    with pytest.raises(
        Invalid, match=r"Jan 2026, Total revenue: row 4 says 100\.13, the rows come to 100\.10, 0\.03 missing"
    ):
        ledger(bring, world.ines, text, product="tideline", scenario="actual")
    assert not LedgerEntry.objects.exists()


def test_a_total_takes_costs_from_revenue_or_adds_them_as_the_file_does(world: World, bring: Begin) -> None:
    rows = "Line,Month,Amount\nSubscriptions,2026-01,100\nHosting,2026-01,10\n"
    for version, total in (("a", "Total,2026-01,110"), ("b", "Contribution,2026-01,90"), ("c", "Gross margin,,90")):
        file = ledger(bring, world.ines, f"{rows}{total}\n", product="tideline", scenario="actual", version=version)
        assert file.added == 2


def test_what_a_person_says_the_source_comes_to_is_held_against_it(world: World, bring: Begin) -> None:
    said = "Tideline, 2026-01 = 2,400.25; Hosting = 300.00"
    assert ledger(bring, world.ines, LONG, rows="4", sum="2400.25", totals=said).added == 4
    for wrong, words in (
        ({"rows": "5"}, "the source has 5 rows, the file 4: 1 missing"),
        (
            {"sum": "2400.26"},
            r"All of the file: what you said says 2,400\.26, the rows come to 2,400\.25, 0\.01 missing",
        ),
        ({"totals": "North = 1"}, "too much"),
        ({"totals": "Atlantis = 1"}, "“Atlantis” is no product, line, month"),
    ):
        with pytest.raises(Invalid, match=words):
            ledger(bring, world.ines, LONG, version="other", **wrong)


def test_a_region_that_is_a_total_is_not_counted_beside_its_parts(world: World, bring: Begin) -> None:
    text = "Line,Region,Month,Amount\nSubscriptions,North,2026-01,70\nSubscriptions,South,2026-01,30\n"
    text += "Subscriptions,North total,,70\nSubscriptions,Total,2026-01,100\n"
    file = ledger(bring, world.ines, text, product="tideline", scenario="actual")
    assert file.added == 2


def test_a_line_that_is_not_known_is_asked_about(world: World, bring: Begin) -> None:
    text = "Line,Month,Amount\nCloud bills,2026-01,70\n"
    file = ledger(bring, world.ines, text, product="tideline", scenario="actual")
    assert file.status == "failed"
    assert "a line of the P&L: Subscriptions" in file.faults[0]["expected"]
    options = {"product": "tideline", "scenario": "actual", "read:line:Cloud bills": "Hosting"}
    assert bring(world.ines, text, "ledger", options=options).added == 1


def test_costs_that_are_written_both_ways_are_asked_about(world: World, bring: Begin) -> None:
    text = "Line,Month,Amount\nHosting,2026-01,70\nSupport,2026-01,-60\n"
    with pytest.raises(Invalid, match="say how costs are written"):
        ledger(bring, world.ines, text, product="tideline", scenario="actual")
    ledger(bring, world.ines, text, product="tideline", scenario="actual", costs="positive")
    assert sums()[("actual", "Support", "", JAN)] == 60


def test_other_rows_of_a_month_that_is_here_add_only_when_that_is_said(world: World, bring: Begin) -> None:
    first, corrected = (f"Line,Month,Amount\nSubscriptions,2026-01,{amount}\n" for amount in (100, 101))
    ledger(bring, world.ines, first, product="tideline", scenario="actual")
    with pytest.raises(Invalid, match="Jan 2026 of Tideline has 1 entry in “Actual” not of this file"):
        ledger(bring, world.ines, corrected, product="tideline", scenario="actual")
    file = ledger(bring, world.ines, corrected, product="tideline", scenario="actual", version="January corrected")
    assert file.added == 1


def test_another_currency_and_a_month_to_come_are_refused(world: World, bring: Begin) -> None:
    text = "Line,Month,Amount,Currency\nSubscriptions,2026-01,1,EUR\nSubscriptions,2099-01,1,GBP\n"
    file = ledger(bring, world.ines, text, product="tideline", scenario="actual")
    assert [fault["column"] for fault in file.faults] == ["Currency", "Month"]


def test_nobody_brings_in_the_books_of_a_product_that_is_not_theirs(world: World, bring: Begin) -> None:
    text = "Product,Line,Month,Amount\nTideline,Subscriptions,2026-01,1\nUmbra,Subscriptions,2026-01,1\n"
    file = ledger(bring, world.devi, text, scenario="actual")
    assert [fault["found"] for fault in file.faults] == ["“Umbra”"]
    file = ledger(bring, world.sol, text, scenario="actual")
    assert file.faulty == 2


def test_what_rows_left_out_would_have_added_is_missing_from_the_totals(world: World, bring: Begin) -> None:
    text = "Line,Month,Amount\nSubscriptions,2026-01,100\nMooring,2026-01,10\nTotal,2026-01,110\n"
    assert ledger(bring, world.ines, text, product="tideline", scenario="actual").status == "failed"
    with pytest.raises(Invalid, match=r"10\.00 missing"):
        bring(world.ines, text, "ledger", options={"product": "tideline", "scenario": "actual"}, skip_faulty=True)
