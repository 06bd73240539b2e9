"""The go/no-go: who is ready, what each function says, what is decided; and what is expected and came."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core.web import actor_of, must, page
from clearspan.stages.launch import actions, answers, expectations, queries
from clearspan.stages.launch.forms.launches import GoForm, MeasureForm, ResultForm, VoteForm
from clearspan.stages.launch.models import GoDecision, GoVote, LaunchMeasure
from clearspan.stages.launch.views.common import crumbs, form_page, is_sent, launch_of, part_of


def meeting(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Go or no-go?"""
    actor, launch, today = actor_of(request), launch_of(request, product, pk), timezone.localdate()
    found = queries.readiness(actor, launch, today)
    sent = request.POST.get("sent")
    own = actor.person.function if actor.person else None
    mine = next((vote for vote in found.votes if own and vote.function_id == own.pk), None)
    vote = VoteForm(request.POST if sent == "vote" else None, initial=_vote(mine))
    decide = GoForm(request.POST if sent == "decide" else None, initial={"goes": "false" if found.blocks else "true"})
    if sent == "vote" and vote.is_valid():
        given = {**vote.cleaned_data, "function": own}
        if own is not None and vote.perform(request, actions.vote_on_launch, launch=launch, **given) is not None:
            return redirect("meeting", product.key, pk)
    if (
        sent == "decide"
        and decide.is_valid()
        and decide.perform(request, actions.decide_launch, launch=launch, **decide.cleaned_data)
    ):
        return redirect("launch", product.key, pk)
    is_open = launch.state in queries.OPEN
    context: dict[str, Any] = {
        "product": product, "launch": launch, "found": found, "today": today, "vote": vote, "decide": decide,
        "answer": answers.of_meeting(found), "under": found.build.words(launch.planned_on), "own": own, "mine": mine,
        "functions": [(one, answers.of_function(one)) for one in (*found.functions, *found.others)],
        "may_vote": is_open and own is not None,
        "may_decide": is_open and actions.decide_launch.rule(actor, {"launch": launch}),
        "decisions": [_told(one) for one in queries.decisions(actor, launch)],
    }  # fmt: skip
    status = 422 if vote.errors or decide.errors else 200
    where = crumbs(launch, "Go or no-go")
    return page(request, "launch/meeting.html", context, place="launches", crumbs=where, about=launch, status=status)


def measure(request: HttpRequest, product: Product, pk: int, number: int | None = None) -> HttpResponse:
    """What is expected: a new number, prefilled from what was decided and defined, or one to change."""
    actor, launch = actor_of(request), launch_of(request, product, pk)
    must(actor, actions.set_launch_measure, launch=launch)
    shown: LaunchMeasure | None = part_of(request, launch, LaunchMeasure, number) if number else None
    offers = [] if shown else expectations.offers(actor, launch)
    form = MeasureForm(request.POST or None, initial=_initial(shown, offers, request.GET.get("offer", "0")))
    if is_sent(request, form) and form.perform(
        request, actions.set_launch_measure, launch=launch, measure=shown, **form.cleaned_data
    ):
        return redirect("launch", product.key, pk)
    words: dict[str, Any] = {
        "answer": shown.name if shown else f"What is expected of {launch}?", "save": "Keep",
        "draft": f"{launch.ref}:measure",
        "lede": "A number with how sure we are, to be held against what comes.",
        "back": reverse("launch", args=[product.key, pk]),
        "offers": [(one.words, f"?offer={i}") for i, one in enumerate(offers)],
    }  # fmt: skip
    if shown and shown.came is None:
        words["removes"] = {
            "action": "remove_launch_measure",
            "parameter": "measure",
            "row": shown,
            "to": words["back"],
        }
    return form_page(request, product, form, words, crumbs(launch, "What is expected"), launch)


def result(request: HttpRequest, product: Product, pk: int, number: int) -> HttpResponse:
    """What came."""
    actor, launch = actor_of(request), launch_of(request, product, pk)
    shown: LaunchMeasure = part_of(request, launch, LaunchMeasure, number)
    must(actor, actions.record_launch_result, measure=shown)
    form = ResultForm(request.POST or None, initial={"came": shown.came, "came_on": shown.came_on, "note": shown.note})
    if is_sent(request, form) and form.perform(
        request, actions.record_launch_result, measure=shown, **form.cleaned_data
    ):
        return redirect("launch", product.key, pk)
    words = {
        "answer": f"{shown}: what came?", "save": "Keep", "back": reverse("launch", args=[product.key, pk]),
        "lede": f"Expected: likely {shown.likely:g} {shown.unit}, in eight of ten futures between {shown.low:g} and"
        f" {shown.high:g}.",
    }  # fmt: skip
    return form_page(request, product, form, words, crumbs(launch, "What came"), launch)


def _told(one: GoDecision) -> tuple[GoDecision, str, str]:
    """A decision with its heading and who made it when."""
    who = f" by {one.decided_by}" if one.decided_by else ""
    return one, f"Decided: {'go' if one.goes else 'no-go'}", f"{one.decided_on:%-d %B %Y}{who}"


def _vote(mine: GoVote | None) -> dict[str, Any]:
    return {"says": mine.says, "words": mine.words} if mine else {}


def _initial(shown: LaunchMeasure | None, offers: list[expectations.Offer], which: str) -> dict[str, Any]:
    if shown is not None:
        return {name: getattr(shown, name) for name in MeasureForm.base_fields}
    index = int(which) if which.isdigit() else 0
    return offers[index].initial() if index < len(offers) else {}
