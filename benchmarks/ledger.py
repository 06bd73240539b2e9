"""A real ledger of 47,646 rows, actual and budget: does the P&L add up to its source, and what does that take?"""

from __future__ import annotations

import csv
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks import house, report

FOLDER = "obvience_customer_profitability"
LINES = (
    ("Revenue", "revenue"), ("Subscription Revenue", "revenue"), ("Rev for Exp Travel", "revenue"),
    ("Material Costs", "sales"), ("Labor Costs Variable", "sales"), ("Cost Third Party", "sales"),
    ("Travel Expenses", "sales"), ("Taxes", "operating"),
)  # fmt: skip
MANY = 1_000_000  # entries beside them, for the pages
TIMES = 15
Sums = dict[tuple[str, str, str, str], Decimal]  # scenario, product, line, month


def main() -> None:
    folder = report.data_folder()
    if folder is None or not (folder / FOLDER / "Fact.csv").exists():
        body = "The ledger is not here, not measured (CLEARSPAN_BENCH_DATA names its folder)."
    else:
        house.enter("ledger", anew=True)
        body = _measure(folder / FOLDER)
    report.write("ledger", "Ledger: does it add up?", body)


def _measure(folder: Path) -> str:
    products, person = _company(folder)
    rows = list(_joined(folder))
    source = _sums(rows)
    path = Path(tempfile.mkdtemp()) / "ledger.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    said = {"rows": str(len(rows)), "sum": str(sum(source.values(), Decimal(0))), "totals": _totals(source)}
    brought, first = _bring(path, person, said)
    _, again = _bring(path, person, said)
    here = _here()
    wrong = [key for key in source.keys() | here.keys() if source.get(key, Decimal(0)) != here.get(key, Decimal(0))]
    refused = _refused(path, person, said)
    bridges = _bridges(products)
    few = _page_times(products)
    filled = _fill(products)
    many = _page_times(products)
    unkept = _unkept(products)
    back = _take_back(brought)
    cells = [["", "P&L of a product", "all products", "entries behind a figure"],
             [f"{brought.added:,} entries", *few], [f"{filled:,} entries", *many]]  # fmt: skip
    return f"""
Joined from the source's tables: {len(rows):,} rows of customer, product, business unit and month, a column a line;
{brought.added:,} amounts that are not nought, {sum(one < 0 for one in source.values()):,} of the
{len(source):,} sums by scenario, product, line and month below nought. Held against the source as it is read for the
import, with {len(said["totals"].split(";")):,} totals by product and month said beforehand:
**{len(wrong)} of {len(source):,} sums differ** (asked: 0, to the last digit). With one of these totals wrong by a cent
nothing comes in: “{refused}”. Of {len(bridges)} bridges (budget to actual and year to year, of each product), the
steps come to the difference in {sum(bridges)}.

| | wall |
| --- | --- |
| brought in, totals checked | {first:.1f} s |
| brought in again: nothing comes twice | {again:.1f} s |
| taken back whole | {back:.1f} s |

Pages, the median of {TIMES}, in ms of this process's processor, and by the wall (load {os.getloadavg()[0]:.0f} on
{os.cpu_count()} cores):

{report.table([str(cell) for cell in cells[0]], [list(row) for row in cells[1:]])}

Without the sums that the database keeps by month, the sums of one product's year would take {unkept:.0f} ms from the
entries themselves, at {filled:,}.
"""


def _company(folder: Path) -> tuple[dict[str, Any], Any]:
    """A product for each of theirs, the lines of their P&L, and who keeps the books."""
    from clearspan.catalogue.models import Line, Product
    from clearspan.core.models import Company, Function, User
    from clearspan.stages.inlife.models import LedgerLine

    Company.objects.update(currency="USD")
    function = Function.objects.get(name="Product management")
    person = User.objects.create(email="ines@example.org", name="Ines Maddox", function=function, is_admin=True)
    line = Line.objects.create(name="Obvience")
    LedgerLine.objects.all().delete()
    LedgerLine.objects.bulk_create(
        LedgerLine(name=name, kind=kind, position=at) for at, (name, kind) in enumerate(LINES)
    )
    names = _names(folder)
    return {key: Product.objects.create(name=name, key=f"p{key}", line=line) for key, name in names.items()}, person


def _joined(folder: Path) -> Iterator[dict[str, str]]:
    """The facts with the names of what their keys mean."""
    products = _names(folder)
    scenarios = {row["Scenario Key"]: row["Scenario"] for row in _read(folder, "Scenario")}
    divisions = {row["BU Key"]: row["Division"] for row in _read(folder, "BU")}
    customers = {row["Customer"].removesuffix(".0"): row["Name"] for row in _read(folder, "Customer")}
    for row in _read(folder, "Fact"):
        customer = row["Customer Key"].removesuffix(".0")
        yield {
            "Product": products[row["Product Key"].removesuffix(".0")], "Scenario": scenarios[row["Scenario Key"]],
            "Period": row["YearPeriod"], "Region": divisions.get(row["BU Key"], ""),
            "Customer": customers.get(customer) or f"Customer {customer}", **{name: row[name] for name, _ in LINES},
        }  # fmt: skip


def _names(folder: Path) -> dict[str, str]:
    """Of every product in the facts; one key is named nowhere."""
    named = {row["Product Key"]: row["Product"] for row in _read(folder, "Product")}
    keys = sorted({row["Product Key"].removesuffix(".0") for row in _read(folder, "Fact")})
    return {key: named.get(key, f"Product {key}") for key in keys}


