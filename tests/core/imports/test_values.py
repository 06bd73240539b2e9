"""Cells become values; what can be read in two ways is asked, never guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from clearspan.core.imports.values import Choice, Count, Day, Flag, Link, Moment, Money, Number, Open, Text, plain


def read(type_: Any, cell: str, column: list[str] | None = None, **answers: str) -> Any:
    return type_.settle(column or [cell], answers)(cell)


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-05T14:30:00Z",
        "2026-03-05 14:30:00.000 UTC",
        "2026-03-05 2:30 PM",
        "5 Mar 2026 14:30 UTC",
        "05/Mar/26 14:30",
        "Mar 5, 2026 at 2:30 PM",
        "Thu Mar 05 2026 14:30:00 GMT+0000 (GMT)",
        "Thu, 05 Mar 2026 15:30:00 +0100",
        "1772721000",
        "1772721000000",
        "05.03.2026 14:30",
    ],
)
def test_a_moment_is_read_however_it_is_written(written: str) -> None:
    assert read(Moment(), written) == datetime(2026, 3, 5, 14, 30, tzinfo=UTC)


def test_a_day_above_twelve_settles_the_order_of_the_whole_column() -> None:
    assert read(Day(), "03/04/2026", ["03/04/2026", "25/04/2026"]) == date(2026, 4, 3)
    assert read(Day(), "03/04/2026", ["03/04/2026", "04/25/2026"]) == date(2026, 3, 4)


def test_dates_that_nothing_settles_are_asked_about_with_an_example() -> None:
    with pytest.raises(Open, match="03/04/2026") as still:
        read(Day(), "03/04/2026")
    assert still.value.question.name == "dates"


def test_dates_that_contradict_each_other_are_asked_about() -> None:
    with pytest.raises(Open, match="only be read with the day first"):
        read(Day(), "13/04/2026", ["13/04/2026", "04/13/2026"])


def test_an_answer_settles_the_order() -> None:
    assert read(Day(), "03/04/2026", dates="mdy") == date(2026, 3, 4)


def test_a_date_written_unlike_all_before_it_is_a_fault() -> None:
    with pytest.raises(ValueError, match="a date such as"):
        read(Day(), "03/04/2026", ["2026-04-03"])


@pytest.mark.parametrize("cell", ["31/02/2026", "soon", "0216-01-01", "2026-13-01"])
def test_what_is_no_date_is_a_fault(cell: str) -> None:
    with pytest.raises(ValueError, match="a date"):
        read(Day(), cell, dates="dmy")


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1234.5", "1234.50"), ("$1,234.50", "1234.50"), ("1.234,50 €", "1234.50"), ("EUR 12,5", "12.50"),
        ("(120)", "-120.00"), ("1.2k", "1200.00"), ("£2m", "2000000.00"), ("1 234 567", "1234567.00"), ("-3", "-3.00"),
    ],
)  # fmt: skip
def test_an_amount_is_read_however_it_is_written(cell: str, amount: str) -> None:
    assert read(Money(), cell) == Decimal(amount)


def test_a_comma_is_decimal_where_the_column_says_so() -> None:
    assert read(Money(), "1.234", ["1.234", "12,50"]) == Decimal("1234.00")
    assert read(Money(), "1,234", ["1,234", "12.50"]) == Decimal("1234.00")


@pytest.mark.parametrize("cell", ["twelve", "12,34", "1e9", "9" * 13, "--4"])
def test_what_is_no_amount_of_its_column_is_a_fault(cell: str) -> None:
    with pytest.raises(ValueError):
        read(Money(), cell, ["12.50"])


def test_a_count_is_whole_and_not_negative() -> None:
    assert read(Count(), "1,200") == 1200
    with pytest.raises(ValueError, match="a whole number"):
        read(Count(), "1.5", ["1.55"])


def test_yes_and_no_are_read_in_the_words_of_systems_too() -> None:
    flag = Flag(yes=("customer",), no=("prospect",))
    assert [read(flag, cell) for cell in ("Yes", "FALSE", "1", "Customer", "Prospect")] == [
        True, False, True, True, False,
    ]  # fmt: skip


def test_only_web_addresses_become_links() -> None:
    assert read(Link(), "https://example.org/1") == "https://example.org/1"
    for cell in ("javascript:alert(1)", "example.org", "https://", "http://[bad"):
        with pytest.raises(ValueError, match="an address"):
            read(Link(), cell)


def test_rich_text_becomes_plain_and_keeps_its_paragraphs() -> None:
    assert plain("<p>One &amp; two</p><p>Three<br>four</p><script>bad()</script>") == "One & two\nThree\nfour"
    assert plain("a < b and c > d") == "a < b and c > d"


def test_a_text_that_is_too_long_is_a_fault_or_cut_as_its_field_says() -> None:
    with pytest.raises(ValueError, match="at most 5"):
        read(Text(5), "longer")
    assert read(Text(5, cut=True), "longer") == "long…"


def test_a_word_means_one_of_few_or_is_a_fault() -> None:
    choice = Choice({"ticket": ("support",), "call": ("phone",)})
    assert read(choice, "Support") == "ticket"
    with pytest.raises(ValueError, match="one of ticket, call"):
        read(choice, "smoke")


@pytest.mark.parametrize(("written", "value"), [("3", 3), ("0.5", 0.5), ("1,5", 1.5), ("-1", -1), ("1,200", 1200)])
def test_a_number_may_be_broken_and_below_nought(written: str, value: float) -> None:
    assert read(Number(), written) == value


@pytest.mark.parametrize("written", ["about 3", "1e400", "3 d"])
def test_what_is_no_number_is_a_fault(written: str) -> None:
    with pytest.raises(ValueError, match="a number"):
        read(Number(), written)
