"""The pages of one's second factor, where django-allauth's own say too little or allow too much."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import IndexView
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from clearspan.core.second_factor import must_have, second_factors


class Mine(IndexView):  # type: ignore[misc]  # allauth ships no types
    """What one has, and whether one has to."""

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        person = self.request.user
        own = {"must": must_have(person), "has": bool(second_factors([person]))}
        return {**super().get_context_data(**options), **own}


class RemoveKey(RemoveWebAuthnView):  # type: ignore[misc]
    """Takes a security key away, unless it is the last second factor of somebody who has to have one."""

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        adapter = get_adapter()
        if request.user.is_authenticated and not adapter.can_delete_authenticator(self.get_object()):
            messages.error(request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        response: HttpResponseBase = super().dispatch(request, *args, **options)
        return response


mine = Mine.as_view()
remove_key = RemoveKey.as_view()
