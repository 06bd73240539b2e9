"""Signing in by address and password."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from clearspan.core.models import User


class ByAddress(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """allauth's; who is signed in is read with their function, which every page asks for, in one question."""

    def get_user(self, user_id: Any) -> User | None:
        person: User | None = User.objects.select_related("function").filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None
