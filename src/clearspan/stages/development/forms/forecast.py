"""What if there were more to do, or it began later?"""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator


class WhatIfForm(forms.Form):
    """Other work and another first day; both from the address, so that an answer can be sent to somebody."""

    remaining = forms.IntegerField(
        min_value=1,
        max_value=100_000,
        label="Items left",
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), "Write how many: 1 or more.")
        | {"max_value": "Write 100,000 or fewer."},
    )
    start = forms.DateField(
        label="From",
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        error_messages=dict.fromkeys(("required", "invalid"), "Choose a day, such as 2026-03-31."),
        validators=[MaxValueValidator(date(9900, 1, 1), "Choose a day in this age.")],
    )
