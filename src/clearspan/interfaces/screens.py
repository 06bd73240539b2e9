"""The screen's face of every action: POST /do/ACTION with the action's own parameters.

A button is a form that posts there; `next` says where to go afterwards. Pages with longer forms have views of their
own, which call the same actions.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from clearspan.core.actions import Action, Invalid, registry, row_type
from clearspan.core.web import perform


@require_POST
def do(request: HttpRequest, name: str) -> HttpResponse:
    """Does the action and goes back to where the person was, with a toast that says what happened."""
    if name not in registry:
        raise Http404("no such action")
    try:
        perform(request, registry[name], **_given(request, registry[name]))
    except Invalid as error:
        messages.error(request, f"Nothing was changed: {error}.")
    return redirect(_next(request))


def _given(request: HttpRequest, action: Action) -> dict[str, Any]:
    """The parameters as posted. An empty field is one that was not given; a list is one name posted several times."""
    given: dict[str, Any] = {}
    for name, (hint, _) in action.parameters.items():
        if row_type(hint)[1] or ("list[" in str(hint) and name in request.POST):
            given[name] = [value for value in request.POST.getlist(name) if value]
        elif request.POST.get(name, "") != "":
            given[name] = request.POST[name]
    return given


def _next(request: HttpRequest) -> str:
    for target in (request.POST.get("next", ""), request.headers.get("Referer", "")):
        if target and url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
            return target
    return "/"
