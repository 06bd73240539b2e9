"""Browsers at the door, and the codes of an authenticator app."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from clearspan.core.actor import Actor
from tests.world import PASSWORD

Clock = Callable[[float], None]


@pytest.fixture(autouse=True)
def no_tries_of_before() -> Iterator[None]:
    """Limits count in the cache, which tests share."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """`clock(60)`: a minute later, for whoever asks the time."""
    now, gone = time.time, [0.0]
    monkeypatch.setattr(time, "time", lambda: now() + gone[0])

    def later(seconds: float) -> None:
        gone[0] += seconds

    return later


def code_of(secret: str, steps: int = 0) -> str:
    """What the app shows now, or `steps` half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def sign_in(actor: Actor, client: Client | None = None, password: str = PASSWORD) -> tuple[Client, Any]:
    """By the form, as people do; what is answered last, after every redirect."""
    assert actor.person is not None
    client = client or Client()
    answered = client.post(reverse("account_login"), {"login": actor.person.email, "password": password}, follow=True)
    return client, answered


def set_up(client: Client) -> str:
    """Sets up an app, and returns its secret."""
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    secret: str = client.session[SECRET_SESSION_KEY]
    answered = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answered.url == reverse("mfa_view_recovery_codes"), answered.content
    return secret


def recovery_codes(actor: Actor) -> list[str]:
    codes: list[str] = Authenticator.objects.get(user=actor.person, type="recovery_codes").wrap().get_unused_codes()
    return codes


def is_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200
