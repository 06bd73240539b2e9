"""Scales hold what they are made over and count in round numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearspan.ui.marks import Scale
from clearspan.ui.marks.scale import nice_step

AMOUNTS = st.lists(st.floats(-1e9, 1e9, allow_nan=False).map(lambda v: round(v, 2)), min_size=1, max_size=30)


@given(AMOUNTS)
def test_a_scale_holds_every_value_it_was_made_over(values: list[float]) -> None:
    scale = Scale.over(values)
    assert scale.low <= min(values)
    assert max(values) <= scale.high * (1 + 1e-12) + 1e-9


@given(AMOUNTS)
def test_ticks_rise_evenly_and_stay_on_the_scale(values: list[float]) -> None:
    scale = Scale.over(values)
    gaps = [b - a for a, b in zip(scale.ticks, scale.ticks[1:], strict=False)]
    assert len(scale.ticks) >= 2
    assert all(scale.low <= t <= scale.high for t in scale.ticks)
    assert gaps == pytest.approx([gaps[0]] * len(gaps))


def test_nought_is_on_the_axis_unless_it_is_said_to_be_cut() -> None:
    assert Scale.over([70, 80]).ticks[0] == 0
    assert Scale.over([70, 80], zero=False).low >= 60


def test_shares_are_labelled_in_per_cent_with_the_unit_once() -> None:
    scale = Scale.shares([0.05, 0.66])
    assert [scale.label(t) for t in scale.ticks] == ["0", "20", "40", "60"]
    assert scale.label(0.6, unit=True) == "60\u00a0%"


def test_a_share_never_passes_one() -> None:
    scale = Scale.shares([0.4, 0.97])
    assert scale.high == 1
    assert scale.ticks[-1] == 1


@pytest.mark.parametrize(("widest", "unit"), [(3.2e9, "bn"), (1.9e6, "m"), (0.7e6, "m"), (85e3, "k"), (400, "")])
def test_money_is_counted_in_the_unit_it_is_read_best_in(widest: float, unit: str) -> None:
    assert Scale.amounts([0, widest]).unit == unit


def test_labels_have_the_places_their_step_needs_and_a_true_minus() -> None:
    scale = Scale.amounts([-0.6e6, 1e6])
    assert scale.label(-0.5e6) == "−0.5"
    assert scale.label(1e6) == "1.0"
    assert scale.label(0) == "0"


def test_a_value_beyond_the_scale_stays_at_its_end() -> None:
    x = Scale(0, 10, ()).to(100, 200)
    assert (x(-5), x(5), x(50)) == (100, 150, 200)


def test_a_scale_over_nothing_or_over_one_value_can_still_be_drawn() -> None:
    assert Scale.over([]).high > Scale.over([]).low
    assert Scale.over([5]).high > 0
    assert Scale.over([0]).high > 0
    assert Scale.over([float("nan"), 3]).high >= 3
    assert Scale.over([5e-324]).high > 0
    assert Scale.over([1e6, 1e6 + 1e-10], zero=False).high > 1e6


@pytest.mark.parametrize(("raw", "step"), [(0.3, 0.5), (1, 1), (1.1, 2), (2.2, 2.5), (26, 50), (7, 10)])
def test_steps_are_round_numbers(raw: float, step: float) -> None:
    assert nice_step(raw) == pytest.approx(step)
