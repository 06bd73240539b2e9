"""Tokens for machine interfaces."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from clearspan.core.actor import Actor
from clearspan.core.people import create_token

Token = Callable[..., str]


@pytest.fixture
def token() -> Token:
    """Makes a token for an actor's person and returns its secret."""

    def make(actor: Actor, *scopes: str) -> str:
        secret: str = create_token(actor, name="my agent", scopes=list(scopes or ("read", "write")))["secret"]
        return secret

    return make
