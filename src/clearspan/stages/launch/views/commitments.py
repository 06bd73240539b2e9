"""Commitments: the page of one, where a function answers, and everything a function must have ready."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core import history
from clearspan.core.actor import Actor
from clearspan.core.forms import ActionForm
from clearspan.core.models import Function
from clearspan.core.web import actor_of, must, page
from clearspan.stages.launch import actions, answers, queries
from clearspan.stages.launch.forms import commitments as forms
from clearspan.stages.launch.models import Commitment
from clearspan.stages.launch.views.common import crumbs, form_page, is_sent, launch_of, part_of

ANSWERS = {
    "promise": actions.promise_commitment,
    "done": actions.complete_commitment,
    "decline": actions.decline_commitment,
    "hand": actions.hand_over_commitment,
}


def commitments(request: HttpRequest, product: Product) -> HttpResponse:
    """What is coming, and what must my function have ready?"""
    actor, today = actor_of(request), timezone.localdate()
    own = actor.person.function if actor.person else None
    shown = Function.objects.visible_to(actor).referred(request.GET.get("function", "")).first() or own
    only = request.GET.get("of") == "product"
    rows = list(queries.commitments_of(actor, shown, product if only else None))
    hides_done = request.GET.get("done") != "yes"
    listed = [one for one in rows if not (hides_done and one.state == Commitment.State.DONE)]
    context = {
        "product": product, "function": shown, "today": today, "answer": answers.of_commitments(rows, shown, today),
        "rows": [(one, _may_answer(actor, one)) for one in listed], "done": len(rows) - len(listed),
        "functions": [(one.ref, one.name) for one in Function.objects.visible_to(actor)],
        "chosen": shown.ref if shown else "", "of": "product" if only else "",
        "scopes": [("", "every product"), ("product", f"{product} only")],
    }  # fmt: skip
    where = [("Launches", reverse("launches", args=[product.key])), (f"What {shown or 'you'} must have ready", "")]
    return page(request, "launch/mine.html", context, place="launches", crumbs=where)


def commitment(request: HttpRequest, product: Product, pk: int, number: int) -> HttpResponse:
    """What is asked, what the function says, and what shows that it is done."""
    actor, launch = actor_of(request), launch_of(request, product, pk)
    shown: Commitment = part_of(request, launch, Commitment, number)
    answer = request.POST.get("answer", "")
    made = _forms(actor, shown, answer, request)
    if answer in made and made[answer].is_valid():
        given = {name: value for name, value in made[answer].cleaned_data.items() if value not in ("", None)}
        given |= {"owner": given.get("owner")} if answer == "hand" else {}
        if made[answer].perform(request, ANSWERS[answer], commitment=shown, **given) is not None:
            return redirect("commitment", product.key, pk, number)
    context: dict[str, Any] = {
        "product": product, "launch": launch, "commitment": shown, "today": timezone.localdate(), "forms": made,
        "asks": shown.title if shown.title.endswith("?") else f"{shown.title}:",
        "may_answer": _may_answer(actor, shown) and launch.state in queries.OPEN,
        "may_change": actions.change_commitment.rule(actor, {"commitment": shown}),
        "documents": shown.documents.all(), "events": history.of(actor, shown, limit=12),
    }  # fmt: skip
    status = 422 if any(form.errors for form in made.values()) else 200
    where = crumbs(launch, shown.title)
    return page(request, "launch/commitment.html", context, place="launches", crumbs=where, about=launch, status=status)


def new_commitment(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Asks a function for one more thing."""
    actor, launch = actor_of(request), launch_of(request, product, pk)
    must(actor, actions.add_commitment, launch=launch)
    form = forms.CommitmentForm(actor, request.POST or None, initial={"due_on": launch.planned_on})
    if is_sent(request, form):
        given = {**form.cleaned_data, "owner": form.cleaned_data["owner"] or None}
        if form.perform(request, actions.add_commitment, launch=launch, **given) is not None:
            return redirect("launch", product.key, pk)
    words = {
        "answer": "What else must be there?", "save": "Ask for it", "draft": f"{launch.ref}:ask",
        "lede": f"For {launch}, planned for {launch.planned_on:%-d %B %Y}.",
        "back": reverse("launch", args=[product.key, pk]),
    }  # fmt: skip
    return form_page(request, product, form, words, crumbs(launch, "Ask for something"), launch)


def change_commitment(request: HttpRequest, product: Product, pk: int, number: int) -> HttpResponse:
    """What is asked, changed."""
    actor, launch = actor_of(request), launch_of(request, product, pk)
    shown: Commitment = part_of(request, launch, Commitment, number)
    must(actor, actions.change_commitment, commitment=shown)
    form = forms.ChangeCommitmentForm(request.POST or None, initial=forms.ChangeCommitmentForm.initial_of(shown))
    if is_sent(request, form):
        given = dict(form.cleaned_data)
        if given["due_on"] != shown.due_on and given["follows"] == (not shown.is_fixed):
            del given["follows"]  # a new day was set by hand, and the box was left alone
        if form.perform(request, actions.change_commitment, commitment=shown, **given) is not None:
            return redirect("commitment", product.key, pk, number)
    words = {
        "answer": shown.title, "save": "Keep", "draft": shown.ref, "kick": f"{shown.ref}, asked of {shown.function}",
        "back": reverse("commitment", args=[product.key, pk, number]),
        "removes": {"action": "remove_commitment", "parameter": "commitment", "row": shown,
                    "to": reverse("launch", args=[product.key, pk])},
    }  # fmt: skip
    return form_page(request, product, form, words, crumbs(launch, shown.title, "Change"), launch)


def _forms(actor: Actor, one: Commitment, answer: str, request: HttpRequest) -> dict[str, ActionForm]:
    def sent(name: str) -> Any:
        return request.POST if answer == name else None

    documents = list(one.launch.collateral.all())
    return {
        "promise": forms.PromiseForm(sent("promise"), prefix=None, initial={"due_on": one.due_on, "words": one.words}),
        "done": forms.DoneForm(documents, sent("done"), initial=_evidence(one)),
        "decline": forms.DeclineForm(sent("decline")),
        "hand": forms.HandOverForm(actor, sent("hand"), initial={"owner": one.owner.ref if one.owner else ""}),
    }


def _evidence(one: Commitment) -> dict[str, str]:
    ready = next((document.ref for document in one.documents.all() if document.state == "ready"), "")
    return {"evidence": one.evidence, "document": ready}


def _may_answer(actor: Actor, one: Commitment) -> bool:
    return actions.promise_commitment.rule(actor, {"commitment": one})
