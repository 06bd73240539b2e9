"""Gives every request its actor, and a memory of what it has read already."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from clearspan.core.actor import Actor
from clearspan.core.once import remembering


class ActorMiddleware:
    """`request.actor`: the signed-in person at a screen. Machine interfaces replace it with a token's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user if request.user.is_authenticated else None
        request.actor = Actor(person)  # type: ignore[attr-defined,arg-type]  # Django's request has no slot for it
        with remembering():
            return self.get_response(request)
