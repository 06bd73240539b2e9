from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from clearspan.core.actions import Invalid
from clearspan.core.imports import files
from clearspan.core.imports.actions import discard_import, match_columns, run_import, start_import, undo_import
from clearspan.core.models import Import
from clearspan.core.web import actor_of, page, perform
from clearspan.interfaces.imports import words
from clearspan.interfaces.imports.forms import NewImport, as_matched
from clearspan.interfaces.imports.sight import sight_of

PAGE = 50
PLACE = "settings"
CRUMB = ("Imports", "/imports")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every file that was brought in, or is being."""
    actor = actor_of(request)
    if not actor.is_employee:
        raise Http404("nothing to see")
    rows = Import.objects.visible_to(actor).select_related("asked_by")
    kind, query = request.GET.get("kind", ""), request.GET.get("q", "").strip()
    found = rows.filter(**({"kind": kind} if kind else {}), **({"name__icontains": query} if query else {}))
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    last = rows.filter(status=Import.Status.DONE).first()
    context = {
        "page": shown,
        "kind": kind,
        "query": query,
        "kinds": words.kinds(actor_of(request)),
        "any": bool(last) or shown.paginator.count > 0 or rows.exists(),
        "answer": words.list_answer(rows.filter(status=Import.Status.DONE).count(), last),
    }
    return page(request, "imports/list.html", context, place=PLACE, crumbs=[("Imports", "")])


def new(request: HttpRequest) -> HttpResponse:
    """Step 1: a file, and what it holds."""
    actor = actor_of(request)
    if not actor.is_employee:
        raise Http404("nothing to see")
    form = NewImport(request.POST or None, request.FILES or None, actor=actor, product=request.session.get("product"))
    if request.method == "POST" and form.is_valid():
        try:
            kept = files.keep(form.cleaned_data["file"].chunks())
            given = {"name": form.cleaned_data["file"].name[:200], "kind": form.cleaned_data["kind"]}
            options = {"product": form.cleaned_data["product"]}
            file = start_import(actor, **given, upload=kept.digest, options=options)
            return redirect("import_page", file.pk)
        except Invalid as invalid:
            for name, sentence in invalid.faults.items():
                form.add_error(name if name in form.fields else "file", sentence)
        except files.TooLarge as error:
            form.add_error("file", str(error))
    context = {"form": form, "kinds": words.kinds(actor)}
    return page(request, "imports/new.html", context, place=PLACE, crumbs=[CRUMB, ("A new file", "")])


@require_safe
def page_of(request: HttpRequest, pk: int) -> HttpResponse:
    """Steps 2 and 3: how the file is understood while it can still be said; then how far it is, and what came."""
    file = _file(request, pk)
    context = {
        "file": file,
        "kind": words.kind_of(file),
        "answer": words.answer(file),
        "facts": words.facts(file),
        "read": words.read_as(file),
        "seen_at": words.seen_at(actor_of(request), file, request.session.get("product", "")),
    }
    if file.status in words.OPEN:
        context["sight"] = sight = sight_of(actor_of(request), file)
        context["may"] = run_import.may(actor_of(request), file=file)
        context["answer"] = words.answer_before(file, sight)
    template = "imports/match.html" if file.status in words.OPEN else "imports/result.html"
    return page(request, template, context, place=PLACE, crumbs=[CRUMB, (file.name, "")])


@require_POST
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps what was said about the columns and, when that was pressed, brings the file in."""
    file, actor = _file(request, pk), actor_of(request)
    mapping, options = as_matched(request.POST, file)
    try:
        match_columns(actor, file=file, mapping=mapping, options=options)
        press = request.POST.get("press", "")
        if press.startswith("import"):
            perform(request, run_import, file=file, skip_faulty=press == "import-rest", update="update" in request.POST)
    except Invalid as invalid:
        messages.error(request, f"Nothing was brought in: {invalid}.")
    return redirect("import_page", pk)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        perform(request, undo_import, file=_file(request, pk))
    except Invalid as invalid:
        messages.error(request, f"Nothing was taken back: {invalid}.")
    return redirect("import_page", pk)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        perform(request, discard_import, file=_file(request, pk))
    except Invalid as invalid:
        messages.error(request, f"Nothing was discarded: {invalid}.")
        return redirect("import_page", pk)
    return redirect("imports")


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, asked every second; the whole page again once it has ended."""
    file = _file(request, pk)
    response = render(request, "imports/_progress.html", {"file": file})
    if file.status not in words.UNDER_WAY:
        response["HX-Refresh"] = "true"
    return response


def _file(request: HttpRequest, pk: int) -> Import:
    rows = Import.objects.visible_to(actor_of(request)).select_related("asked_by", "progress")
    file: Import | None = rows.filter(pk=pk).first()
    if file is None:
        raise Http404("no such import")
    return file
