"""The guide for page authors names every tag and filter there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import Context, Template

from clearspan.ui.templatetags.ui import register

GUIDE = (Path(__file__).parents[2] / "docs/development/ui.md").read_text(encoding="utf-8")
INNER = {"root_attributes", "nav_link", "undo_url", "plain", "bare"}  # for the templates of ui itself


@pytest.mark.parametrize("name", sorted({*register.tags, *register.filters} - INNER))
def test_every_tag_and_filter_is_in_the_guide(name: str) -> None:
    assert re.search(rf"\{{% {name}\b|\|{name}\b", GUIDE.replace("\\|", "|"))


def test_numbers_are_shown_as_the_guide_says() -> None:
    rows = re.findall(r"^\| `(\{%.*?%\})` \| (.*?)(?: \(.*)? \|$", GUIDE, flags=re.MULTILINE)
    money = [(tag, shown) for tag, shown in rows if tag.startswith("{% money")]
    assert len(money) >= 5
    for tag, shown in money:
        assert Template("{% load ui %}" + tag).render(Context()).replace("\u00a0", " ") == shown
