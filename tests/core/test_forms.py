"""Forms that do an action."""

from __future__ import annotations

from django import forms

from clearspan.core.forms import ActionForm


class Says(ActionForm):
    many = forms.FloatField()


def test_a_whole_number_is_shown_as_one() -> None:
    assert 'value="45"' in str(Says(initial={"many": 45.0})["many"])
    assert 'value="45.5"' in str(Says(initial={"many": 45.5})["many"])
