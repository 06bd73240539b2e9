"""Options: the list, the page of one with its business case, and the forms that change them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from clearspan.catalogue.models import Product
from clearspan.core import history, panels
from clearspan.core.actions import Invalid
from clearspan.core.actor import Actor
from clearspan.core.models import Company, Function
from clearspan.core.web import actor_of, must, page, perform
from clearspan.stages.options import answers, figures, queries, studies, toml
from clearspan.stages.options.actions import (
    change_driver,
    change_option,
    create_option,
    estimate_effort,
    meet_opportunity,
    meet_opportunity_no_more,
    write_case,
)
from clearspan.stages.options.forms import CaseForm, FeasibilityForm, OptionForm
from clearspan.stages.options.models import Effort, Impact, Option
from clearspan.stages.options.rules import manages, speaks_for_function, works_on
from clearspan.ui.figure import taken
from clearspan.ui.marks import Scale

SORTS = [("npv", "what it earns"), ("loss", "how often it loses"), ("effort", "what it takes"), ("title", "name")]


def options(request: HttpRequest, product: Product) -> HttpResponse:
    """Which makes the most money?"""
    wanted = {name: request.GET.get(name, "") for name in ("q", "state", "need")} | {
        "sort": request.GET.get("sort", "npv")
    }
    found = queries.listing(actor_of(request), product, **wanted, page=request.GET.get("page", 1))
    values = [value for row in found.rows if row.five for value in row.five]
    context = {
        "product": product, "rows": found.rows, "page": found.page, "wanted": wanted,
        "currency": Company.ours().currency,
        "answer": answers.of_list(found.all, Company.ours().currency), "sorts": SORTS,
        "scale": Scale.amounts(values) if values else None, "states": [("", "any state"), *Option.State.choices],
        "narrowed": any(wanted[name] for name in ("q", "state", "need")),
    }  # fmt: skip
    return page(request, "options/list.html", context, place="options", crumbs=[("Options", "")])


def option(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """What is it worth, what does it rest on, and how sure are we?"""
    actor, shown = actor_of(request), _option(request, product, pk)
    found, currency = queries.page(actor, shown), Company.ours().currency
    pictures = figures.of(found.study, currency) if found.study else {}
    copy = taken(request, pictures.values())
    if copy is not None:
        return copy
    others = [row.five for row, _ in found.others if row.five]
    context: dict[str, Any] = {
        "product": product, "option": shown, "found": found, "currency": currency, "figures": pictures,
        "answer": answers.of_option(found, currency), "result": found.study.result["cases"][0] if found.study else None,
        "drivers": answers.drivers(found), "efforts": _efforts(shown), "impacts": _impacts(shown),
        "others_scale": Scale.amounts([v for five in others for v in five], about=3) if others else None,
        "weights": Impact.Weight.choices, **_functions(actor, shown),
        "feasibility": FeasibilityForm(initial={"feasibility": shown.feasibility, "note": shown.feasibility_note}),
        "history": history.of(actor, shown, *filter(None, [found.case]), limit=8),
        "panels": panels.ask("option", actor, shown),
    }  # fmt: skip
    crumbs = [("Options", reverse("options", args=[product.key])), (shown.title, "")]
    return page(request, "options/option.html", context, place="options", crumbs=crumbs, about=shown)


def new_option(request: HttpRequest, product: Product) -> HttpResponse:
    """A new way to meet a need."""
    must(actor_of(request), create_option, product=product)
    asked = {"opportunities": request.GET.getlist("need")}
    form = OptionForm(actor_of(request), product, request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        given = {
            name: form.cleaned_data[name]
            for name in ("title", "summary", "opportunities", "duration", "bucket", "must")
        }
        if (done := form.perform(request, create_option, product=product, **given)) is not None:
            return redirect("option", product.key, done.result.pk)
    crumbs = [("Options", reverse("options", args=[product.key])), ("New option", "")]
    return page(
        request, "options/form.html", {"form": form, "product": product, "option": None}, place="options", crumbs=crumbs
    )


def edit_option(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """An option's own words, dates and needs."""
    shown = _option(request, product, pk)
    must(actor_of(request), change_option, option=shown)
    met = set(shown.opportunities.all())
    initial = {
        name: getattr(shown, name) for name in ("title", "summary", "duration", "earliest", "latest", "bucket", "must")
    }
    initial_needs = {"opportunities": sorted(met, key=str)}
    form = OptionForm(actor_of(request), product, request.POST or None, initial=initial | initial_needs)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in initial}
        if form.perform(request, change_option, option=shown, **given) is not None:
            for need in set(form.cleaned_data["opportunities"]) - met:
                meet_opportunity(actor_of(request), option=shown, opportunity=need)
            for need in met - set(form.cleaned_data["opportunities"]):
                meet_opportunity_no_more(actor_of(request), option=shown, opportunity=need)
            return redirect("option", product.key, pk)
    crumbs = [
        ("Options", reverse("options", args=[product.key])),
        (shown.title, reverse("option", args=[product.key, pk])),
        ("Change", ""),
    ]
    return page(
        request,
        "options/form.html",
        {"form": form, "product": product, "option": shown},
        place="options",
        crumbs=crumbs,
        about=shown,
    )


