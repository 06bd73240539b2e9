"""What a page was made of is let go with the page."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.template import TemplateDoesNotExist, engines
from django.template.loader import get_template

LOOP = "{% with a=row %}{% for one in rows %}{{ one }}{% endfor %}{% endwith %}"


class Row:
    """Something that a page shows."""


@pytest.fixture
def uncollected() -> Iterator[None]:
    """Python looks for no circles while a test looks at what is there."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("template", [lambda: _of(LOOP), lambda: get_template("ui/components/comments.html")])
def test_no_row_outlives_its_page(uncollected: None, template: Callable[[], Any]) -> None:
    row = Row()
    lives = weakref.ref(row)
    template().render({"row": row, "rows": [row]})
    del row
    assert lives() is None


def test_a_template_that_is_not_there_is_named() -> None:
    with pytest.raises(TemplateDoesNotExist, match="nowhere"):
        _of('{% include "nowhere.html" %}').render({})


def _of(text: str) -> Any:
    (engine,) = engines.all()
    return engine.from_string(text)
