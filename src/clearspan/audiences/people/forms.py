"""What is asked at the door: codes, and the name of a key."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth import password_validation
from django.core.cache import cache

REMEMBERED = 180  # seconds: longer than any code fits


class Welcome(forms.Form):
    """What a new person says of themselves."""

    name = forms.CharField(max_length=120, label="Your name", widget=forms.TextInput({"autocomplete": "name"}))
    password = forms.CharField(
        label="A password", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Eight characters or more; not a common one.", validators=[password_validation.validate_password],
    )  # fmt: skip


class OneCode(BaseAuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """A code fits once: one that was read over a shoulder is worth nothing any more."""

    code = forms.CharField(
        label="Code", max_length=20, help_text="Six digits from your authenticator app, or one of your recovery codes.",
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )  # fmt: skip

    def clean_code(self) -> str:
        code: str = super().clean_code()
        digits = "".join(filter(str.isalnum, code))
        if not cache.add(f"used-code:{self.user.pk}:{digits}", True, REMEMBERED):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(OneCode, AuthenticateForm):  # type: ignore[misc]
    """Asked when signing in."""


class CodeAgainForm(OneCode, ReauthenticateForm):  # type: ignore[misc]
    """Asked before what guards an account is changed."""


class FirstCodeForm(ActivateTOTPForm):  # type: ignore[misc]
    """Shows that the app has understood."""

    code = forms.CharField(
        label="The six digits it shows now", max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )  # fmt: skip


class KeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A security key, or a passkey of a phone or a computer."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"] = forms.CharField(
            label="Its name", max_length=60, required=False, help_text="So that you know which to take away one day."
        )
        self.order_fields(["name", "credential"])
