"""The page behind the link that ends a digest: it works without signing in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from clearspan.core.actor import Actor
from clearspan.stages.briefs import digests
from clearspan.stages.briefs.actions import stop_digest


@csrf_exempt  # mail programs press it for their people (RFC 8058); the link itself says who asks
@login_not_required
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Asks, and on the press of the button ends it: programs that only look at links end nothing."""
    digest = digests.named(token)
    if digest is None:
        raise Http404("no such digest")
    if request.method == "POST":
        stop_digest(Actor(digest.person, interface="mail"), digest=digest)
        digest.refresh_from_db()
    return render(request, "briefs/stop_digest.html", {"digest": digest, "is_over": digest.every == "off"})
