"""What if there were more to do, or it began later?"""

from __future__ import annotations

from django import forms


class WhatIfForm(forms.Form):
    """Other work and another first day; both from the address, so that an answer can be sent to somebody."""

    remaining = forms.IntegerField(min_value=1, max_value=100_000, label="Items left")
    start = forms.DateField(label="From", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
