from __future__ import annotations

from typing import Any

from django import forms

from clearspan.catalogue.models import Supplier
from clearspan.core.actor import Actor
from clearspan.core.forms import ActionForm
from clearspan.core.models import Function


class TeamForm(ActionForm):
    """A team: ours, of a function, or a supplier's."""

    name = forms.CharField(max_length=80, label="What it is called")
    function = forms.ModelChoiceField(
        Function.objects.none(), required=False, label="Its people are of", empty_label="no function"
    )
    supplier = forms.ModelChoiceField(
        Supplier.objects.none(), required=False, label="Or a supplier’s", empty_label="our own people"
    )

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["function"].queryset = Function.objects.visible_to(actor)  # type: ignore[attr-defined]  # rows
        self.fields["supplier"].queryset = Supplier.objects.visible_to(actor)  # type: ignore[attr-defined]  # rows
