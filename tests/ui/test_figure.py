"""Figures, and the copies people take away."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from django.test import RequestFactory

from clearspan.ui.figure import Figure, figure_csv, figure_png, figure_svg, taken
from clearspan.ui.marks import Drawing
from clearspan.ui.samples.figures import figures
from clearspan.ui.tokens import colours

FIGURE = Figure(
    "npv",
    "It <likely> pays",
    "£ m",
    Drawing(100, 50, '<path class="iv-90" d="M0 0H9"/>', "a line"),
    ("Name", "£"),
    (("=1+1", 3),),
)


def ask(query: str) -> object:
    return taken(RequestFactory().get(f"/somewhere?{query}"), [FIGURE])


@pytest.mark.parametrize("figure", figures(), ids=lambda f: f.key)
def test_a_copy_stands_alone(figure: Figure) -> None:
    for theme in ("light", "dark"):
        svg = figure_svg(figure, theme)  # type: ignore[arg-type]
        ET.fromstring(svg)  # noqa: S314 - of our own making
        assert "var(" not in svg
        assert "light-dark(" not in svg
        assert colours(theme)["paper"] in svg  # type: ignore[arg-type]


def test_a_copy_carries_its_finding_and_its_unit() -> None:
    svg = figure_svg(FIGURE)
    assert "It &lt;likely&gt; pays" in svg
    assert "£ m" in svg


def test_a_png_is_twice_as_fine_as_the_screen() -> None:
    png = figure_png(FIGURE)
    width = int.from_bytes(png[16:20])
    assert png.startswith(b"\x89PNG")
    assert width == 2 * (320 + 2 * 24)


def test_a_table_taken_away_runs_no_formula() -> None:
    assert figure_csv(FIGURE).splitlines() == ["\ufeffName,£", "'=1+1,3"]


@pytest.mark.parametrize(
    ("kind", "content"), [("png", "image/png"), ("svg", "image/svg+xml"), ("csv", "text/csv; charset=utf-8")]
)
def test_the_same_address_gives_the_copy_that_is_asked_for(kind: str, content: str) -> None:
    answer = ask(f"take=npv.{kind}")
    assert answer["Content-Type"] == content  # type: ignore[index]
    assert answer["Content-Disposition"] == f'attachment; filename="npv.{kind}"'  # type: ignore[index]


@pytest.mark.parametrize("query", ["", "take=other.png", "take=npv.exe", "take=npv", "take=../npv.csv"])
def test_what_the_page_does_not_have_falls_through_to_the_page(query: str) -> None:
    assert ask(query) is None


def test_a_key_that_could_not_name_a_file_is_refused() -> None:
    with pytest.raises(ValueError, match="key"):
        Figure("../npv", "", "", FIGURE.drawing, (), ())


def test_every_row_is_as_long_as_the_header() -> None:
    with pytest.raises(ValueError, match="2 cells"):
        Figure("npv", "", "", FIGURE.drawing, ("a", "b"), (("only one",),))