def _read(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _sums(rows: list[dict[str, str]]) -> Sums:
    found: Sums = {}
    for row in rows:
        for name, _ in LINES:
            if row[name]:
                key = (row["Scenario"].lower(), row["Product"], name, row["Period"])
                found[key] = found.get(key, Decimal(0)) + Decimal(row[name])
    return found


def _totals(source: Sums) -> str:
    """What each product comes to in each month, as somebody would read it off the source."""
    parts: dict[tuple[str, str, str], Decimal] = {}
    for (scenario, product, _, month), amount in source.items():
        parts[scenario, product, month] = parts.get((scenario, product, month), Decimal(0)) + amount
    return "; ".join(f"{', '.join(key)} = {amount}" for key, amount in parts.items())


def _here() -> Sums:
    """What the P&L has, costs as the source writes them."""
    from django.db.models import Sum

    from clearspan.stages.inlife.models import LedgerSum

    rows = LedgerSum.objects.values_list(
        "version__kind", "product__name", "line__name", "line__kind", "month"
    ).annotate(came=Sum("amount")).order_by()  # fmt: skip
    return {(kind, product, line, f"{month:%Y%m}"): came if of == "revenue" else -came
            for kind, product, line, of, month, came in rows}  # fmt: skip


def _bring(path: Path, person: Any, said: dict[str, str]) -> tuple[Any, float]:
    from clearspan.core.actor import Actor
    from clearspan.core.imports import files
    from clearspan.core.imports.actions import run_import, start_import

    began = time.perf_counter()
    kept = files.keep_copy(path)
    file = start_import(
        Actor(person), name=path.name, kind="ledger", upload=kept.digest,
        options={**said, "costs": "positive"}, mapping={"Region": "region"},
    )  # fmt: skip
    done = run_import(Actor(person, interface="job"), file=file)
    assert done.status == "done", (done.words, done.faults)
    return done, time.perf_counter() - began


def _refused(path: Path, person: Any, said: dict[str, str]) -> str:
    """What is answered when one total is wrong by a cent."""
    from clearspan.core.actions import Invalid

    first, _, rest = said["totals"].partition(";")
    names, _, amount = first.rpartition("= ")
    wrong = {**said, "totals": f"{names}= {Decimal(amount) + Decimal('0.01')};{rest}", "version": "wrong"}
    try:
        _bring(path, person, wrong)
    except Invalid as invalid:
        return str(invalid)
    return "it came in all the same"


def _bridges(products: dict[str, Any]) -> list[bool]:
    """Whether each bridge of each product and year adds up."""
    from clearspan.core.actor import Actor
    from clearspan.stages.inlife.queries import bridges, pnl
    from clearspan.stages.inlife.years import Year

    found = []
    for product in products.values():
        for year in (2013, 2014):
            of_year = pnl.pnl(Actor.system(), product, Year(year))
            for name in bridges.ways(of_year):
                way = bridges.way(Actor.system(), product, of_year, name)
                if way is not None:
                    steps = sum((step.amount for step in way.bridge.steps), Decimal(0))
                    found.append(way.bridge.start + steps == way.bridge.end)
    return found


def _page_times(products: dict[str, Any]) -> list[str]:
    from django.test import Client

    from clearspan.core.models import User

    client = Client()
    client.force_login(User.objects.get())
    key = next(iter(products.values())).key
    paths = (f"/{key}/in-life?year=2014", "/earnings?year=2014",
             f"/{key}/in-life/entries?kind=actual&part=revenue&from=2014-01&to=2014-03")  # fmt: skip
    return [_median(client, path) for path in paths]


def _median(client: Any, path: str) -> str:
    taken, own = [], []
    for _ in range(TIMES):
        began, worked = time.perf_counter(), time.process_time()
        response = client.get(path, HTTP_HOST="localhost")
        assert response.status_code == 200, (path, response.status_code)
        taken.append(1000 * (time.perf_counter() - began))
        own.append(1000 * (time.process_time() - worked))
    return f"{statistics.median(own):.0f}, {statistics.median(taken):.0f}"


def _fill(products: dict[str, Any]) -> int:
    """A million entries more, over the products, lines, regions and months there are."""
    from django.db import connection

    from clearspan.stages.inlife.models import LedgerEntry

    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO inlife_ledgerentry
                (created_at, external_id, month, region, amount, note, line_id, version_id)
            SELECT now(), '', e.month, e.region, e.amount, '', e.line_id, e.version_id FROM inlife_ledgerentry e,
                generate_series(1, ceil(%s::float / (SELECT count(*) FROM inlife_ledgerentry))::int) LIMIT %s""",
            [MANY, MANY],
        )
        cursor.execute("ANALYZE inlife_ledgerentry; ANALYZE inlife_ledgersum")
    return LedgerEntry.objects.count()


def _unkept(products: dict[str, Any]) -> float:
    """The sums of a product's year from its entries."""
    from django.db.models import Sum

    from clearspan.stages.inlife.models import LedgerEntry

    rows = LedgerEntry.objects.filter(
        version__product=next(iter(products.values())), month__range=("2013-01-01", "2014-12-01")
    )
    began = time.perf_counter()
    list(rows.values("version", "line", "month").annotate(came=Sum("amount")).order_by())
    return 1000 * (time.perf_counter() - began)


def _take_back(file: Any) -> float:
    from clearspan.core.actor import Actor
    from clearspan.core.imports.actions import undo_import
    from clearspan.stages.inlife.models import LedgerEntry

    began = time.perf_counter()
    undo_import(Actor(file.asked_by, interface="job"), file=file)
    assert not LedgerEntry.objects.filter(brought_by=file).exists()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
