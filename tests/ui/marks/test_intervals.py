"""The interval: dot, half, nine tenths."""

from __future__ import annotations

from clearspan.ui.marks import Interval, Scale, interval, interval_axis, interval_plot
from tests.ui.marks.reading import number, points, shapes, words

SCALE = Scale(0, 100, (0, 50, 100), 1, "%")
FIVE = Interval(20, 30, 40, 60, 80)


def test_each_of_the_five_numbers_stands_at_its_place() -> None:
    drawing = interval(FIVE, SCALE, width=110, height=26)  # 5 px at each end: a unit is a pixel
    (thin,), (thick,), (dot,) = (shapes(drawing, c) for c in ("iv-90", "iv-50", "iv-dot"))
    assert [x for x, _ in points(thin)] == [25, 85]
    assert (number(thick, "x"), number(thick, "width")) == (35, 30)
    assert number(dot, "cx") == 45


def test_an_interval_at_the_edge_keeps_its_dot_whole() -> None:
    (dot,) = shapes(interval((0, 0, 0, 1, 2), SCALE, width=110), "iv-dot")
    assert number(dot, "cx") - number(dot, "r") >= 0


def test_what_it_is_held_against_is_a_dashed_line() -> None:
    (line,) = shapes(interval(FIVE, SCALE, width=110, ref=50), "ref")
    assert points(line)[0][0] == 55


def test_before_without_and_others_are_hollow() -> None:
    assert shapes(interval(FIVE, SCALE, ghost=True), "ghost")
    assert not shapes(interval(FIVE, SCALE), "ghost")


def test_what_came_is_red_and_said_when_it_is_outside_nine_tenths() -> None:
    inside, outside = interval(FIVE, SCALE, came=75), interval(FIVE, SCALE, came=90)
    assert shapes(inside, "fill-accent")
    assert not shapes(inside, "fill-bad")
    assert shapes(outside, "fill-bad")
    assert outside.alt.endswith("came 90 %, outside")


def test_nobody_heard_is_words_and_no_mark() -> None:
    drawing = interval(None, SCALE)
    assert words(drawing) == ["nobody heard"]
    assert not shapes(drawing, "iv-dot")


def test_who_cannot_see_it_hears_the_numbers() -> None:
    assert interval(FIVE, SCALE).alt == "about 40 %; nine in ten between 20 and 80 %"


def test_the_axis_stands_over_the_marks_and_names_its_unit_once() -> None:
    axis = interval_axis(SCALE, width=220)
    middle = [float(t["x"]) for t in shapes(axis, "mid")]
    assert words(axis) == ["0", "50", "100\u00a0%"]
    assert 110 in middle  # as the tick at 50 in a row 220 px wide


def test_words_of_an_axis_never_run_into_each_other() -> None:
    crowded = Scale(0, 1000, tuple(range(0, 1001, 50)))
    assert len(words(interval_axis(crowded, width=120))) < 8


def test_the_last_tick_has_room_before_all_others_as_it_names_the_unit() -> None:
    money = Scale.amounts([-0.2e6, 0.8e6])
    for width in (60, 90, 120, 230):
        assert words(interval_axis(money, width=width))[-1].endswith("m")


def test_a_plot_has_a_row_for_each_name() -> None:
    drawing = interval_plot([("Care", FIVE), ("Pubs", None)], SCALE, alt="Care about 40, pubs not asked")
    assert {"Care", "Pubs", "nobody heard"} <= set(words(drawing))
    assert len(shapes(drawing, "iv-dot")) == 1
