"""The list of definitions, the page of one, and the form that writes it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from clearspan.catalogue.models import Product
from clearspan.core import comments, history, panels
from clearspan.core.actions import Invalid
from clearspan.core.lists import PAGE
from clearspan.core.web import actor_of, must, page, perform
from clearspan.stages.definition import answers, queries
from clearspan.stages.definition.actions import change_definition, start_definition
from clearspan.stages.definition.content import POSITIONING, TEXTS
from clearspan.stages.definition.exports import FORMS
from clearspan.stages.definition.forms import DefinitionForm
from clearspan.stages.definition.models import Definition
from clearspan.stages.definition.rules import manages, works_on
from clearspan.stages.definition.views.common import crumbs_of, found
from clearspan.stages.options.models import Option

STATES = [("", "any state"), *Definition.State.choices]
NUMBERS = ("baseline", "target", "measured_by")


def definitions(request: HttpRequest, product: Product) -> HttpResponse:
    """What exactly is to be built, and why?"""
    actor = actor_of(request)
    wanted = {name: request.GET.get(name, "") for name in ("state", "q")}
    rows = queries.rows(actor, product, **wanted)
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    may = works_on(actor, {"product": product})
    context = {
        "product": product, "page": shown, "rows": list(shown), "wanted": wanted, "states": STATES,
        "answer": answers.of_list(rows), "narrowed": any(wanted.values()), "may": may,
        "undefined": queries.undefined(actor, product) if may else [],
    }  # fmt: skip
    return page(request, "definition/list.html", context, place="definitions", crumbs=[("Definition", "")])


@require_POST
def start(request: HttpRequest, product: Product) -> HttpResponse:
    """Begins the definition of an option and opens it; one that has begun is opened."""
    actor = actor_of(request)
    options = Option.objects.visible_to(actor).filter(product=product).referred(request.POST.get("option", ""))
    option = options.first()
    if option is None:
        raise Http404("no such option")
    begun = Definition.objects.visible_to(actor).filter(option=option).first()
    if begun is not None:
        return redirect("definition", product.key, begun.pk)
    try:
        done = perform(request, start_definition, option=option)
    except Invalid as error:
        messages.error(request, f"Nothing was begun: {error}.")
        return redirect("option", product.key, option.pk)
    return redirect("definition", product.key, done.result.pk)


def definition(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """What exactly is to be built, and why? With who has signed it, and what changed."""
    actor, shown = actor_of(request), found(request, product, pk)
    one = queries.page(actor, shown)
    bare = request.GET.get("show") == "bare"
    context: dict[str, Any] = {
        "product": product, "definition": shown, "found": one, "answer": answers.of_page(one), "row": shown,
        "rows": one.bare if bare else one.rows, "bare": bare, "own": one.own(actor), "forms": FORMS.items(),
        "positioning": [(TEXTS[name], getattr(one.content, name)) for name in POSITIONING],
        "may": works_on(actor, {"definition": shown}), "may_publish": manages(actor, {"definition": shown}),
        "panels": panels.ask("definition", actor, shown), "comments": comments.about(actor, shown),
        "events": history.of(actor, shown, *(row.requirement for row in one.rows), *one.versions[:1], limit=8),
    }  # fmt: skip
    where = crumbs_of(shown)
    return page(request, "definition/definition.html", context, place="definitions", crumbs=where, about=shown)


def edit(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """The texts and the measure; only what is changed here is changed."""
    actor, shown = actor_of(request), found(request, product, pk)
    must(actor, change_definition, definition=shown)
    form = DefinitionForm(
        request.POST or None, initial={name: getattr(shown, name) for name in DefinitionForm.base_fields}
    )
    if request.method == "POST" and form.is_valid():
        changed = form.changed()
        given = {name: value for name, value in changed.items() if value is not None}
        emptied = [name for name in NUMBERS if name in changed and changed[name] is None]
        if not changed or form.perform(request, change_definition, definition=shown, **given, without=emptied):
            return redirect("definition", product.key, pk)
    context = {"product": product, "definition": shown, "form": form, "texts": _texts(form)}
    status = 422 if form.errors else 200
    where = crumbs_of(shown, ("Write", ""))
    return page(request, "definition/edit.html", context, place="definitions", crumbs=where, about=shown, status=status)


@require_POST
def preview(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """How the texts of the form read, while they are written."""
    found(request, product, pk)
    written = {name: request.POST.get(name, "")[:20_000] for name in TEXTS}
    texts = [(label, written[name]) for name, label in TEXTS.items() if written[name]]
    return render(request, "definition/_reads.html", {"texts": texts})


def _texts(form: DefinitionForm) -> list[tuple[str, str]]:
    return [(label, text) for name, label in TEXTS.items() if (text := form[name].value())]
