"""Marks in a line or a cell, and the line of eight."""

from __future__ import annotations

import pytest

from clearspan.ui.marks import VERDICTS, Drawing, Scale, mini_line, similarity, spark, steps, variance_bar
from clearspan.ui.marks.icons import ICONS, icon
from clearspan.ui.marks.small import verdict_disc
from clearspan.ui.marks.svg import text, wrap
from tests.ui.marks.reading import number, points, shapes


def test_the_four_verdicts_differ_in_shape() -> None:
    assert len({verdict_disc(kind) for kind in VERDICTS}) == 4


def test_an_unknown_verdict_is_refused() -> None:
    with pytest.raises(KeyError):
        verdict_disc("perhaps")


def test_a_spark_ends_in_its_dot_and_stands_inside() -> None:
    drawing = spark([2, 9, 4], "mentions a month")
    (line,), (dot,) = shapes(drawing, "line-quiet"), shapes(drawing, "fill-accent")
    assert points(line)[-1] == (number(dot, "cx"), number(dot, "cy"))
    assert all(0 <= y <= drawing.height for _, y in points(line))


@pytest.mark.parametrize("values", [[], [3], [5, 5, 5]])
def test_a_spark_of_little_is_still_a_drawing(values: list[float]) -> None:
    assert spark(values, "nothing new").markup().startswith("<svg")


def test_steps_fill_as_many_cells_as_are_done() -> None:
    drawing = steps(5, 9)
    assert (len(shapes(drawing, "fill-half")), len(shapes(drawing, "fill-rule"))) == (5, 4)
    assert drawing.alt == "5 of 9"


def test_better_goes_right_in_green_and_worse_left_in_red() -> None:
    scale = Scale.over([-60, 100])
    (axis,) = shapes(variance_bar(80, scale, "better"), "axis")
    nought = points(axis)[0][0]
    (better,) = shapes(variance_bar(80, scale, "better"), "fill-good")
    (worse,) = shapes(variance_bar(-60, scale, "worse"), "fill-bad")
    assert number(better, "x") == nought
    assert number(worse, "x") + number(worse, "width") == pytest.approx(nought, abs=0.1)


def test_alikeness_fills_its_track_by_its_share() -> None:
    (track,), (bar,) = shapes(similarity(0.5), "fill-grid"), shapes(similarity(0.5), "fill-half")
    assert number(bar, "width") == number(track, "width") / 2


def test_the_mini_line_says_where_the_object_stands() -> None:
    drawing = mini_line(5)
    assert drawing.alt == "has come to Definition"
    assert (len(shapes(drawing, "st-done")), len(shapes(drawing, "st-here")), len(shapes(drawing, "st-none"))) == (
        4,
        1,
        3,
    )
    assert mini_line(0).alt == "not yet on the line"


def test_a_ninth_station_is_refused() -> None:
    with pytest.raises(ValueError, match="eight stations"):
        mini_line(9)


def test_words_of_people_cannot_become_markup() -> None:
    assert "<script>" not in text(0, 0, "<script>alert(1)</script>")
    assert "<b>" not in Drawing(1, 1, "", '"><b>').markup()


def test_a_drawing_without_words_is_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in Drawing(1, 1, "").markup()
    assert 'role="img"' in Drawing(1, 1, "", "a sentence").markup()


def test_a_drawing_with_links_in_it_is_no_image_so_that_they_are_found() -> None:
    assert 'role="group"' in Drawing(1, 1, '<a href="/there">there</a>', "a sentence").markup()


def test_long_words_are_wrapped_to_their_width() -> None:
    assert wrap("Development and sales", 60) == ["Development", "and sales"]


def test_every_icon_takes_the_colour_of_its_text() -> None:
    for name in ICONS:
        assert "#" not in icon(name)
        assert 'aria-hidden="true"' in icon(name)
