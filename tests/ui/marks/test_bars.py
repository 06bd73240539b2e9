"""Bars: what moves a result, who is loud, and the bridge between two sums."""

from __future__ import annotations

import pytest

from clearspan.ui.marks import bars, bridge, narrow_bridge, sorted_bars, tornado
from tests.ui.marks.reading import number, points, shapes, words


def test_the_driver_that_moves_most_stands_first() -> None:
    drawing = tornado([("Price", 0.7, 1.1), ("Take-up", 0.2, 1.6)], 0.9, alt="take-up first")
    assert words(drawing, "end")[-2:] == ["Take-up", "Price"]


def test_low_and_high_meet_at_the_likely_result() -> None:
    drawing = tornado([("Take-up", 0.2e6, 1.6e6)], 0.9e6, alt="")
    (low,), (high,), (zero,) = (shapes(drawing, c) for c in ("fill-ghost", "fill-half", "zero"))
    base = points(zero)[0][0]
    assert number(low, "x") + number(low, "width") == pytest.approx(base, abs=0.2)
    assert number(high, "x") == pytest.approx(base, abs=0.2)


def test_a_driver_whose_high_lowers_the_result_is_drawn_the_other_way() -> None:
    drawing = tornado([("Effort", 1.1e6, 0.6e6)], 0.9e6, alt="")
    (low,), (high,) = shapes(drawing, "fill-ghost"), shapes(drawing, "fill-half")
    assert number(high, "x") < number(low, "x")


def test_the_loudest_account_comes_first_and_is_named() -> None:
    drawing = sorted_bars([2, 31, 9], alt="one is loud", first="Larkhill Care, 31 mentions")
    (loudest,) = shapes(drawing, "fill-warn")
    assert number(loudest, "x") == 0
    assert "Larkhill Care, 31 mentions" in words(drawing)
    assert [number(b, "height") for b in shapes(drawing, "fill-half")] == sorted(
        (number(b, "height") for b in shapes(drawing, "fill-half")), reverse=True
    )


def test_a_thousand_accounts_still_fit() -> None:
    drawing = sorted_bars([1] * 1000, alt="many", width=380)
    assert all(number(b, "x") + number(b, "width") <= 380 for b in shapes(drawing, "fill-half"))


def test_bars_start_at_nought_and_say_their_number() -> None:
    drawing = bars([("Take-up", 61, "£61 k"), ("Price", -3, "−£3 k")], alt="")
    (axis,), (up,), (down,) = (shapes(drawing, c) for c in ("axis", "fill-half", "fill-bad"))
    nought = points(axis)[0][0]
    assert number(up, "x") == pytest.approx(nought, abs=0.2)
    assert number(down, "x") + number(down, "width") == pytest.approx(nought, abs=0.2)
    assert {"£61 k", "−£3 k"} <= set(words(drawing))


STEPS = [("Budget", 1070.0, True), ("Volume", 74.0, False), ("Support", -60.0, False), ("Year", 1084.0, True)]


def test_each_step_of_a_bridge_hangs_from_the_one_before() -> None:
    drawing = bridge(STEPS, alt="")
    (budget, year), (volume,), (support,) = (shapes(drawing, c) for c in ("fill-ink-3", "fill-good", "fill-bad"))
    assert number(volume, "y") + number(volume, "height") == pytest.approx(number(budget, "y"), abs=0.2)
    assert number(support, "y") == pytest.approx(number(volume, "y"), abs=0.2)
    assert number(support, "y") + number(support, "height") == pytest.approx(number(year, "y"), abs=0.2)


def test_a_cut_axis_is_drawn_cut_and_a_whole_one_is_not() -> None:
    whole = [("Before", 0.0, True), ("Won", 50.0, False), ("After", 50.0, True)]
    assert len(shapes(bridge(STEPS, alt=""), "cut")) == 2
    assert not shapes(bridge(whole, alt=""), "cut")


def test_changes_carry_their_sign() -> None:
    assert {"+74", "−60", "1,070", "1,084"} <= set(words(bridge(STEPS, alt="")))


def test_long_names_under_a_bridge_stand_on_two_rows_so_that_they_do_not_touch() -> None:
    steps = [("Last year", 100.0, True), *((name, 5.0, False) for name in ("Development", "Marketing", "Everything"))]
    names = shapes(bridge(steps, alt="", width=200), "faint")
    tops = [number(name, "y") for name in names]
    assert tops[0] < tops[1] > tops[2] < tops[3]


def test_a_bridge_on_a_phone_goes_down_a_step_a_row_and_ends_where_the_steps_end() -> None:
    drawing = narrow_bridge([("Budget", 100, True), ("Price", -30, False), ("Result", 70, True)], alt="", width=328)
    (before, after), (price,) = shapes(drawing, "fill-ink-3"), shapes(drawing, "fill-bad")
    ends = [number(one, "x") + number(one, "width") for one in (before, price, after)]
    assert ends[0] == pytest.approx(ends[1], abs=0.2)  # the step begins where the budget ends
    assert number(price, "x") == pytest.approx(ends[2], abs=0.2)
    assert drawing.width == 328
