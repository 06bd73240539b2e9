"""Keeps secrets that Clearspan itself has to use, such as a tracker's token: sealed with a key of the company's own.

The key is derived from SECRET_KEY and stands nowhere: a copy of the database alone opens nothing.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class CannotOpen(Exception):  # noqa: N818 an answer, not an error
    """What is sealed was sealed with another SECRET_KEY, or is damaged: the secret has to be given again."""


def seal(secret: str) -> str:
    """`secret` as it may be stored. "" stays ""."""
    return _box().encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str) -> str:
    """What was sealed. Raises CannotOpen."""
    try:
        return _box().decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken:
        raise CannotOpen("it was sealed with another secret key") from None


def key_name() -> str:
    """What the key is called: tells two keys apart, and opens nothing."""
    named = HKDF(algorithm=SHA256(), length=8, salt=None, info=b"clearspan: the key's name")
    return named.derive(settings.SECRET_KEY.encode()).hex()


def _box() -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"clearspan: sealed secrets")
    return Fernet(base64.urlsafe_b64encode(key.derive(settings.SECRET_KEY.encode())))
