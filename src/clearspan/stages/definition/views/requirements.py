"""One requirement: what must be true, when it is accepted, and what it stands on."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from clearspan.catalogue.models import Product
from clearspan.core import comments, history
from clearspan.core.web import actor_of, must, page
from clearspan.stages.definition import content, queries
from clearspan.stages.definition.actions import add_requirement, change_requirement
from clearspan.stages.definition.forms import NewRequirementForm, RequirementForm
from clearspan.stages.definition.models import Definition, Requirement
from clearspan.stages.definition.proposing import needs_of
from clearspan.stages.definition.rules import works_on
from clearspan.stages.definition.views.common import crumbs_of, found


def new(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Adds a requirement, with the need it stands on."""
    actor, shown = actor_of(request), found(request, product, pk)
    must(actor, add_requirement, definition=shown)
    form = NewRequirementForm(request.POST or None)
    needs = needs_of(actor, shown.option)
    form.fields["opportunity"].choices = [("", "no need yet"), *((need.ref, need.title) for need in needs)]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        done = form.perform(request, add_requirement, definition=shown, **form.given())
        if done is not None:
            another = "another" in request.POST
            return redirect("new_requirement" if another else "definition", product.key, pk)
    context = {"product": product, "definition": shown, "form": form}
    where, status = crumbs_of(shown, ("New requirement", "")), 422 if form.errors else 200
    template = "definition/new_requirement.html"
    return page(request, template, context, place="definitions", crumbs=where, about=shown, status=status)


def requirement(request: HttpRequest, product: Product, pk: int, number: int) -> HttpResponse:
    """A requirement; `?q=` looks for what it could stand on."""
    actor, shown = actor_of(request), found(request, product, pk)
    row = _row(shown, number)
    initial = {"title": row.title, "text": row.text, "weight": row.weight, "criteria": "\n".join(row.criteria)}
    may = works_on(actor, {"requirement": row})
    form = RequirementForm(request.POST or None, initial=initial)
    if request.method == "POST":
        must(actor, change_requirement, requirement=row)
        if form.is_valid():
            changed = form.changed()
            if not changed or form.perform(request, change_requirement, requirement=row, **changed):
                return redirect("requirement", product.key, pk, number)
    q = request.GET.get("q", "").strip()[:200]
    context: dict[str, Any] = {
        "product": product, "definition": shown, "requirement": row, "row": row, "form": form, "may": may, "q": q,
        "grounds": [(one, content.says_of(one.on)) for one in queries.grounds(row)],
        "candidates": queries.candidates(actor, row, q) if may else None,
        "comments": comments.about(actor, row), "events": history.of(actor, row, limit=8),
    }  # fmt: skip
    where, status = crumbs_of(shown, (row.ref, "")), 422 if form.errors else 200
    template = "definition/requirement.html"
    return page(request, template, context, place="definitions", crumbs=where, about=shown, status=status)


def _row(definition: Definition, number: int) -> Requirement:
    row: Requirement | None = definition.requirements.filter(pk=number).first()
    if row is None:
        raise Http404("no such requirement")
    row.definition = definition
    return row
