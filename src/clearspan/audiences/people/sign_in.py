"""Who may come in, and how."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from clearspan.audiences.people.middleware import VOUCHED
from clearspan.core.models import User


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Nobody signs up by themselves: people come in by the link of an invitation, or a provider vouches for them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Before what guards an account is changed. Who signed in minutes ago has just shown who they are."""
        person = self.request.user
        records = get_authentication_records(self.request, person)
        if any(time.time() - one["at"] < app_settings.REAUTHENTICATION_TIMEOUT for one in records):
            return False
        return bool(self.get_reauthentication_methods(person))

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [one for one in methods if settings.PASSWORDS or one["id"] != "reauthenticate"]

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse:
        """Remembers that the provider asked for a second factor itself (`amr` of the ID token, RFC 8176)."""
        login = (options.get("signal_kwargs") or {}).get("sociallogin")
        if "mfa" in (getattr(login, "claims", {}).get("amr") or ()):
            request.session[VOUCHED] = True
        return super().post_login(request, user, **options)
