"""Trackers that work items are pulled from, and what became of each pull."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.core import history
from clearspan.core.web import actor_of, page
from clearspan.stages.development import systems, tracker_words
from clearspan.stages.development.actions import change_tracker, connect_tracker
from clearspan.stages.development.forms.trackers import ChangeTrackerForm, TrackerForm
from clearspan.stages.development.models import Pull
from clearspan.stages.development.queries.trackers import TrackerRow, pulls_of, trackers_of
from clearspan.stages.development.rules import works_on


def trackers(request: HttpRequest, product: Product) -> HttpResponse:
    """Every tracker with what became of its last pull."""
    rows = trackers_of(actor_of(request), product)
    context = {
        "product": product,
        "rows": [(row, row.last and tracker_words.brought(row.last)) for row in rows],
        "answer": tracker_words.of_list(rows),
        "may": works_on(actor_of(request), {"product": product}),
    }
    return page(
        request,
        "development/trackers.html",
        context,
        place="development",
        crumbs=[*_crumbs(product)[:1], ("Trackers", "")],
    )


def connect(request: HttpRequest, product: Product) -> HttpResponse:
    """A tracker that is not pulled yet."""
    actor = actor_of(request)
    _must_work_on(request, product)
    form = TrackerForm(actor, product, request.POST or None, initial={"system": request.GET.get("system", "github")})
    if request.method == "POST" and form.is_valid():
        done = form.perform(request, connect_tracker, product=product, **form.given())
        if done is not None:
            return redirect("pull", product.key, done.result.pulls.get().pk)
    context = {"product": product, "form": form, "systems": list(systems.registry.values())}
    crumbs = _crumbs(product, ("Connect", ""))
    return page(
        request, "development/tracker_form.html", context, place="development", crumbs=crumbs, status=_status(form)
    )


def tracker(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """How a tracker is pulled, and its last pulls."""
    actor, row = actor_of(request), _row(request, product, pk)
    context = {
        "product": product,
        "row": row,
        "answer": tracker_words.of_tracker(row),
        "often": tracker_words.often(row.tracker),
        "pulls": [(one, tracker_words.brought(one)) for one in pulls_of(actor, row.tracker)],
        "so_far": row.last and tracker_words.so_far(row.last),
        "events": history.of(actor, row.tracker, limit=8),
        "may": works_on(actor, {"product": product}),
    }
    crumbs = _crumbs(product, (str(row.tracker), ""))
    return page(request, "development/tracker.html", context, place="development", crumbs=crumbs)


def change(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """How a tracker is pulled, said otherwise."""
    _must_work_on(request, product)
    shown = _row(request, product, pk).tracker
    form = ChangeTrackerForm(actor_of(request), shown, request.POST or None)
    sent = request.method == "POST" and form.is_valid()
    if sent and form.perform(request, change_tracker, tracker=shown, **form.given()) is not None:
        return redirect("tracker", product.key, pk)
    context = {"product": product, "form": form, "tracker": shown, "systems": [systems.registry[shown.system]]}
    crumbs = _crumbs(product, (str(shown), reverse("tracker", args=[product.key, pk])), ("Change", ""))
    return page(
        request, "development/tracker_form.html", context, place="development", crumbs=crumbs, status=_status(form)
    )


def pull(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """One pull: how far it is, what it brought, what could not be read."""
    found = _pull(request, product, pk)
    context = {
        "product": product, "pull": found, "answer": tracker_words.of_pull(found),
        "so_far": tracker_words.so_far(found), "brought": tracker_words.brought(found),
        "may": works_on(actor_of(request), {"product": product}),
    }  # fmt: skip
    crumbs = _crumbs(
        product, (str(found.tracker), reverse("tracker", args=[product.key, found.tracker_id])), (found.ref, "")
    )
    return page(request, "development/pull.html", context, place="development", crumbs=crumbs)


def progress(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """How far a pull is, asked every second; the whole page again once it has ended."""
    found = _pull(request, product, pk)
    context = {"product": product, "pull": found, "so_far": tracker_words.so_far(found)}
    response = render(request, "development/_pull_progress.html", context)
    if not found.is_under_way:
        response["HX-Refresh"] = "true"
    return response


def _row(request: HttpRequest, product: Product, pk: int) -> TrackerRow:
    rows = trackers_of(actor_of(request), product, pk=pk)
    if not rows:
        raise Http404("no such tracker")
    return rows[0]


def _pull(request: HttpRequest, product: Product, pk: int) -> Pull:
    rows = Pull.objects.visible_to(actor_of(request)).filter(tracker__product=product, pk=pk)
    found: Pull | None = rows.select_related("tracker", "asked_by").first()
    if found is None:
        raise Http404("no such pull")
    return found


def _must_work_on(request: HttpRequest, product: Product) -> None:
    if not works_on(actor_of(request), {"product": product}):
        raise PermissionDenied(f"Who works on {product} connects its trackers")


def _status(form: Any) -> int:
    return 422 if form.errors else 200


def _crumbs(product: Product, *crumbs: tuple[str, str]) -> list[tuple[str, str]]:
    start = [
        ("Development", reverse("development", args=[product.key])),
        ("Trackers", reverse("trackers", args=[product.key])),
    ]
    return [*start, *crumbs]
