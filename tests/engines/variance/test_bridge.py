"""The bridge adds up, always, and says price where there was price, volume where there was volume."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearspan.engines.variance import Bridge, Cell, Effect, bridge

CENTS = st.integers(-(10**9), 10**9).map(lambda cents: Decimal(cents) / 100)
QUANTITIES = st.none() | st.integers(-(10**6), 10**6).map(lambda n: Decimal(n) / 1000)


@st.composite
def ledgers(draw: st.DrawFn) -> list[Cell]:
    """Some items of some lines, with reversals, noughts and what nobody counted."""
    keys = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), unique=True, max_size=12))
    return [
        Cell(f"line {line}", f"item {item}", draw(CENTS), draw(QUANTITIES), is_cost=line > 1) for line, item in keys
    ]


def steps(found: Bridge) -> dict[str, Decimal]:
    return {step.line or step.effect.value: step.amount for step in found.steps}


def cell(item: str, amount: str, quantity: str | None = None, line: str = "Subscriptions") -> Cell:
    return Cell(line, item, Decimal(amount), Decimal(quantity) if quantity else None)


def cost(line: str, amount: str) -> Cell:
    return Cell(line, "", Decimal(amount), is_cost=True)


@given(ledgers(), ledgers())
def test_the_steps_come_to_the_difference_to_the_cent(before: list[Cell], after: list[Cell]) -> None:
    found = bridge(before, after)
    assert found.start + sum(step.amount for step in found.steps) == found.end
    for step in found.steps:
        assert sum(step.by_line.values()) == step.amount
        assert step.amount == round(step.amount, 2)


@given(ledgers())
def test_nothing_that_changed_makes_no_step(ledger: list[Cell]) -> None:
    assert bridge(ledger, ledger).steps == ()


@given(ledgers(), ledgers())
def test_what_is_new_the_one_way_has_ended_the_other(before: list[Cell], after: list[Cell]) -> None:
    there, back = bridge(before, after), bridge(after, before)
    assert there.amount(Effect.NEW) == -back.amount(Effect.ENDED)
    assert there.amount(Effect.COST) == -back.amount(Effect.COST)
    assert there.amount(Effect.REVENUE) == -back.amount(Effect.REVENUE)


@given(st.lists(st.tuples(st.integers(1, 999), st.integers(1, 999)), min_size=1, max_size=6), st.integers(2, 9))
def test_more_of_everything_alike_is_volume_alone(items: list[tuple[int, int]], times: int) -> None:
    before = [cell(str(at), f"{price * n}", str(n)) for at, (price, n) in enumerate(items)]
    after = [cell(str(at), f"{price * n * times}", str(n * times)) for at, (price, n) in enumerate(items)]
    assert set(steps(bridge(before, after))) == {"volume"}


@given(st.lists(st.tuples(st.integers(1, 999), st.integers(1, 999)), min_size=1, max_size=6))
def test_the_same_quantities_at_another_price_are_price_alone(items: list[tuple[int, int]]) -> None:
    before = [cell(str(at), f"{price * n}", str(n)) for at, (price, n) in enumerate(items)]
    after = [cell(str(at), f"{(price + 3) * n}", str(n)) for at, (price, n) in enumerate(items)]
    assert steps(bridge(before, after)) == {"price": sum(3 * n for _, n in items)}


def test_as_many_but_more_of_the_dear_ones_is_mix() -> None:
    before = [cell("north", "1000", "10"), cell("south", "500", "10")]
    after = [cell("north", "1500", "15"), cell("south", "250", "5")]
    assert steps(bridge(before, after)) == {"mix": 250}


def test_price_volume_and_mix_as_the_textbook_has_them() -> None:
    before = [cell("a", "1000", "100"), cell("b", "2000", "100")]  # 10 and 20 each, 15 on the mean
    after = [cell("a", "1650", "150"), cell("b", "1980", "90")]  # 11 and 22 each
    assert steps(bridge(before, after)) == {
        "volume": 40 * 15, "price": 150 * 1 + 90 * 2, "mix": 50 * (10 - 15) - 10 * (20 - 15),
    }  # fmt: skip


def test_a_cost_is_its_own_step_and_more_of_it_lowers_the_result() -> None:
    found = bridge(
        [cost("Hosting", "-350"), cost("Support", "-540")], [cost("Hosting", "-375"), cost("Support", "-600")]
    )
    assert steps(found) == {"Hosting": -25, "Support": -60}


def test_lines_that_began_or_ended_have_a_bucket_of_their_own() -> None:
    before = [cell("north", "100", "1"), cell("old", "30", "1"), cost("Fees", "-4")]
    after = [cell("north", "100", "1"), cell("young", "50", "2"), cost("Partners", "-9")]
    assert steps(bridge(before, after)) == {"new": 50 - 9, "ended": -30 + 4}


def test_revenue_that_nobody_counted_is_said_to_be_so_and_is_neither_price_nor_volume() -> None:
    found = bridge([cell("north", "100"), cell("south", "10", "1")], [cell("north", "120"), cell("south", "12", "1")])
    assert steps(found) == {"Subscriptions": 20, "price": 2}
    assert found.uncounted == ("Subscriptions",)


def test_reversals_that_leave_less_than_nothing_have_no_price() -> None:
    found = bridge([cell("north", "-100", "-1")], [cell("north", "50", "1")])
    assert steps(found) == {"Subscriptions": 150}


def test_amounts_finer_than_a_cent_stay_as_fine() -> None:
    found = bridge([cell("a", "1.0005", "3"), cell("b", "1", "1")], [cell("a", "2", "7"), cell("b", "1", "3")])
    assert sum(step.amount for step in found.steps) == Decimal("0.9995")


def test_an_item_that_comes_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="comes twice"):
        bridge([cell("a", "1"), cell("a", "2")], [])
