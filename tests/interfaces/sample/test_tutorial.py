"""The tutorial speaks of the sample company as it is: its names, and its numbers where they can change."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from clearspan.engines import business_case, demand
from clearspan.interfaces.sample import cases, ledger
from clearspan.interfaces.sample.content import load, needs, segments
from tests.interfaces.sample.test_agreement import Pair, found

__all__ = ["found"]  # a fixture: what the engine says of each need

TEXT = " ".join((Path(__file__).parents[3] / "docs" / "tutorial" / "ten-minutes.md").read_text("utf-8").split())
SCREENS = {
    "Today", "Inbox", "Opportunities", "Asks", "Options", "Portfolio", "Write the pitch", "Decisions", "Definition",
    "Development", "Launch", "In-life", "Proposals", "Promises", "Calibration", "Practice",
}  # fmt: skip


def said_of(found: list[Pair], title: str) -> demand.OpportunityResult:
    return next(said for true, said in found if true.title == title)


def test_every_name_in_bold_is_a_screen_or_stands_in_the_company() -> None:
    known = SCREENS | {need.title for need in needs()}
    known |= {row["title"] for row in load("options")["option"]} | set(load("deals")["wants"].values())
    known |= {row["name"] for row in load("company")["person"]} | {load("company")["customer"]["name"]}
    assert set(re.findall(r"\*\*(.+?)\*\*", TEXT)) <= known


def test_the_share_in_need_is_about_what_it_says(found: list[Pair]) -> None:
    stated = re.search(r"About (\d+) % of the market’s accounts have this need|About (\d+) % of the market's", TEXT)
    assert stated
    said = said_of(found, "Only be woken when it is worth getting up")
    assert said.prevalence.mean * 100 == pytest.approx(int(stated[1] or stated[2]), abs=4)
    assert said.asking / said.heard == pytest.approx(1 / 3, abs=0.05)


def test_one_account_alone_asks_for_its_own_format_some_twenty_times(found: list[Pair]) -> None:
    assert "some twenty times" in TEXT
    said = said_of(found, "Readings in our dispatch terminals’ own format")
    assert said.verdict == demand.SINGLE_CUSTOMER
    assert said.asking == 1


def test_too_few_spoke_of_sharing_a_lorry_to_say_whose_need_it_is(found: list[Pair]) -> None:
    said = said_of(found, "Share a half-empty lorry with a neighbour")
    assert said.asking < 10
    assert said.verdict == demand.TOO_LITTLE


def test_the_months_record_is_worth_about_what_it_says(found: list[Pair]) -> None:
    stated = re.search(r"about £([\d,]+), and loses money in about (\d+) of 50 futures", TEXT)
    assert stated
    row = next(row for row in load("options")["option"] if row["key"] == "month-sends-itself")
    share = said_of(found, "Have the month’s record ready without typing it").prevalence
    accounts = sum(segment.market["rimewatch"][0] for segment in segments())
    spec = cases.spec(row["case"], "demand#OP-8", accounts, row["duration"], load("options")["rates"]) | {
        "name": row["title"],
        "currency": load("company")["currency"],
        "discount_rate": float(load("company")["discount_rate"]),
        "effort": {
            name: dict(zip(("p10", "p50", "p90"), three, strict=True)) | {"ends": row["duration"]}
            for name, three in row["effort"].items()
        },
    }
    spec["rates"] = {name: rate for name, rate in spec["rates"].items() if name in row["effort"]}
    believed = {"mean": share.mean, "p05": share.p05, "p95": share.p95}
    case = business_case.parse(spec, studies=lambda reference: believed)
    worth = business_case.study([case], 2048, 0).cases[0]
    assert worth.npv["mean"] == pytest.approx(int(stated[1].replace(",", "")), rel=0.15)
    assert worth.probability_of_loss * 50 == pytest.approx(int(stated[2]), abs=1.5)


def test_promises_and_deals_are_those_of_the_company() -> None:
    from clearspan.interfaces.sample.deals import LOUD_AMOUNT

    screens = next(row for row in load("decisions")["decision"] if row.get("option") == "wall-screens")
    assert f"promised £{screens['expected'][0] * 1000:,}; it cost £{-screens['outcome'] * 1000:,} more" in TEXT
    assert f"a deal of £{LOUD_AMOUNT:,} a year" in TEXT


@pytest.mark.parametrize(("product", "is_ahead"), [("rimewatch", True), ("lotbook", False)])
def test_the_books_are_ahead_or_behind_as_it_says(db: None, product: str, is_ahead: bool) -> None:
    entries = [one for one in ledger._entries(date(2026, 11, 26), 1) if one[0] == product and one[4] >= "2026"]
    booked = max(month for _, kind, _, _, month, *_ in entries if kind == "actual")
    came, planned = (
        sum(amount if line in ("Subscriptions", "Services") else -amount
            for _, of, line, _, month, amount, _ in entries if of == kind and month <= booked)
        for kind in ("actual", "budget")
    )  # fmt: skip
    assert (came > planned) == is_ahead


def test_what_came_of_the_battery_warning_is_read_off_the_ledger() -> None:
    warning = next(row for row in load("decisions")["decision"] if row.get("option") == "battery-warning")
    assert warning["held"] and "outcome" not in warning
