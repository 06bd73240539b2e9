"""What every public page has in common: no session, a cache that may keep it, the same head and foot."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers

from clearspan.core.actions import Action
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.stages.portal import links
from clearspan.stages.portal.models import Idea, Portal, Visitor
from clearspan.stages.portal.queries import VISITOR, public
from clearspan.ui.shell import Link

View = Callable[..., HttpResponse]
_KEPT = 60  # seconds for which a page of strangers may be kept by whoever carries it


def open_page(view: View) -> View:
    """Marks a view as public: it is answered by PublicMiddleware, to whomever, and its answer may be kept."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "none") == "cross-site":
            return HttpResponseForbidden("This form was sent by another site.", content_type="text/plain")
        request.visitor = links.visitor_of(request)  # type: ignore[attr-defined]  # read by visitor_of
        try:
            response = view(request, *args, **given)
        except Http404:
            response = _not_here(request)
        return _finished(request, response)

    marked: Any = login_not_required(answered)
    marked.is_public = True
    return marked  # type: ignore[no-any-return]


def visitor_of(request: HttpRequest) -> Visitor | None:
    """Whose browser it is; None for a stranger."""
    found: Visitor | None = request.visitor  # type: ignore[attr-defined]  # set by open_page
    return found


def do(action: Action, **given: Any) -> Any:
    """Does what a visitor asks for. The pages have judged it before, and the action says to whom it is open."""
    return action(Actor.system("portal"), **given)


def shown(
    request: HttpRequest, template: str, context: dict[str, Any], *, portal: Portal | None = None, place: str = "",
    status: int = 200, keeps: bool = True,
) -> HttpResponse:  # fmt: skip
    """A public page. `keeps` is off for what is made for one visitor or one moment: a form, what is kept of one."""
    words = render_to_string(template, {**_around(request, portal), "place": place, **context})
    response = HttpResponse(words, status=status)
    if not keeps or status != 200:
        response["Cache-Control"] = "no-store"
    return response


def portal_of(key: str) -> Portal:
    """The open portal of a product; 404 for what is not open, as for what is not there."""
    found = public.portal(key)
    if found is None:
        raise Http404("no such portal")
    return found


def idea_of(portal: Portal, pk: int) -> Idea:
    """A public idea."""
    found = Idea.objects.visible_to(VISITOR).filter(product=portal.product, pk=pk).select_related("product").first()
    if found is None:
        raise Http404("no such idea")
    return found


def _around(request: HttpRequest, portal: Portal | None) -> dict[str, Any]:
    key = portal.product.key if portal else ""
    pages = [("ideas", "Ideas"), ("coming", "Coming"), ("new", "New")] if portal else []
    return {
        "portal": portal, "product": portal.product if portal else None, "company": Company.ours().name,
        "visitor": visitor_of(request), "here": request.get_full_path(),
        "portal_home": reverse("portal", args=[key]) if portal else reverse("portals"),
        "portal_links": [Link(name, label, reverse(f"portal_{name}", args=[key])) for name, label in pages],
    }  # fmt: skip


def _not_here(request: HttpRequest) -> HttpResponse:
    return shown(request, "portal/not_here.html", {}, status=404)


def _finished(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["Cookie"])
    response["X-Frame-Options"] = "DENY"
    if response.status_code != 200 or request.method == "POST" or "Cache-Control" in response:
        response.setdefault("Cache-Control", "no-store")
        return response
    response["Cache-Control"] = "private, no-cache" if visitor_of(request) else f"public, max-age={_KEPT}"
    response["ETag"] = f'"{hashlib.blake2b(response.content, digest_size=16).hexdigest()}"'
    answer: HttpResponse = get_conditional_response(request, etag=response["ETag"], response=response) or response
    return answer


def site_root() -> str:
    return settings.BASE_URL.rstrip("/")
