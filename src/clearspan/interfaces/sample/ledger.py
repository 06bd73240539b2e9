"""Three years of books: Rimewatch grows, Bayslot has not paid for itself yet, Lotbook declines and pays for much.

They come in as finance's file would, through the import, and must add up to the control totals that go with it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from clearspan.core.actor import Actor
from clearspan.core.imports.actions import run_import, start_import
from clearspan.core.models import Import
from clearspan.interfaces.sample.content import load
from clearspan.interfaces.sample.rows import Rows
from clearspan.stages.inlife import defaults
from clearspan.stages.inlife.actions import attribute_line
from clearspan.stages.inlife.models import LedgerLine
from clearspan.stages.inlife.months import month_after, months
from clearspan.stages.inlife.years import year_of
from clearspan.stages.options.models import Option

SPAN = 36  # months
REGIONS = {"North": 0.42, "South": 0.40, "Abroad": 0.18}
CENT = Decimal("0.01")
NOISE = 0.018  # of an amount of a month


@dataclass(frozen=True)
class Book:
    """How a product earns: accounts at the start, their growth and price a month, costs as shares or amounts."""

    product: str
    accounts: float
    growth: float  # a month
    price: float  # an account, a month
    risen: float  # by how much the price rose a year ago
    months: int
    services: float  # an account won
    hosting: float  # an account
    support: float  # an account
    development: float  # a month
    selling: float  # a month
    season: tuple[float, ...]  # by month, of services and selling
    planned: tuple[float, float, float]  # the budget's revenue, support and development, beside what came


BOOKS = (
    Book("rimewatch", 268, 0.0145, 455.0, 0.04, SPAN, 610.0, 41.0, 52.0, 41_500.0, 23_500.0,
         (0.7, 0.8, 1.1, 1.4, 1.5, 1.2, 0.9, 0.8, 1.1, 1.0, 0.8, 0.7), (0.975, 0.86, 0.99)),
    Book("bayslot", 9, 0.115, 390.0, 0.0, 14, 980.0, 58.0, 83.0, 31_000.0, 12_500.0,
         (0.8, 0.9, 1.0, 1.1, 1.1, 1.0, 0.8, 0.8, 1.3, 1.2, 1.0, 1.0), (1.12, 0.95, 0.93)),
    Book("lotbook", 372, -0.0085, 208.0, 0.0, SPAN, 240.0, 9.0, 33.0, 9_800.0, 3_900.0,
         (1.9, 1.2, 0.8, 0.8, 0.8, 0.8, 0.7, 0.7, 1.0, 1.1, 1.1, 1.1), (1.055, 0.97, 1.0)),
)  # fmt: skip
Entry = tuple[str, str, str, str, str, Decimal, Decimal | None]
HEADER = ("Product", "Scenario", "Line", "Region", "Month", "Amount", "Quantity")


def books(rows: Rows, today: date, seed: int) -> Import:
    """Brings the books in, with the totals that the source has for each product."""
    defaults.ensure()
    entries = list(_entries(today, seed))
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADER)
    writer.writerows(["" if cell is None else cell for cell in entry] for entry in entries)
    totals = "; ".join(
        f"{book.product}, {kind} = {sum((one[5] for one in entries if one[:2] == (book.product, kind)), Decimal(0))}"
        for book in BOOKS
        for kind in ("actual", "budget")
    )
    keeper = Actor(rows.people["marit"])
    asked = {"rows": str(len(entries)), "totals": totals}
    file: Import = start_import(
        keeper, name="Ledger of Marrowby, from finance.csv", kind="ledger", content=out.getvalue(), options=asked
    )
    return run_import(Actor(rows.people["marit"], interface="job"), file=file)  # type: ignore[no-any-return]


def held(rows: Rows, options: Mapping[str, Option]) -> None:
    """Says what of the books is a decision's doing: what came of it is then read off them."""
    for row in load("decisions")["decision"]:
        for line, share, note in row.get("held", ()):
            decision = options[row["option"]].decisions.get(kind=row["kind"])
            attribute_line(
                Actor(rows.people["marit"]), decision=decision, line=LedgerLine.objects.get(name=line), share=share,
                note=note,
            )  # fmt: skip


def _entries(today: date, seed: int) -> Iterator[Entry]:
    for number, book in enumerate(BOOKS):
        rng = np.random.default_rng([seed, 40 + number])
        yield from _book(book, today.replace(day=1), rng)


def _book(book: Book, this_month: date, rng: np.random.Generator) -> Iterator[Entry]:
    first, last = month_after(this_month, -book.months), month_after(this_month, -1)
    end = year_of(this_month).last
    revenue, support, development = book.planned
    for at, month in enumerate(months(first, end)):
        accounts = book.accounts * (1 + book.growth) ** at
        won = max(0.0, accounts * max(book.growth, 0.002) * 1.6)
        price = book.price * (1 + book.risen * (month >= month_after(this_month, -12)))
        season = book.season[month.month - 1]
        plan = {
            "Subscriptions": accounts * book.price * revenue, "Services": won * book.services * season * revenue,
            "Hosting": accounts * book.hosting, "Support": accounts * book.support * support,
            "Payment fees": accounts * book.price * 0.012, "Development": book.development * development,
            "Marketing and sales": book.selling * season,
        }  # fmt: skip
        yield from _month(book, "budget", month, plan, accounts * revenue, None)
        if month <= last:
            drift = 1 + 0.004 * max(0, at - book.months + 10)  # support has cost more and more this year
            came = {
                "Subscriptions": accounts * price, "Services": won * book.services * season,
                "Hosting": accounts * book.hosting * 1.03, "Support": accounts * book.support * drift,
                "Payment fees": accounts * price * 0.012, "Development": book.development,
                "Marketing and sales": book.selling * season * 0.97,
            }  # fmt: skip
            yield from _month(book, "actual", month, came, accounts, rng)


def _month(
    book: Book, kind: str, month: date, lines: dict[str, float], accounts: float, rng: np.random.Generator | None
) -> Iterator[Entry]:
    """A line's amount of a month; subscriptions by region, with the accounts that paid."""
    for line, amount in lines.items():
        parts = REGIONS if line == "Subscriptions" else {"": 1.0}
        for region, share in parts.items():
            near = 1.0 if rng is None else float(1 + NOISE * rng.standard_normal())
            quantity = Decimal(str(round(accounts * share))) if region else None
            written = Decimal(str(amount * share * near)).quantize(CENT)
            yield (book.product, kind, line, region, f"{month:%Y-%m}", written, quantity)
