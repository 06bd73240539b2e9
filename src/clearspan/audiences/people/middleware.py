"""Where a second factor is required, who has none sets one up before anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from clearspan.core.second_factor import must_have, second_factors
from clearspan.core.web import actor_of

OPEN = ("account_logout", "account_reauthenticate", "account_change_password")
VOUCHED = "vouched"  # the session's word that the identity provider has asked for a second factor


class SecondFactorMiddleware:
    """Pages that need no sign-in, among them every machine's door, are as open as ever: a token is not asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        person = actor_of(request).person
        match = request.resolver_match
        if person is None or match is None or not getattr(view, "login_required", True) or not must_have(person):
            return None
        if (match.url_name or "").startswith(("mfa_", *OPEN)) or request.session.get(VOUCHED):
            return None
        if second_factors([person]):
            return None
        target = reverse("mfa_index")
        return HttpResponseClientRedirect(target) if getattr(request, "htmx", False) else redirect(target)
