"""A definition as a document to read, print and take away."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from clearspan.catalogue.models import Product
from clearspan.core.web import actor_of
from clearspan.stages.definition import exports
from clearspan.stages.definition.content import POSITIONING, TEXTS
from clearspan.stages.definition.exports.subject import Subject, subject
from clearspan.stages.definition.views.common import found, version_of


def document(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """A version, or what is written now, as it will be printed."""
    shown = _subject(request, product, pk)
    content = shown.content
    context = {
        "product": product, "subject": shown, "definition": shown.definition, "content": content,
        "trace": shown.stations, "forms": exports.FORMS.items(), "version": request.GET.get("version", ""),
        "positioning": [(TEXTS[name], getattr(content, name)) for name in POSITIONING if getattr(content, name)],
    }  # fmt: skip
    return render(request, "definition/document.html", context)


def download(request: HttpRequest, product: Product, pk: int, kind: str) -> HttpResponse:
    """The same as a file."""
    if kind not in exports.FORMS:
        raise Http404("no such form")
    form, shown = exports.FORMS[kind], _subject(request, product, pk)
    response = HttpResponse(exports.export(shown, kind), content_type=form.media)
    response["Content-Disposition"] = f'attachment; filename="{shown.name}.{form.ending}"'
    return response


def _subject(request: HttpRequest, product: Product, pk: int) -> Subject:
    definition = found(request, product, pk)
    return subject(actor_of(request), definition, version_of(definition, request.GET.get("version", "")))
