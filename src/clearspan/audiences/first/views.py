"""The first page of each: what "/" gives a person, and what others are given where one may look at theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from clearspan.audiences.development.first import development
from clearspan.audiences.functions.first import functions
from clearspan.audiences.leadership.first import leadership, moves_of, of_moves
from clearspan.audiences.product.today import MOST, changed, of_waiting, today
from clearspan.audiences.product.waiting import managed_by, waiting_for
from clearspan.audiences.sales.first import sales
from clearspan.catalogue.models import Product, Supplier
from clearspan.core.actor import Actor, Kind
from clearspan.core.models import Company, User
from clearspan.core.web import actor_of, page
from clearspan.stages.decisions.audiences import open_to
from clearspan.stages.portal.models import Portal
from clearspan.ui.marks import Scale

VISIT = timedelta(minutes=30)  # pages looked at within this time are one visit
FEW = 5  # changes beside what waits, on the page of another question
PAGES: dict[str, tuple[str, Callable[[Actor, Product | None, date], Any]]] = {
    "leadership": ("Leadership", leadership),
    "development": ("Development", development),
    "sales": ("Sales", sales),
    "functions": ("All functions", functions),
}
OF_ALL = ("leadership",)  # of all products, whichever is open
OWN = {Kind.LEADERSHIP: "leadership", Kind.DEVELOPMENT: "development", Kind.SALES: "sales", Kind.OTHER: "functions"}


def first(request: HttpRequest) -> HttpResponse:
    """What is new, and what do I do?"""
    actor = actor_of(request)
    if actor.guest is not None and Supplier.objects.visible_to(actor).exists():
        return redirect("supplying")
    if not actor.is_employee or actor.person is None:
        portals = Portal.objects.visible_to(actor).select_related("product").order_by("product__name")
        return page(request, "audiences/nothing_yet.html", {"portals": portals}, place="today")
    key = OWN.get(actor.kind or "")
    return _product(request, actor) if key is None else _of(request, actor, key, is_own=True)


def first_for(request: HttpRequest, audience: str) -> HttpResponse:
    """What another function is given as its first page, to whoever may look at it."""
    actor = actor_of(request)
    if not actor.is_employee or audience not in _open(actor):
        raise Http404("no such page")
    if audience == "product":
        return _product(request, actor)
    return _of(request, actor, audience, is_own=OWN.get(actor.kind or "") == audience)


def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for oneself, and what others changed: one's first page asks for it once it is there."""
    actor = actor_of(request)
    if not actor.is_employee or actor.person is None:
        raise Http404("no such page")
    since = _since(request, actor.person)
    found = waiting_for(actor, managed_by(actor), MOST)
    news = changed(actor, since)
    context = {"waiting": found, "changed": news, "since": since}
    if _is_part(request):
        part = {"changed": news[:FEW], "more_changed": len(news) > FEW}
        return render(request, "first/_own.html", context | part)
    context |= {"now": timezone.localtime(), "answer": f"{of_waiting(found)}."}
    crumbs = [("Today", reverse("today")), ("Waits for you", "")]
    return page(request, "first/waiting.html", context, place="today", crumbs=crumbs)


def moves(request: HttpRequest) -> HttpResponse:
    """What competitors did lately, to whoever may look at leadership's first page: it too comes once that is there."""
    actor = actor_of(request)
    if not actor.is_employee or "leadership" not in _open(actor):
        raise Http404("no such page")
    found = moves_of(actor)
    if _is_part(request):
        return render(request, "first/_moves.html", {"found": found})
    context = {"found": found, "answer": of_moves(found)}
    crumbs = [("Today", reverse("today")), ("What others did lately", "")]
    return page(request, "first/moves.html", context, place="today", crumbs=crumbs)


def _is_part(request: HttpRequest) -> bool:
    """Whether a page that is there already asks, rather than a person who follows a link."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request


def _product(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What changed, and what waits for me? Of who manages products."""
    assert actor.person is not None
    found = today(actor, _since(request, actor.person))
    plans = [row.plan for row in found.rows if row.plan]
    context = {
        "today": found, "scale": Scale.amounts([v for plan in plans for v in plan]) if plans else None,
        "currency": Company.ours().currency, "now": timezone.localtime(), "me": actor.person,
        "switch": _switch(actor, "product"),
    }  # fmt: skip
    return page(request, "first/product.html", context, place="today", crumbs=[("Today", "")])


def _of(request: HttpRequest, actor: Actor, key: str, *, is_own: bool) -> HttpResponse:
    """The page of another function; to one's own comes, once it is there, what waits for oneself (`waiting`)."""
    assert actor.person is not None
    since = _since(request, actor.person)
    product = None if key in OF_ALL else Product.opened_by(actor, request.session.get("product"))
    context = {
        "found": PAGES[key][1](actor, product, timezone.localdate()), "product": product, "since": since,
        "now": timezone.localtime(), "currency": Company.ours().currency, "switch": _switch(actor, key),
        "is_own": is_own,
    }  # fmt: skip
    crumbs = [("Today", "" if is_own else reverse("today"))] + ([] if is_own else [(PAGES[key][0], "")])
    return page(request, f"first/{key}.html", context, place="today", crumbs=crumbs)


def _open(actor: Actor) -> dict[str, str]:
    """The first pages the actor may look at, with their names, one's own first."""
    theirs = {one.key: one.name for one in open_to(actor) if one.key in PAGES}
    sees_all = actor.kind in (Kind.PRODUCT, Kind.LEADERSHIP)
    return ({"product": "Product"} if sees_all else {}) | theirs


def _switch(actor: Actor, key: str) -> list[tuple[str, str, bool]]:
    own = OWN.get(actor.kind or "", "product")
    pages = sorted(_open(actor).items(), key=lambda one: one[0] != own)
    return [(name, reverse("today") if k == own else reverse("first_for", args=[k]), k == key) for k, name in pages]


def _since(request: HttpRequest, person: User) -> datetime | None:
    """When the person was here before this visit: stays the same while one moves about."""
    now, last = timezone.now(), person.seen_at
    if last is None or now - last > VISIT:
        request.session["since"] = last.isoformat() if last else ""
    if last is None or now - last > timedelta(minutes=1):
        User.objects.filter(pk=person.pk).update(seen_at=now)
    kept = request.session.get("since")
    return datetime.fromisoformat(kept) if kept else None
