"""What anybody may read: ideas, what is coming, what is new."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string

from clearspan.stages.portal import atom
from clearspan.stages.portal.models import Idea, Portal
from clearspan.stages.portal.queries import public
from clearspan.stages.portal.queries.similar import similar as alike
from clearspan.stages.portal.queries.standing import launches_for, line_of
from clearspan.stages.portal.views.public.common import open_page, portal_of, shown, visitor_of

_FEW = 6  # ideas on the first page
_NEWEST = 3
_IN_FEED = 30


@open_page
def portals(request: HttpRequest) -> HttpResponse:
    """What can I say something about?"""
    found = public.portals()
    if len(found) == 1:
        return redirect("portal", found[0].product.key)
    return shown(request, "portal/portals.html", {"portals": found})


@open_page
def front(request: HttpRequest, key: str) -> HttpResponse:
    """Am I heard?"""
    portal = portal_of(key)
    line = line_of(portal.product)
    rows, page = public.ideas(portal.product, visitor_of(request), line=line, size=_FEW)
    context = {
        "rows": rows, "count": page.paginator.count, "groups": public.grouped(line),
        "entries": list(public.entries(portal.product)[:_NEWEST]),
    }  # fmt: skip
    return shown(request, "portal/front.html", context, portal=portal, place="ideas")


@open_page
def ideas(request: HttpRequest, key: str) -> HttpResponse:
    """What do others want?"""
    portal = portal_of(key)
    asked = {name: request.GET.get(name, "")[:100] for name in ("q", "state", "order", "page")}
    state = asked["state"] if asked["state"] in Idea.Standing.values else ""
    order = asked["order"] if asked["order"] in public.ORDERS else ""
    rows, page = public.ideas(
        portal.product, visitor_of(request), q=asked["q"], state=state, order=order, page=asked["page"] or 1
    )
    kept = {"q": asked["q"], "state": state, "order": order}

    def at(**changes: object) -> str:
        return "?" + urlencode({name: value for name, value in {**kept, **changes}.items() if value})

    context = {
        "rows": rows, "page": page, "q": asked["q"], "state": state, "order": order,
        "states": [("", "any state"), *Idea.Standing.choices],
        "switch": [("most wanted", at(order=""), not order), ("newest", at(order="new"), order == "new")],
        "before": at(page=page.previous_page_number()) if page.has_previous() else "",
        "next": at(page=page.next_page_number()) if page.has_next() else "",
    }  # fmt: skip
    return shown(request, "portal/ideas.html", context, portal=portal, place="ideas")


@open_page
def idea(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """What became of it?"""
    portal = portal_of(key)
    line, visitor = line_of(portal.product), visitor_of(request)
    found = public.one(portal.product, pk, line)
    if found is None:
        raise Http404("no such idea")
    if found.merged_into is not None:
        return redirect("portal_idea", key, found.merged_into_id)
    (row,) = public.shown([found], visitor, line)
    is_here = found.stands == Idea.Standing.HERE and not found.standing
    context = {
        "row": row, "idea": found, "comments": public.comments(found),
        "launches": launches_for(found) if is_here else [],
        "follows": public.follows(visitor, portal.product, found),
    }  # fmt: skip
    return shown(request, "portal/idea.html", context, portal=portal, place="ideas")


@open_page
def similar(request: HttpRequest, key: str) -> HttpResponse:
    """Ideas like what is being written, as a piece of a page."""
    portal = portal_of(key)
    rows = alike_rows(request, portal, request.GET.get("text", ""))
    return HttpResponse(render_to_string("portal/_similar.html", {"rows": rows, "product": portal.product}))


def alike_rows(request: HttpRequest, portal: Portal, text: str) -> list[public.Shown]:
    """Similar ideas, as they stand in a list."""
    found = [like.idea for like in alike(portal.product, text)]
    if not found:
        return []
    line = line_of(portal.product)
    rows = public.with_standing(public.public_ideas(portal.product), line).in_bulk([one.pk for one in found])
    return public.shown([rows[one.pk] for one in found if one.pk in rows], visitor_of(request), line)


@open_page
def coming(request: HttpRequest, key: str) -> HttpResponse:
    """What is coming?"""
    portal = portal_of(key)
    groups = public.grouped(line_of(portal.product))
    return shown(request, "portal/coming.html", {"groups": groups}, portal=portal, place="coming")


@open_page
def new(request: HttpRequest, key: str) -> HttpResponse:
    """What is new?"""
    portal = portal_of(key)
    page = public.changelog(portal.product, request.GET.get("page", 1))
    context = {
        "page": page, "before": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "next": f"?page={page.next_page_number()}" if page.has_next() else "",
        "follows": public.follows(visitor_of(request), portal.product),
    }  # fmt: skip
    return shown(request, "portal/new.html", context, portal=portal, place="new")


@open_page
def entry(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """One thing that is new."""
    portal = portal_of(key)
    found = public.entries(portal.product).filter(pk=pk).first()
    if found is None:
        raise Http404("no such entry")
    return shown(request, "portal/entry.html", {"entry": found}, portal=portal, place="new")


@open_page
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """What is new, for a reader of feeds."""
    portal = portal_of(key)
    words = atom.feed(portal, list(public.entries(portal.product)[:_IN_FEED]))
    return HttpResponse(words, content_type="application/atom+xml; charset=utf-8")


@open_page
def how(request: HttpRequest, key: str) -> HttpResponse:
    """How do they choose, and who answers for what is kept?"""
    return shown(request, "portal/how.html", {}, portal=portal_of(key))
