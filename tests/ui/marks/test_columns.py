"""Columns: parts of a whole by period."""

from __future__ import annotations

import pytest

from clearspan.ui.marks import columns
from tests.ui.marks.reading import number, shapes, words

PARTS = [("decided", [6, 4], "fill-half"), ("no reason", [2, 4], "fill-warn")]


def test_the_parts_of_a_period_stand_on_each_other() -> None:
    drawing = columns([(0, "Mar")], PARTS, alt="two weeks")
    below, above = shapes(drawing, "fill-half")[0], shapes(drawing, "fill-warn")[0]
    assert number(above, "y") + number(above, "height") == pytest.approx(number(below, "y"), abs=0.2)
    assert number(below, "height") == pytest.approx(3 * number(above, "height"), abs=0.5)


def test_each_part_is_named_beside_its_last_column() -> None:
    assert {"decided", "no reason"} <= set(words(columns([], PARTS, alt="")))


def test_a_part_of_nothing_is_not_drawn() -> None:
    drawing = columns([], [("decided", [3, 0], "fill-half"), ("no reason", [0, 0], "fill-warn")], alt="")
    assert len(shapes(drawing, "fill-half")) == 1 and not shapes(drawing, "fill-warn")


def test_periods_in_which_nothing_was_done_still_have_an_axis() -> None:
    assert columns([], [("decided", [0, 0, 0], "fill-half")], alt="nothing").markup()
