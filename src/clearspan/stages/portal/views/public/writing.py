"""What a visitor says. Each form is a page of its own, so that the pages it is about can be kept by any cache."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clearspan.core.actions import Invalid
from clearspan.stages.portal import actions, guard, limits
from clearspan.stages.portal.forms.visiting import AddressForm, CommentForm, OwnCommentForm, SayForm, WhoForm
from clearspan.stages.portal.models import Idea, IdeaComment, IdeaVote, Portal
from clearspan.stages.portal.queries import public
from clearspan.stages.portal.views.public.common import do, idea_of, open_page, portal_of, shown, visitor_of
from clearspan.stages.portal.views.public.reading import alike_rows

_OFTEN = "That is a lot within a short time. Nothing is lost: send it again in a while."


@open_page
def say(request: HttpRequest, key: str) -> HttpResponse:
    """Sends an idea; before that, those that are like it are shown."""
    portal, visitor = portal_of(key), visitor_of(request)
    text = request.POST.get("text", "") or request.GET.get("text", "")
    form = SayForm(visitor, request.POST if request.method == "POST" else None, initial={"text": text[:4_000]})
    context = {"rows": alike_rows(request, portal, text) if request.method == "GET" else []}
    return _sent(request, portal, form, "portal/say.html", context, limits.IDEAS, actions.send_idea,
                 lambda: {"portal": portal, "text": form.cleaned_data["text"], "title": form.cleaned_data["title"]},
                 "Thank you. A person reads it, and you hear from us.")  # fmt: skip


@open_page
def vote(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Votes for an idea, or takes the vote back. Who is known does it with one press."""
    portal, visitor = portal_of(key), visitor_of(request)
    idea = _votable(portal, pk)
    if visitor is not None and request.method == "POST":
        return _vote_of_known(request, portal, idea)
    form = WhoForm(visitor, request.POST if "form" in request.POST else None)
    if visitor is None and request.method == "POST" and "form" not in request.POST:
        return redirect("portal_vote", key, pk)  # the button of a list: who is it?
    return _sent(request, portal, form, "portal/vote.html", {"idea": idea}, limits.VOTES, actions.vote_for_idea,
                 lambda: {"idea": idea}, "Your vote counts as soon as you have answered the letter.")  # fmt: skip


