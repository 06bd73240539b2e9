"""Launches: the list, the page of one, and the forms that change it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core import history, panels
from clearspan.core.web import actor_of, must, page
from clearspan.stages.launch import actions, answers, figures, queries
from clearspan.stages.launch.forms.launches import ChangeLaunchForm, LaunchForm, MoveForm, ReasonsForm
from clearspan.stages.launch.models import Commitment, Launch, LaunchTemplate
from clearspan.stages.launch.views.common import crumbs, form_page, is_sent, launch_of
from clearspan.stages.launch.views.documents import documents_of
from clearspan.ui.figure import taken
from clearspan.ui.marks import Scale

WHICH = [("", "to come"), ("launched", "launched"), ("off", "called off"), ("all", "all")]

FEW = 12  # so many commitments are shown at once; of more, those that are done rest


def launches(request: HttpRequest, product: Product) -> HttpResponse:
    """What is coming to market, and who is not ready?"""
    actor, today, which = actor_of(request), timezone.localdate(), request.GET.get("which", "")
    which = which if which in dict(WHICH) else ""
    found = queries.listing(actor, product, which, today, request.GET.get("page"))
    context = {
        "product": product, "today": today, "answer": answers.of_list(found, which), "page": found.page,
        "rows": [(row, answers.waits_for(row), answers.moved(row.launch)) for row in found.rows], "which": which,
        "switch": [(words, f"?which={key}" if key else "?", key == which) for key, words in WHICH],
        "may_plan": actions.plan_launch.rule(actor, {"product": product}),
    }  # fmt: skip
    return page(request, "launch/list.html", context, place="launches", crumbs=[("Launches", "")])


def launch(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Can we sell, deliver, operate and support it?"""
    actor, shown, today = actor_of(request), launch_of(request, product, pk), timezone.localdate()
    found = queries.readiness(actor, shown, today)
    picture = figures.days(found)
    copy = taken(request, [picture] if picture else [])
    if copy is not None:
        return copy
    judged = queries.judged(actor, shown)
    given, wanted = {"launch": shown}, request.GET.get("show")
    shows_all = wanted == "all" or (wanted != "open" and (found.wanted <= FEW or shown.state not in queries.OPEN))
    context: dict[str, Any] = {
        "product": product, "launch": shown, "found": found, "today": today, "figure": picture,
        "ready_title": "Who is ready" if shown.state in queries.OPEN else "Who was ready",
        "templates": [] if found.functions else list(LaunchTemplate.objects.visible_to(actor)),
        "answer": answers.of_launch(found, judged), "under": found.build.words(shown.planned_on),
        "functions": [(one, answers.of_function(one)) for one in found.by_need],
        "listed": [(one, _listed(one, shows_all)) for one in found.functions], "shows_all": shows_all,
        "show": [("not done", "?show=open#asked", not shows_all), ("everything", "?show=all#asked", shows_all)],
        "measures": [(one, _scale(one)) for one in judged],
        "documents": documents_of(actor, shown), "moved": answers.moved(shown),
        "panels": panels.ask("launch", actor, shown),
        "decisions": queries.decisions(actor, shown), "events": history.of(actor, shown, limit=8),
        "is_open": shown.state in queries.OPEN, "facts": _facts(found),
        "may_prepare": actions.change_launch.rule(actor, given),
        "may_decide": actions.decide_launch.rule(actor, given),
        "unanswered": [one for one in found.commitments if one.state == Commitment.State.ASKED],
    }  # fmt: skip
    return page(request, "launch/launch.html", context, place="launches", crumbs=crumbs(shown), about=shown)


def new_launch(request: HttpRequest, product: Product) -> HttpResponse:
    """Plans a launch from a template."""
    actor = actor_of(request)
    must(actor, actions.plan_launch, product=product)
    initial = {"options": request.GET.getlist("option"), "template": request.GET.get("template", "")}
    form = LaunchForm(actor, product, request.POST or None, initial=initial)
    if is_sent(request, form):
        given = {**form.cleaned_data, "template": form.cleaned_data["template"] or None}
        if (done := form.perform(request, actions.plan_launch, product=product, **given)) is not None:
            return redirect("launch", product.key, done.result.pk)
    words = {
        "answer": "What comes to market, and when?", "save": "Plan the launch", "draft": f"launch:{product.key}",
        "lede": "Every function is asked for its part at once, and answers in its own time.",
        "back": reverse("launches", args=[product.key]),
    }  # fmt: skip
    where = [("Launches", reverse("launches", args=[product.key])), ("New launch", "")]
    return form_page(request, product, form, words, where)


