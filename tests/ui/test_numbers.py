"""Numbers as people read them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearspan.ui import numbers

N = numbers.NBSP


@pytest.mark.parametrize(
    ("amount", "options", "shown"),
    [
        (1_940_000, {}, f"£1.9{N}m"),
        (85_300, {}, f"£85{N}k"),
        (-60_000, {}, f"−£60{N}k"),
        (999_600, {}, f"£1.0{N}m"),
        (412, {}, "£410"),
        (0, {}, "£0"),
        (101_000, {"scale": "", "digits": 3}, "£101,000"),
        (33_000, {"scale": "m", "places": 2}, f"£0.03{N}m"),
        (-2_000, {"scale": "m", "places": 2}, f"£0.00{N}m"),
        (80_000, {"plus": True}, f"+£80{N}k"),
        (-80_000, {"plus": True}, f"−£80{N}k"),
        (24.5, {"digits": 3}, "£24.50"),
        (1_940_000, {"currency": "EUR"}, f"€1.9{N}m"),
        (1_940_000, {"currency": "PLN"}, f"PLN{N}1.9{N}m"),
        (3.2e9, {}, f"£3.2{N}bn"),
    ],
)
def test_money_shows_the_digits_that_are_known(amount: float, options: dict[str, object], shown: str) -> None:
    assert numbers.money(amount, **options) == shown  # type: ignore[arg-type]


def test_no_amount_is_no_words() -> None:
    assert numbers.money(None) == ""
    assert numbers.percent(None) == ""


def test_two_amounts_share_one_scale() -> None:
    assert numbers.money_range(900_000, 3_200_000) == f"£0.9 to 3.2{N}m"
    assert numbers.money_range(-200_000, 1_000_000) == f"−£0.2 to 1.0{N}m"
    assert numbers.money_range(0, 0) == "£0 to 0"
    assert numbers.money_range(30_000, 2_800_000) == f"£0 to 2.8{N}m"
    assert numbers.money_range(52_000, 146_000, digits=3) == f"£52 to 146{N}k"


def test_two_shares_say_their_unit_once() -> None:
    assert numbers.percent_range(0.39, 0.51) == f"39 to 51{N}%"
    assert numbers.percent_range(0.391, 0.394) == f"39{N}%"
    assert numbers.percent_range(0.001, 0.03) == f"under 1 to 3{N}%"


@given(st.floats(-1e12, 1e12, allow_nan=False))
def test_money_never_shows_a_hyphen_for_a_minus_nor_breaks_off_its_unit(amount: float) -> None:
    shown = numbers.money(amount)
    assert "-" not in shown
    assert " " not in shown


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0.383, "38"), (0, "0"), (1, "100"), (0.004, "under 1"), (0.996, "over 99"), (-0.021, "−2")],
)
def test_what_is_nearly_nothing_or_nearly_all_does_not_round_to_it(share: float, shown: str) -> None:
    assert numbers.percent(share) == f"{shown}{N}%"


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.39, "2 in 5"),
        (0.5, "1 in 2"),
        (0.04, "1 in 25"),
        (0.97, "97 in 100"),
        (0, "none"),
        (1, "all"),
        (0.0002, "fewer than 1 in 1,000"),
    ],
)
def test_shares_are_counted_as_people_count(share: float, words: str) -> None:
    assert numbers.frequency(share) == words


@given(st.floats(0.002, 0.998))
def test_a_frequency_is_within_a_twentieth_of_the_smaller_part(share: float) -> None:
    part, of = numbers.frequency(share).replace(",", "").split(" in ")
    assert abs(int(part) / int(of) - share) <= 0.05 * min(share, 1 - share) + 5e-4


def test_counts_and_differences_carry_a_true_minus() -> None:
    assert numbers.count(-1284) == "−1,284"
    assert numbers.signed(-21) == "−21"
    assert numbers.signed(80) == "+80"
    assert numbers.signed(-0.4) == "0"


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [(0.9312, 2, "0.93"), (12, 3, "12"), (1284.4, 3, "1,284"), (0.5, 3, "0.5"), (0, 3, "0")],
)
def test_a_number_has_no_more_digits_than_are_known(value: float, digits: int, shown: str) -> None:
    assert numbers.number(value, digits) == shown


@pytest.mark.parametrize(("low", "high", "digits"), [(0.29, 0.48, 2), (0.02, 0.66, 1), (0.381, 0.385, 3)])
def test_a_wide_interval_leaves_few_digits(low: float, high: float, digits: int) -> None:
    assert numbers.digits_known(0.38, low, high) == digits


def test_one_account_is_not_two() -> None:
    assert numbers.plural(1, "account") == f"1{N}account"
    assert numbers.plural(1284, "account") == f"1,284{N}accounts"
    assert numbers.plural(2, "reply", "replies") == f"2{N}replies"


def test_long_facts_are_cut_at_a_word() -> None:
    assert numbers.shorten("three compared and one chosen") == "three compared and…"
    assert numbers.shorten("swap a shift") == "swap a shift"


@given(st.text("aä ,·", max_size=60), st.integers(5, 30))
def test_nothing_is_longer_than_its_limit(words: str, limit: int) -> None:
    assert len(numbers.shorten(words, limit)) <= limit


def test_a_day_names_its_year_only_when_it_is_another() -> None:
    today = dt.date(2025, 12, 4)
    assert numbers.day(dt.date(2025, 10, 14), today) == f"14{N}Oct"
    assert numbers.day(dt.date(2024, 10, 14), today) == f"14{N}Oct{N}2024"
    assert numbers.weekday(dt.date(2025, 12, 5)) == f"Fri{N}5{N}Dec"
    assert numbers.quarter(dt.date(2026, 6, 30)) == f"Q2{N}2026"


@pytest.mark.parametrize(("days", "shown"), [(0, "09:41"), (2, "Tue"), (40, f"25{N}Oct"), (-1, f"5{N}Dec")])
def test_a_moment_is_told_as_short_as_it_stays_clear(days: int, shown: str) -> None:
    now = dt.datetime(2025, 12, 4, 15, 0)  # noqa: DTZ001 - one zone is as good as another here
    assert numbers.when(now.replace(hour=9, minute=41) - dt.timedelta(days=days), now) == shown
