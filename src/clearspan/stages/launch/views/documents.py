"""Documents of a launch: read, changed, taken along as Markdown, a page to print, or PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify

from clearspan.catalogue.models import Product
from clearspan.core import history
from clearspan.core.actor import Actor
from clearspan.core.web import actor_of, must, page
from clearspan.stages.launch import actions, drafts, queries
from clearspan.stages.launch.forms.commitments import DocumentForm, NewDocumentForm
from clearspan.stages.launch.models import Collateral, Launch
from clearspan.stages.launch.views.common import crumbs, form_page, is_sent, launch_of, part_of


@dataclass(frozen=True)
class Shown:
    """A document with what is said about it beside its name."""

    document: Collateral
    gaps: list[str]
    source: str  # what it was drafted from, and what is newer


def documents_of(actor: Actor, launch: Launch) -> list[Shown]:
    """The launch's documents, with what each was drafted from and whether that has changed since."""
    rows = queries.documents(actor, launch)
    newer = drafts.newest_of(launch) if rows else {}
    return [Shown(one, drafts.gaps_of(one.text), drafts.source_words(one, newer)) for one in rows]


def document(request: HttpRequest, product: Product, pk: int, number: int) -> HttpResponse:
    """The document, what is missing in it, and what it was drafted from."""
    actor, launch = actor_of(request), launch_of(request, product, pk)
    shown: Collateral = part_of(request, launch, Collateral, number)
    context: dict[str, Any] = {
        "product": product, "launch": launch, "document": shown, "text": drafts.read(shown),
        "gaps": drafts.gaps_of(shown.text),
        "source": drafts.source_words(shown, drafts.newest_of(launch)),
        "may_write": actions.change_collateral.rule(actor, {"collateral": shown}),
        "may_remove": actions.remove_collateral.rule(actor, {"collateral": shown}),
        "events": history.of(actor, shown, limit=8),
    }  # fmt: skip
    where = crumbs(launch, shown.title)
    return page(request, "launch/document.html", context, place="launches", crumbs=where, about=launch)


def new_document(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Drafts a document from what was defined."""
    actor, launch = actor_of(request), launch_of(request, product, pk)
    must(actor, actions.draft_collateral, launch=launch)
    form = NewDocumentForm(actor, request.POST or None)
    if is_sent(request, form):
        given = {**form.cleaned_data, "function": form.cleaned_data["function"] or None}
        if (done := form.perform(request, actions.draft_collateral, launch=launch, **given)) is not None:
            return redirect("document", product.key, pk, done.result.pk)
    words = {
        "answer": "Which document does the launch need?", "save": "Draft it",
        "lede": "It is drafted from what was defined; what nobody has written yet is named in it.",
        "back": reverse("launch", args=[product.key, pk]),
    }  # fmt: skip
    return form_page(request, product, form, words, crumbs(launch, "New document"), launch)


def change_document(request: HttpRequest, product: Product, pk: int, number: int) -> HttpResponse:
    """Writes into a document."""
    actor, launch = actor_of(request), launch_of(request, product, pk)
    shown: Collateral = part_of(request, launch, Collateral, number)
    must(actor, actions.change_collateral, collateral=shown)
    form = DocumentForm(request.POST or None, initial={"title": shown.title, "text": shown.text})
    if is_sent(request, form) and form.perform(
        request, actions.change_collateral, collateral=shown, **form.cleaned_data
    ):
        return redirect("document", product.key, pk, number)
    words = {"answer": shown.title, "save": "Keep", "draft": shown.ref,
             "back": reverse("document", args=[product.key, pk, number])}  # fmt: skip
    return form_page(request, product, form, words, crumbs(launch, shown.title, "Write"), launch)


def document_to_print(request: HttpRequest, product: Product, pk: int, number: int) -> HttpResponse:
    """The document alone, as it is handed over."""
    launch = launch_of(request, product, pk)
    shown: Collateral = part_of(request, launch, Collateral, number)
    context = {"product": product, "launch": launch, "document": shown, "text": drafts.read(shown)}
    return render(request, "launch/print.html", context)


def document_as(request: HttpRequest, product: Product, pk: int, number: int, kind: str) -> HttpResponse:
    """The document as a file: Markdown or PDF."""
    shown: Collateral = part_of(request, launch_of(request, product, pk), Collateral, number)
    if kind == "pdf":
        response = HttpResponse(drafts.as_pdf(shown), content_type="application/pdf")
    elif kind == "md":
        response = HttpResponse(shown.text, content_type="text/markdown; charset=utf-8")
    else:
        raise Http404("no such form")
    response["Content-Disposition"] = f'attachment; filename="{slugify(shown.title) or shown.ref}.{kind}"'
    return response
