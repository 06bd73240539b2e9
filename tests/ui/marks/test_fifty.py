"""Fifty dots: each one future in fifty."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearspan.ui.marks import futures
from clearspan.ui.marks.fifty import quantiles
from tests.ui.marks.reading import number, shapes, words

SAMPLES = st.lists(st.floats(-1e7, 1e7, allow_nan=False), min_size=1, max_size=200)


@given(SAMPLES)
def test_there_are_always_fifty_dots_and_all_of_them_inside(samples: list[float]) -> None:
    drawing = futures(samples, alt="fifty futures")
    dots = shapes(drawing, "fill-half") + shapes(drawing, "ring-bad")
    assert len(dots) == 50
    for dot in dots:
        x, y, r = (number(dot, n) for n in ("cx", "cy", "r"))
        assert x - r >= -0.1
        assert x + r <= drawing.width + 0.1
        assert y - r >= 0


def test_losses_are_hollow_and_counted() -> None:
    drawing = futures([-1e6] * 2 + [1e6] * 48, alt="two lose")
    assert len(shapes(drawing, "ring-bad")) == 2
    assert {"loses, 2 of 50", "earns, 48 of 50"} <= set(words(drawing))


def test_losses_stand_left_of_nought() -> None:
    drawing = futures([-2e6, -1e6, 1e6, 2e6], alt="even")
    (nought,) = shapes(drawing, "zero")
    zero = float(nought["d"][1:].split(" ")[0])
    assert all(number(dot, "cx") < zero for dot in shapes(drawing, "ring-bad"))
    assert all(number(dot, "cx") > zero for dot in shapes(drawing, "fill-half"))


@pytest.mark.parametrize("samples", [[1e6, 2e6, 3e6], [-3e6, -2e6]])
def test_counts_are_said_even_when_all_stand_on_one_side(samples: list[float]) -> None:
    assert any("of 50; earns" in said for said in words(futures(samples, alt="one side")))


def test_quantiles_of_a_uniform_sample_are_its_middles() -> None:
    assert quantiles([i / 1000 for i in range(1001)], 4) == pytest.approx([0.125, 0.375, 0.625, 0.875], abs=1e-3)


def test_a_distribution_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one sample"):
        futures([], alt="")
