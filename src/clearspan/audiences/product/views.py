"""The first page."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from clearspan.audiences.product.today import today as read_today
from clearspan.catalogue.models import Supplier
from clearspan.core.models import Company, User
from clearspan.core.web import actor_of, page
from clearspan.ui.marks import Scale

VISIT = timedelta(minutes=30)  # pages looked at within this time are one visit


def today(request: HttpRequest) -> HttpResponse:
    """What changed, and what waits for me?"""
    actor = actor_of(request)
    if actor.guest is not None and Supplier.objects.visible_to(actor).exists():
        return redirect("supplying")
    if not actor.is_employee or actor.person is None:
        return page(request, "audiences/nothing_yet.html", {}, place="today")
    found = read_today(actor, _since(request, actor.person))
    plans = [row.plan for row in found.rows if row.plan]
    context = {
        "today": found, "scale": Scale.amounts([v for plan in plans for v in plan]) if plans else None,
        "currency": Company.ours().currency, "now": timezone.localtime(), "me": actor.person,
    }  # fmt: skip
    return page(request, "audiences/today.html", context, place="today", crumbs=[("Today", "")])


def _since(request: HttpRequest, person: User) -> datetime | None:
    """When the person was here before this visit: stays the same while one moves about."""
    now, last = timezone.now(), person.seen_at
    if last is None or now - last > VISIT:
        request.session["since"] = last.isoformat() if last else ""
    if last is None or now - last > timedelta(minutes=1):
        User.objects.filter(pk=person.pk).update(seen_at=now)
    kept = request.session.get("since")
    return datetime.fromisoformat(kept) if kept else None
