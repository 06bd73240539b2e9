"""Feeds that are followed: the list with how each went last, and the forms."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.core.web import actor_of, page
from clearspan.stages.evidence import words
from clearspan.stages.evidence.actions import change_feed, follow_feed
from clearspan.stages.evidence.actions.feeds import follows
from clearspan.stages.evidence.forms import FeedForm
from clearspan.stages.evidence.models import Feed
from clearspan.stages.evidence.queries.intelligence import feeds as followed


def feeds(request: HttpRequest, product: Product) -> HttpResponse:
    """What is followed, and does it come?"""
    actor = actor_of(request)
    rows = list(followed(actor, product))
    context = {
        "product": product, "rows": [(row, words.often(row)) for row in rows], "answer": words.of_feeds(rows),
        "may": follows(actor, {"product": product}),
    }  # fmt: skip
    return page(request, "evidence/feeds.html", context, place="market", crumbs=_where(product, ("Feeds", "")))


def new(request: HttpRequest, product: Product) -> HttpResponse:
    """A form for a feed to follow; `?competitor=3` says whom it is about."""
    actor = actor_of(request)
    _must(follows(actor, {"product": product}))
    form = FeedForm(actor, product, request.POST or None, initial={"competitor": request.GET.get("competitor")})
    if request.POST and form.is_valid() and form.perform(request, follow_feed, product=product, **form.cleaned_data):
        return redirect("feeds", product.key)
    return _form(request, product, form, None)


def change(request: HttpRequest, product: Product, number: int) -> HttpResponse:
    """The same form, for one that is followed."""
    actor = actor_of(request)
    row = followed(actor, product).filter(pk=number).first()
    if row is None:
        raise Http404("no such feed")
    _must(follows(actor, {"feed": row}))
    form = FeedForm(actor, product, request.POST or None, initial=FeedForm.initial_of(row))
    if request.POST and form.is_valid() and form.perform(request, change_feed, feed=row, **form.cleaned_data):
        return redirect("feeds", product.key)
    return _form(request, product, form, row)


def _form(request: HttpRequest, product: Product, form: FeedForm, row: Feed | None) -> HttpResponse:
    context: dict[str, Any] = {"product": product, "form": form, "feed": row}
    where = _where(product, ("Feeds", reverse("feeds", args=[product.key])), (row.name if row else "Follow", ""))
    status = 422 if form.errors else 200
    return page(request, "evidence/feed_form.html", context, place="market", crumbs=where, status=status)


def _must(may: bool) -> None:
    if not may:
        raise PermissionDenied("feeds are followed by those who work on the product, and by sales")


def _where(product: Product, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("Intelligence", reverse("intelligence", args=[product.key])), *more]