def case(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """The business case as text: lines, formulas, correlations, gates; each save is a version."""
    shown = _option(request, product, pk)
    newest = shown.cases.order_by("-version").first()
    spec = newest.spec if newest else studies.new_spec(shown)
    form = CaseForm(request.POST or None, initial={"text": toml.write(spec)})
    may_write = write_case.may(actor_of(request), option=shown)
    if not may_write:
        form.only_to_read()
    if request.method == "POST" and form.is_valid():
        try:
            read = toml.read(form.cleaned_data["text"])
        except Invalid as error:
            form.add_error("text", str(error))
        else:
            if form.perform(request, write_case, option=shown, spec=read, note=form.cleaned_data["note"]) is not None:
                return redirect("option", product.key, pk)
    versions = list(shown.cases.select_related("written_by").defer("spec"))
    crumbs = [
        ("Options", reverse("options", args=[product.key])),
        (shown.title, reverse("option", args=[product.key, pk])),
        ("Business case", ""),
    ]
    context = {"form": form, "option": shown, "product": product, "versions": versions, "newest": newest}
    context |= {"may_write": may_write}
    return page(request, "options/case.html", context, place="options", crumbs=crumbs, about=shown)


@require_POST
def driver(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """One number of the case, edited in its row."""
    name = request.POST.get("driver", "")
    points = {
        point: request.POST.get(f"{name}-{point}", "").replace(",", "").replace("−", "-")
        for point in ("low", "likely", "high")
    }
    source = request.POST.get("source")
    return _back_after(
        request, product, pk, change_driver, driver=name, **points, **({"source": source} if source is not None else {})
    )


@require_POST
def effort(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """What the option takes of one function."""
    given = {name: request.POST.get(name, "") for name in ("function", "low", "likely", "high", "source")}
    return _back_after(request, product, pk, estimate_effort, **given)


def study_progress(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """The progress of a study under way; when it is over, the page is loaded anew."""
    shown = _option(request, product, pk)
    found = queries.page(actor_of(request), shown)
    response = render(request, "options/_progress.html", {"found": found, "option": shown, "product": product})
    if found.under_way is None:
        response["HX-Refresh"] = "true"
    return response


def study(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """The newest study with every input: what was asked, of which version, with which seed, and the answer."""
    found = queries.page(actor_of(request), _option(request, product, pk))
    if found.study is None:
        raise Http404("no study yet")
    one = found.study
    inputs = {
        "case": one.case.spec,
        "case_version": one.case.version,
        "seed": one.seed,
        "version": one.version,
        **one.options,
    }
    return JsonResponse({"study": one.ref, "inputs": inputs, "result": one.result}, json_dumps_params={"indent": 2})


def _option(request: HttpRequest, product: Product, pk: int) -> Option:
    found: Option | None = (
        Option.objects.visible_to(actor_of(request))
        .filter(product=product, pk=pk)
        .select_related("product", "keeper")
        .first()
    )
    if found is None:
        raise Http404("no such option")
    return found


def _efforts(option: Option) -> list[Effort]:
    return list(Effort.objects.filter(option=option).select_related("function"))


def _impacts(option: Option) -> list[Impact]:
    return list(Impact.objects.filter(option=option).select_related("function", "stated_by"))


def _functions(actor: Actor, option: Option) -> dict[str, list[Function]]:
    """For which functions the actor may say what the option takes, and what it means. Roles are asked for once."""
    functions = list(Function.objects.visible_to(actor))
    own = [one for one in functions if speaks_for_function(actor, {"function": one})]
    given = {"option": option}
    return {
        "estimated": functions if works_on(actor, given) else own,
        "told_for": functions if manages(actor, given) else own,
    }


def _back_after(request: HttpRequest, product: Product, pk: int, action: Any, **given: Any) -> HttpResponse:
    try:
        perform(request, action, option=_option(request, product, pk), **given)
    except Invalid as error:
        messages.error(request, f"Nothing was changed: {error}.")
    return redirect("option", product.key, pk)
