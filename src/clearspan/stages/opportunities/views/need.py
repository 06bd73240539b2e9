"""The page of one need, and the forms that make and change it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.core.web import actor_of, must, page
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities.actions import change_opportunity, create_opportunity, move_opportunity
from clearspan.stages.opportunities.forms import NeedForm
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.opportunities.views import need_page
from clearspan.stages.opportunities.views.rows import crumbs, row_or_404
from clearspan.ui.figure import taken


def show(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    row = row_or_404(request, Opportunity, product, pk, "keeper", "parent", "merged_into", "product")
    context = need_page.context(actor_of(request), row)
    figures = [context[name] for name in ("voices", "narrowed") if context.get(name)]
    return taken(request, figures) or page(
        request,
        "opportunities/need.html",
        context,
        place="opportunities",
        crumbs=crumbs(product, (row.title, "")),
        about=row,
    )


def new(request: HttpRequest, product: Product) -> HttpResponse:
    """Adds a need; `?feedback=FB-12&quote=...` brings the evidence it was found in."""
    actor = actor_of(request)
    must(actor, create_opportunity, product=product)
    given = request.POST if request.method == "POST" else request.GET
    evidence = _evidence(request, product, given.getlist("feedback"))
    quote = given.get("quote", "") if len(evidence) == 1 else ""
    form = NeedForm(actor, product, request.POST or None)
    if request.method == "POST" and form.is_valid():
        extra = {"feedback": evidence or None, "quote": quote}
        done = form.perform(request, create_opportunity, product=product, **_filled(form), **extra)
        if done is not None:
            return redirect(given.get("next") or reverse("opportunity", args=[product.key, done.result.pk]))
    context = {"form": form, "product": product, "evidence": evidence, "quote": quote, "next": given.get("next", "")}
    place = {"place": "opportunities", "crumbs": crumbs(product, ("New need", ""))}
    return page(request, "opportunities/form.html", context, status=200 if not form.errors else 422, **place)  # type: ignore[arg-type]


def change(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    row = row_or_404(request, Opportunity, product, pk)
    must(actor_of(request), change_opportunity, opportunity=row)
    initial = {name: getattr(row, name) for name in ("title", "outcome", "description", "parent", "keeper")}
    form = NeedForm(actor_of(request), product, request.POST or None, initial=initial, of=row)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("title", "outcome", "description", "keeper")}
        done = form.perform(request, change_opportunity, opportunity=row, **given)
        if done and form.cleaned_data["parent"] != row.parent:
            done = form.perform(request, move_opportunity, opportunity=row, parent=form.cleaned_data["parent"])
        if done:
            return redirect("opportunity", product.key, row.pk)
    context = {"form": form, "product": product, "need": row}
    place = {"place": "opportunities", "crumbs": crumbs(product, (row.title, ""), ("Change", "")), "about": row}
    return page(request, "opportunities/form.html", context, status=200 if not form.errors else 422, **place)  # type: ignore[arg-type]


def _filled(form: NeedForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}


def _evidence(request: HttpRequest, product: Product, references: list[str]) -> list[Feedback]:
    keys = [key for reference in references[:200] if (key := Feedback.key_of(reference)) is not None]
    rows = Feedback.objects.visible_to(actor_of(request)).filter(product=product, pk__in=keys)
    return list(rows.select_related("account")) if keys else []
