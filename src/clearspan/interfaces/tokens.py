"""From the secret of a token to the actor it stands for."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from clearspan.core.actor import Actor
from clearspan.core.models import Token

READ = "read"


def actor_of_secret(secret: str, interface: str) -> Actor | None:
    """The person behind a token, narrowed to its scopes; None for a secret that opens nothing (any more)."""
    token = Token.objects.of_secret(secret) if secret else None
    if token is None:
        return None
    now = timezone.now()
    if token.used_at is None or now - token.used_at > timedelta(minutes=1):  # not a write for every request
        Token.objects.filter(pk=token.pk).update(used_at=now)
    return Actor(token.person, token, interface=interface)
