"""A plan of quarters, and what boldness buys."""

from __future__ import annotations

import pytest

from clearspan.ui.marks import frontier, periods, plan_bar, use_cells
from tests.ui.marks.reading import number, shapes, words


def test_a_function_is_dark_only_when_all_its_people_are_used() -> None:
    drawing = use_cells("Design", [3, 2.1], [3, 3])
    (full,), (part,) = shapes(drawing, "fill-accent"), shapes(drawing, "band-2")
    assert number(full, "x") < number(part, "x")
    assert number(part, "width") == pytest.approx(0.7 * number(full, "width"), abs=0.2)


def test_cells_say_their_numbers_to_who_cannot_see_them() -> None:
    assert use_cells("Design", [3, 2.1], [3, 3]).alt == "Design: 3 of 3, 2.1 of 3"


def test_more_used_than_there_never_leaves_its_cell() -> None:
    (cell,), (full,) = (shapes(use_cells("Legal", [2], [1]), c) for c in ("fill-grid", "fill-accent"))
    assert number(full, "width") == number(cell, "width")


def test_bars_cells_and_header_share_their_columns() -> None:
    bar = plan_bar("Swap board", 1, 2, 4)
    (done,) = shapes(bar, "fill-half")
    cells = shapes(use_cells("Design", [1, 1, 1, 1], [3] * 4), "fill-grid")
    assert bar.width == periods(["Q1", "Q2", "Q3", "Q4"]).width
    assert number(done, "x") == number(cells[1], "x")


def test_the_plan_of_the_page_stands_out_on_the_frontier() -> None:
    drawing = frontier([(2e6, 1.5e6), (3e6, 1e6)], 1, alt="", others=[(2.2e6, 0.8e6, "last year’s way")])
    (chosen,) = shapes(drawing, "fill-accent")
    assert number(chosen, "r") > number(shapes(drawing, "ring-ink")[0], "r")
    assert {"this plan", "last year’s way"} <= set(words(drawing))
