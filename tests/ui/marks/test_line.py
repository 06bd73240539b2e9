"""The whole line as a picture."""

from __future__ import annotations

import pytest

from clearspan.ui.marks import Node, whole_line
from tests.ui.marks.reading import shapes, words

COLUMNS = [[Node("a", "We book twice", "Northmole", "/a")], [Node("b", "Know who lies where", is_here=True)]]


def test_what_hangs_together_is_joined() -> None:
    assert len(shapes(whole_line(COLUMNS, [("a", "b"), ("a", "not drawn")], alt=""), "axis")) == 1


def test_all_eight_stations_are_named_whatever_there_is() -> None:
    assert {"Evidence", "In-life"} <= set(words(whole_line(COLUMNS, [], alt="")))


def test_the_row_it_is_about_stands_out() -> None:
    drawing = whole_line(COLUMNS, [], alt="")
    assert len(shapes(drawing, "st-here")) == 1 and len(shapes(drawing, "st-done")) == 1


def test_what_a_column_leaves_out_is_counted() -> None:
    assert "and 1,284 more" in words(whole_line(COLUMNS, [], alt="", more=[1284]))


def test_a_long_name_is_cut_and_stays_in_its_column() -> None:
    drawing = whole_line([[Node("a", "words " * 40)]], [], alt="")
    assert sum(1 for one in words(drawing, "strong")) == 2 and words(drawing, "strong")[1].endswith("…")


def test_there_are_no_more_than_eight_columns() -> None:
    with pytest.raises(ValueError, match="eight"):
        whole_line([[]] * 9, [], alt="")
