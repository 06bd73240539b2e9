"""Every pair of tokens that meet on a screen, in both themes, against WCAG 2.2 AA."""

from __future__ import annotations

from itertools import product

import pytest

from clearspan.ui.tokens import Theme, colours, contrast, hex_of

PAPERS = ("paper", "paper-sunk", "paper-raised", "paper-hover", "accent-wash")
VERDICTS = ("v-market", "v-segment", "v-single", "v-little")
WORDS = ("ink", "ink-2", "ink-3", "accent", *VERDICTS, "good", "warn", "bad")
MARKS = ("u-dot", "u-50", "u-90", "u-ghost", "edge")

TEXT = [
    *product(WORDS, PAPERS),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("paper", "ink"),
    ("paper", "accent"),
    ("ink", "u-area-1"),
    ("ink", "u-area-2"),
    *product(("ink", "accent", "bad"), ("good-wash", "warn-wash", "bad-wash")),
]
GRAPHIC = list(product(MARKS, ("paper", "paper-raised")))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "behind"), TEXT)
def test_words_can_be_read(front: str, behind: str, theme: Theme) -> None:
    assert contrast(colours(theme)[front], colours(theme)[behind]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "behind"), GRAPHIC)
def test_marks_and_borders_of_controls_can_be_seen(front: str, behind: str, theme: Theme) -> None:
    assert contrast(colours(theme)[front], colours(theme)[behind]) >= 3


def test_black_on_white_is_the_most_there_is() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_oklch_comes_out_as_the_hex_it_is() -> None:
    assert hex_of(1, 0, 0) == "#ffffff"
    assert hex_of(0, 0, 0) == "#000000"
    assert hex_of(0.62796, 0.25768, 29.234) == "#ff0000"  # red, from the definition of the space
