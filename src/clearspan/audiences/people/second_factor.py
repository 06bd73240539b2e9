"""How django-allauth keeps second factors for us: sealed, in our words, and not taken away where they are required."""

from __future__ import annotations

import base64
import hashlib
import secrets

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.safestring import mark_safe

from clearspan.core.models import User
from clearspan.core.second_factor import KINDS, must_have
from clearspan.ui.marks import qr


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Secrets are sealed with the secret key, so that a copy of the database alone opens no account."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code does not fit, or was used already. An app shows a new one every half minute.",
        "cannot_delete_authenticator": "Clearspan asks for a second factor here: add another, then take this away.",
        "cannot_generate_recovery_codes": "Recovery codes stand in for a second factor: set one up first.",
    }

    def encrypt(self, text: str) -> str:
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """With another secret key than it was sealed with, a secret that nobody knows: no code fits it any more."""
        try:
            return _seal().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def build_totp_svg(self, url: str) -> str:
        code = qr(url, alt="A square code that an authenticator app reads. The key below it says the same.")
        return mark_safe(code.markup())  # noqa: S308 a mark escapes every word it is given

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user=authenticator.user, type__in=KINDS).exclude(pk=authenticator.pk)
        return others.exists() or not must_have(authenticator.user)

    def generate_authenticator_name(self, user: User, type: str) -> str:
        return f"Key {Authenticator.objects.filter(user=user, type=type).count() + 1}"


def _seal() -> Fernet:
    key = hashlib.sha256(b"second factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
