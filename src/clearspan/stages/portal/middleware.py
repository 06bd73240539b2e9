"""The public pages go round sessions, sign-in and messages: whoever reads them leaves nothing, and they can be kept by
any cache. Their own forms are signed, and their one cookie is never sent by another site's form."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve

from clearspan.stages.portal.queries import VISITOR


class PublicMiddleware:
    """Answers what is marked as public (views/public/common.py) before anything asks who it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/portal"):
            return self.get_response(request)
        try:
            match = resolve(request.path_info)
        except Http404:
            return self.get_response(request)
        if not getattr(match.func, "is_public", False):
            return self.get_response(request)
        request.resolver_match = match
        request.actor = VISITOR  # type: ignore[attr-defined]  # as ActorMiddleware would
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        return response