def change_launch(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """A launch's own words, what it brings, who keeps it, when it is decided."""
    actor, shown = actor_of(request), launch_of(request, product, pk)
    must(actor, actions.change_launch, launch=shown)
    form = ChangeLaunchForm(actor, product, request.POST or None, initial=ChangeLaunchForm.initial_of(shown))
    if is_sent(request, form):
        given = {**form.cleaned_data, "keeper": form.cleaned_data["keeper"] or None}
        if form.perform(request, actions.change_launch, launch=shown, **given) is not None:
            return redirect("launch", product.key, pk)
    words = {"answer": shown.title, "save": "Keep", "draft": shown.ref, "back": _back(shown)}
    return form_page(request, product, form, words, crumbs(shown, "Change"), shown)


def move_launch(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Another day: what moves with it, and what was set by hand and stays."""
    actor, shown = actor_of(request), launch_of(request, product, pk)
    must(actor, actions.move_launch, launch=shown)
    open_ = Commitment.objects.visible_to(actor).filter(launch=shown, state__in=("asked", "promised"))
    fixed = list(open_.filter(is_fixed=True).select_related("function"))
    form = MoveForm(request.POST or None, initial={"planned_on": shown.planned_on})
    if not fixed:
        del form.fields["fixed_too"]
    if is_sent(request, form) and form.perform(request, actions.move_launch, launch=shown, **form.cleaned_data):
        _say_what_stayed(request, shown, [] if form.cleaned_data.get("fixed_too") else fixed)
        return redirect("launch", product.key, pk)
    moves = open_.count() - len(fixed)
    words = {
        "answer": f"It is planned for {shown.planned_on:%-d %B %Y}", "save": "Move it", "back": _back(shown),
        "lede": f"Go or no-go and {moves} {'day' if moves == 1 else 'days'} of what is not done move with it. What was"
        " decided is asked anew." if moves else "Go or no-go moves with it.",
        "list_title": "Set by hand, and staying",
        "list": [(one.title, f"{one.function}, by {one.due_on:%-d %b}") for one in fixed],
    }  # fmt: skip
    return form_page(request, product, form, words, crumbs(shown, "Move"), shown)


def call_off_launch(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Ends a launch that is not to come."""
    actor, shown = actor_of(request), launch_of(request, product, pk)
    must(actor, actions.call_off_launch, launch=shown)
    form = ReasonsForm(request.POST or None)
    if is_sent(request, form) and form.perform(request, actions.call_off_launch, launch=shown, **form.cleaned_data):
        return redirect("launch", product.key, pk)
    words = {"answer": f"{shown} is not to come?", "save": "Call it off", "back": _back(shown),
             "lede": "What was prepared stays to be read, and it can be undone."}  # fmt: skip
    return form_page(request, product, form, words, crumbs(shown, "Call off"), shown)


def _say_what_stayed(request: HttpRequest, launch: Launch, fixed: list[Commitment]) -> None:
    if fixed:
        names = ", ".join(f"“{one.title}”" for one in fixed[:3])
        more = f" and {len(fixed) - 3} more" if len(fixed) > 3 else ""
        messages.warning(request, f"The days of {names}{more} were set by hand and stayed. See whether they still fit.")


def _listed(one: queries.FunctionReadiness, everything: bool) -> list[Commitment]:
    """What is shown of a function: with many things, what is done rests."""
    return [each for each in one.commitments if everything or each.state != Commitment.State.DONE]


def _facts(found: queries.Readiness) -> list[tuple[str, Any]]:
    launch = found.launch
    facts: list[tuple[str, Any]] = [("Launch", launch.launched_on or launch.planned_on)]
    if launch.state in queries.OPEN:
        facts.append(("In", _until(launch.planned_on, found.today)))
    return [(name, f"{value:%-d %b %Y}" if isinstance(value, date) else value) for name, value in facts]


def _until(day: date, today: date) -> str:
    days = (day - today).days
    if days < 0:
        return f"{-days} {'day' if days == -1 else 'days'} past"
    return f"{days} {'day' if days == 1 else 'days'}"


def _scale(one: queries.Judged) -> Scale:
    came = [one.measure.came] if one.measure.came is not None else []
    return Scale.over([*one.five, *came])


def _back(launch: Launch) -> str:
    return reverse("launch", args=[launch.product.key, launch.pk])
