"""How a screen does an action and says so."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from clearspan.core.actions import Action, Done, NotThere, Refused
from clearspan.core.actor import Actor


def actor_of(request: HttpRequest) -> Actor:
    """Who makes the request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by ActorMiddleware
    return actor


def perform(request: HttpRequest, action: Action, **given: Any) -> Done:
    """Does the action for the person at the screen and leaves a toast with its undo.

    What may not be seen is a 404, what may not be done a 403; `Invalid` is left to the form that can show it.
    """
    try:
        done = action.perform(actor_of(request), **given)
    except NotThere as error:
        raise Http404(str(error)) from None
    except Refused as error:
        raise PermissionDenied(str(error)) from None
    summary = done.event.summary
    messages.success(
        request, summary[:1].upper() + summary[1:], extra_tags=f"undo:{done.event.pk}" if done.event.can_undo else ""
    )
    return done
