"""Who may come in, and how."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Nobody signs up by themselves: people come in by the link of an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
