"""What a visitor fills in. Who is known is asked neither for a name nor for an address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from clearspan.stages.portal.models import Visitor

_LONGEST = 4_000


class WhoForm(forms.Form):
    """Who it is."""

    name = forms.CharField(label="Your name", max_length=80, required=False, help_text="Shown beside what you say.")
    address = forms.CharField(
        label="Your mail address", max_length=254, help_text="Nobody sees it. We ask once, by mail, whether it is you.",
        widget=forms.EmailInput({"autocomplete": "email"}),
    )  # fmt: skip

    def __init__(self, visitor: Visitor | None, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.visitor = visitor
        if visitor is not None:
            del self.fields["name"], self.fields["address"]

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"]).strip()
        try:
            validate_email(address)
        except ValidationError:
            raise ValidationError("This is no mail address; one looks like ada@example.org.") from None
        return address

    def who(self) -> dict[str, Any]:
        """The parameters that say who it is, for an action."""
        if self.visitor is not None:
            return {"address": self.visitor.address, "name": self.visitor.name, "confirmed": True}
        return {"address": self.cleaned_data["address"], "name": self.cleaned_data.get("name", "")}


class SayForm(WhoForm):
    """An idea."""

    field_order = ("text", "title", "name", "address")

    text = forms.CharField(
        label="What gets in your way?", max_length=_LONGEST, widget=forms.Textarea({"rows": 5}),
        help_text="In your own words: what you try to do, what happens, how you do it today.",
    )  # fmt: skip
    title = forms.CharField(
        label="In one line", max_length=160, required=False, help_text="Empty: the beginning of it."
    )


class CommentForm(WhoForm):
    """Something to add to an idea."""

    field_order = ("text", "name", "address")

    text = forms.CharField(label="What would you add?", max_length=_LONGEST, widget=forms.Textarea({"rows": 5}))


class OwnCommentForm(forms.Form):
    """One's own comment in other words."""

    text = forms.CharField(label="Your comment", max_length=_LONGEST, widget=forms.Textarea({"rows": 5}))


class AddressForm(WhoForm):
    """An address alone."""

    def __init__(self, visitor: Visitor | None, *args: Any, **given: Any) -> None:
        super().__init__(visitor, *args, **given)
        self.fields.pop("name", None)
