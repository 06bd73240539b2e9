"""Markdown that people write."""

from __future__ import annotations

import re

import pytest

from clearspan.ui.markdown import markdown


def test_paragraphs_lists_and_tables_are_understood() -> None:
    html = markdown("# Why\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    assert "<h3>Why</h3>" in html and "<li>one</li>" in html and "<td>1</td>" in html


def test_a_deep_heading_stays_a_heading() -> None:
    assert "<h6>Deep</h6>" in markdown("##### Deep")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "![x](https://example.org/spy.png)",
        '<a href="https://example.org" onclick="x()">x</a>',
        "[x](data:text/html,<script>alert(1)</script>)",
    ],
)
def test_nothing_that_runs_or_spies_comes_through(text: str) -> None:
    tags = re.findall(r"<[^>]+>", markdown(text))
    assert not [tag for tag in tags if re.search(r"script|img|javascript:|data:|onclick|onerror", tag)]


def test_a_link_tells_nobody_where_its_reader_came_from() -> None:
    assert 'rel="noopener noreferrer"' in markdown("[there](https://example.org)")


def test_nothing_is_nothing() -> None:
    assert markdown(None) == "" and markdown("") == ""