@open_page
def comment(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Adds something to an idea."""
    portal, visitor = portal_of(key), visitor_of(request)
    idea, text = _votable(portal, pk), request.GET.get("text", "")
    form = CommentForm(visitor, request.POST if request.method == "POST" else None, initial={"text": text[:4_000]})
    return _sent(request, portal, form, "portal/comment.html", {"idea": idea}, limits.COMMENTS, actions.comment_on_idea,
                 lambda: {"idea": idea, "text": form.cleaned_data["text"]},
                 "Thank you. It appears as soon as a person has read it.")  # fmt: skip


@open_page
def own_comment(request: HttpRequest, key: str, pk: int, number: int) -> HttpResponse:
    """Puts one's own comment into other words, or takes it back."""
    portal, visitor = portal_of(key), visitor_of(request)
    idea = idea_of(portal, pk)
    away = (IdeaComment.State.WITHDRAWN, IdeaComment.State.REMOVED)
    own = IdeaComment.objects.filter(idea=idea, pk=number, visitor=visitor).exclude(state__in=away)
    row = own.select_related("visitor").first() if visitor is not None else None
    if row is None:
        raise Http404("no such comment of yours")
    form = OwnCommentForm(request.POST if request.method == "POST" else None, initial={"text": row.text})
    if request.method == "POST" and "withdraw" in request.POST:
        do(actions.take_back_idea_comment, comment=row)
        return redirect("portal_idea", key, pk)
    if form.is_valid():
        do(actions.change_idea_comment, comment=row, text=form.cleaned_data["text"])
        return redirect("portal_idea", key, pk)
    return shown(request, "portal/own_comment.html", {"idea": idea, "form": form}, portal=portal, keeps=False)


@open_page
def follow(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """By mail: what becomes of one idea."""
    portal = portal_of(key)
    idea = idea_of(portal, pk)
    return _follow(request, portal, idea, reverse("portal_idea", args=[key, pk]))


@open_page
def news(request: HttpRequest, key: str) -> HttpResponse:
    """By mail: everything that is new."""
    return _follow(request, portal_of(key), None, reverse("portal_new", args=[key]))


def _follow(request: HttpRequest, portal: Portal, idea: Idea | None, back: str) -> HttpResponse:
    visitor = visitor_of(request)
    known = public.follows(visitor, portal.product, idea)
    if known is not None and request.method == "POST" and "stop" in request.POST:
        do(actions.unsubscribe, subscription=known)
        return redirect(back)
    form = AddressForm(visitor, request.POST if request.method == "POST" else None)
    context = {"idea": idea, "back": back, "follows": known}
    return _sent(request, portal, form, "portal/follow.html", context, limits.FORMS, actions.subscribe,
                 lambda: {"portal": portal, "idea": idea}, "Answer the letter, and you hear from us.",
                 without=("name",))  # fmt: skip


def _vote_of_known(request: HttpRequest, portal: Portal, idea: Idea) -> HttpResponse:
    visitor = visitor_of(request)
    assert visitor is not None, "asked for by vote"
    if not limits.take(limits.VOTES, visitor.key):
        return _answer(request, portal, "portal/wait.html", {"says": _OFTEN}, status=429)
    has = IdeaVote.objects.filter(idea=idea, visitor=visitor, confirmed_at__isnull=False).exists()
    if has and request.POST.get("want") != "1":
        do(actions.take_back_vote, idea=idea, visitor=visitor)
    else:
        do(actions.vote_for_idea, idea=idea, address=visitor.address, name=visitor.name, confirmed=True)
    return redirect(_back(request, portal, idea))


def _sent(
    request: HttpRequest, portal: Portal, form: Any, template: str, context: dict[str, Any], rule: limits.Rule,
    action: Any, given: Any, thanks: str, without: tuple[str, ...] = (),
) -> HttpResponse:  # fmt: skip
    """The form of an action, or what became of sending it. Whatever is refused is shown again with all that was
    written."""
    visitor = visitor_of(request)
    context = {**context, "form": form, "visitor": visitor}
    if not form.is_bound:
        return _answer(request, portal, template, {**context, "guard": guard.form_now()})
    if not form.is_valid():
        return _answer(request, portal, template, {**context, "guard": guard.form_now()}, status=422)
    verdict = _judged(request, visitor, rule, form)
    if not verdict.taken:
        context |= {"guard": verdict.again or guard.form_now(), "says": verdict.says}
        return _answer(request, portal, template, context, status=429)
    who = {name: value for name, value in form.who().items() if name not in without}
    try:
        do(action, **given(), **who, nonce=verdict.nonce, held=verdict.held)
    except Invalid as error:
        form.add_error(None, str(error))
        return _answer(request, portal, template, {**context, "guard": guard.form_now()}, status=422)
    return _answer(request, portal, "portal/thanks.html", {**context, "thanks": thanks, "address": who["address"]})


def _judged(request: HttpRequest, visitor: Any, rule: limits.Rule, form: Any) -> guard.Verdict:
    """Strangers show that they read the form; who is known has a limit of their own."""
    key = visitor.key if visitor is not None else guard.person(form.cleaned_data["address"])
    if visitor is None:
        verdict = guard.judge(request)
        if not verdict.taken:
            return verdict
    else:
        verdict = guard.Verdict(True)
    if not limits.take(rule, key):
        return guard.Verdict(False, says=_OFTEN, again=guard.new_form())
    return verdict


def _answer(
    request: HttpRequest, portal: Portal, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return shown(request, template, context, portal=portal, status=status, keeps=False)


def _votable(portal: Portal, pk: int) -> Idea:
    idea = idea_of(portal, pk)
    if idea.state != Idea.State.PUBLIC:
        raise Http404("it was merged into another")
    return idea


def _back(request: HttpRequest, portal: Portal, idea: Idea) -> str:
    """Back to the list the button was pressed in, when it is one of the portal's own pages."""
    here = request.POST.get("here", "")
    home = reverse("portal", args=[portal.product.key])
    is_ours = here.startswith((f"{home}/", f"{home}?")) or here == home
    return here if is_ours and "\\" not in here else reverse("portal_idea", args=[portal.product.key, idea.pk])
