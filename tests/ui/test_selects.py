"""Lists to choose from read as Django's own do."""

from __future__ import annotations

import re

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from clearspan.ui.forms import Renderer
from clearspan.ui.selects import options


class Form(forms.Form):
    grade = forms.ChoiceField(choices=[("", "none"), ("a<b", "Less & more"), ("Care", [(3, "three"), (4, "four")])])
    several = forms.MultipleChoiceField(choices=[("1", "one"), ("2", "two")], required=False)
    plain = forms.ChoiceField(
        choices=[("x", mark_safe("<b>x</b>"))],
        widget=forms.Select(attrs={"class": "input", "data-x": '"', "hidden": True}),
    )


def _attributes_sorted(markup: str) -> list[object]:
    found = re.findall(r"<(/?[a-z]+)([^>]*)>([^<]*)", markup)
    return [(tag, sorted(re.findall(r'[^\s"=]+(?:="[^"]*")?', rest)), words.strip()) for tag, rest, words in found]


def test_a_select_says_what_djangos_template_says() -> None:
    form = Form({"grade": "4", "several": ["1", "2"], "plain": "x"})
    for name in form.fields:
        widget, mine = form[name].field.widget, form[name]
        given = widget.get_context(name, mine.value(), {"id": mine.auto_id})
        ours = Renderer().render(widget.template_name, given)
        assert _attributes_sorted(ours) == _attributes_sorted(DjangoTemplates().render(widget.template_name, given))


def test_options_are_escaped_and_the_chosen_one_is_selected() -> None:
    assert options([(1, "one"), ("a&b", "<two>")], "1") == (
        '<option value="1" selected>one</option><option value="a&amp;b">&lt;two&gt;</option>'
    )
    assert "selected" not in options([("", "none"), (None, "any")])
    assert options([("", "none")], "") == '<option value="" selected>none</option>'
