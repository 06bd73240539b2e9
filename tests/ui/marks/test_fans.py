"""Lines that open, and forecasts held against what came."""

from __future__ import annotations

import pytest

from clearspan.ui.marks import calibration, fan
from tests.ui.marks.reading import number, points, shapes, words

MIDDLE = [0.0, 1e6, 2e6]
WIDE = ([-1e6, -0.5e6, 0.0], [1e6, 2.5e6, 4e6])
NARROW = ([-0.5e6, 0.5e6, 1e6], [0.5e6, 1.5e6, 3e6])


def test_the_forecast_goes_on_where_the_past_ends() -> None:
    drawing = fan([(0, "2025")], [3e6, 4e6], [], past=[1e6, 2e6, 3e6], alt="")
    (past,), (ahead,) = shapes(drawing, "line-ink"), shapes(drawing, "line-accent")
    assert points(past)[-1] == points(ahead)[0]
    assert 'class="fill-ink from-here"' in drawing.body  # from there a narrow screen shows it


def test_a_past_alone_is_shown_from_its_newest_end() -> None:
    assert "from-here" not in fan([], [3e6], [], past=[1e6, 2e6, 3e6], alt="").body


def test_a_band_runs_along_its_highs_and_back_along_its_lows() -> None:
    (band,) = shapes(fan([], MIDDLE, [WIDE], alt=""), "band-2")
    corners = points(band)
    assert len(corners) == 6
    assert corners[0][0] == corners[-1][0]
    assert corners[0][1] < corners[-1][1]


def test_bands_are_tinted_from_the_outermost_in() -> None:
    drawing = fan([], MIDDLE, [WIDE, NARROW], alt="")
    outer, inner = points(shapes(drawing, "band-1")[0]), points(shapes(drawing, "band-2")[0])
    assert outer[0][1] < inner[0][1]


def test_nought_is_drawn_when_cash_crosses_it() -> None:
    assert shapes(fan([], [-1e6, 1e6], [], alt=""), "zero")


def test_everything_stays_inside_the_drawing() -> None:
    drawing = fan([(0, "2026"), (2, "2028")], MIDDLE, [WIDE, NARROW], notes=[(2, 2e6, "pays back in autumn")], alt="")
    for cls in ("line-accent", "band-1", "band-2"):
        for shape in shapes(drawing, cls):
            assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in points(shape))


def test_a_band_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="as long as the middle"):
        fan([], MIDDLE, [([0.0], [1.0])], alt="")


def test_a_perfect_forecaster_stands_on_the_diagonal() -> None:
    drawing = calibration([(0.2, 0.2, 0.1), (0.8, 0.8, 0.1)], alt="")
    (diagonal,) = shapes(drawing, "ref")
    (x0, y0), (x1, y1) = points(diagonal)
    for dot in shapes(drawing, "fill-accent"):
        along = (number(dot, "cx") - x0) / (x1 - x0)
        assert number(dot, "cy") == pytest.approx(y0 + along * (y1 - y0), abs=0.2)
    assert {"too sure", "too modest"} <= set(words(drawing))
