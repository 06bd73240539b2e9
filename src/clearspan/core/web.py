"""How a screen does an action and says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

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


def must(actor: Actor, action: Action, **given: Any) -> None:
    """Raises PermissionDenied, before a form is filled in, when the actor may not do what it does."""
    if not action.may(actor, **given):
        raise PermissionDenied(f"{actor} may not {action.name.replace('_', ' ')}")


@dataclass(frozen=True)
class Place:
    """Where a page is: its entry in the menus, its crumbs (label, address), and the row its trace strip is about."""

    name: str = ""
    crumbs: tuple[tuple[str, str], ...] = ()
    about: Any = None


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    place: str,
    crumbs: Iterable[tuple[str, str]] = (),
    about: Any = None,
    status: int = 200,
) -> HttpResponse:
    """A screen. `place` is its menu entry, `about` the row whose line the trace strip shows (else the product's).

    The shell around it (audiences/shell.py) is filled from this, so that a stage's view need not know the shell.
    """
    request.place = Place(place, tuple(crumbs), about)  # type: ignore[attr-defined]  # read by the shell
    return render(request, template, context, status=status)
