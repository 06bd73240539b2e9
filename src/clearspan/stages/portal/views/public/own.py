"""A visitor's own page: what is kept about them, what became of what they asked, and how to end it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from clearspan.core.actions import Invalid
from clearspan.core.web import actor_of
from clearspan.stages.portal import actions, guard, letters, links, words
from clearspan.stages.portal.actions.people import visitor_named
from clearspan.stages.portal.forms.visiting import AddressForm
from clearspan.stages.portal.models import Idea, Portal, Subscription, Visitor
from clearspan.stages.portal.queries import public
from clearspan.stages.portal.queries.own import as_values, kept
from clearspan.stages.portal.queries.standing import line_of
from clearspan.stages.portal.views.public.common import do, open_page, shown, visitor_of


@open_page
def me(request: HttpRequest) -> HttpResponse:
    """What became of what I asked, and what is kept about me?"""
    visitor = visitor_of(request)
    if visitor is None:
        return _who(request)
    found = kept(visitor)
    wanted = {vote.idea_id: vote.idea for vote in found.votes} | {idea.pk: idea for idea in found.ideas}
    became = _became(list(wanted.values()), visitor)
    context = {"kept": found, "became": became, "answer": words.of_own(became, found.ideas)}
    return shown(request, "portal/me.html", context, place="me", keeps=False)


@open_page
def me_as_values(request: HttpRequest) -> HttpResponse:
    """The same, to take along."""
    visitor = visitor_of(request)
    if visitor is None:
        return redirect("portal_me")
    answer = JsonResponse(as_values(kept(visitor)), json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Cache-Control"] = "no-store"
    answer["Content-Disposition"] = 'attachment; filename="what-is-kept.json"'
    return answer


@open_page
def leave(request: HttpRequest) -> HttpResponse:
    """This browser is nobody's any more."""
    answer = redirect("portal_me")
    if request.method == "POST":
        links.forget(answer)
    return answer


@open_page
def erase(request: HttpRequest) -> HttpResponse:
    """Forgets the visitor."""
    visitor = visitor_of(request)
    if visitor is None or request.method != "POST":
        return redirect("portal_me")
    do(actions.erase_visitor, visitor=visitor, with_texts="texts" in request.POST)
    answer = shown(request, "portal/erased.html", {"visitor": None}, keeps=False)
    links.forget(answer)
    return answer


@open_page
def confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """Was it you? A button, because programs that look through mail open every link."""
    read = links.read_confirm(secret)
    visitor = Visitor.objects.filter(pk=read[0]).first() if read else None
    if visitor is None or read is None:
        return shown(request, "portal/run_out.html", {}, status=404)
    if request.method != "POST":
        return shown(request, "portal/confirm.html", {"asked": visitor}, keeps=False)
    try:
        do(actions.confirm_visitor, visitor=visitor, nonce=read[1])
    except Invalid as error:
        return shown(request, "portal/wait.html", {"says": f"{str(error).capitalize()}."}, status=422)
    answer = redirect("portal_me")
    links.remember(answer, visitor)
    return answer


@open_page
def unsubscribe(request: HttpRequest, secret: str) -> HttpResponse:
    """Ends a subscription: with a button, or, by the reader of mail itself, with one POST (RFC 8058)."""
    number = links.read_unsubscribe(secret)
    if number is None:
        return shown(request, "portal/run_out.html", {}, status=404)
    found = Subscription.objects.filter(pk=number).select_related("product", "idea").first()
    if found is not None and request.method == "POST":
        do(actions.unsubscribe, subscription=found)
        found = None
    return shown(request, "portal/unsubscribe.html", {"subscription": found}, keeps=False)


@login_required
def enter(request: HttpRequest) -> HttpResponse:
    """Who signs in as a customer needs no letter: the account has shown whose address it is. People of the company are
    shown where they find the portal: a public page, which knows nobody, leads them here like everybody."""
    actor = actor_of(request)
    person = actor.person
    if person is None or person.function_id is not None:
        portals = Portal.objects.visible_to(actor).select_related("product").order_by("product__name")
        return render(request, "portal/of_the_company.html", {"portals": portals})
    visitor = visitor_named(person.email, person.name)
    do(actions.confirm_visitor, visitor=visitor)
    answer = redirect("portal_me")
    links.remember(answer, visitor)
    return answer


def _who(request: HttpRequest) -> HttpResponse:
    """Asks for an address, and sends the way in to it."""
    form = AddressForm(None, request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        status = 422 if form.is_bound else 200
        return shown(request, "portal/who.html", {"form": form, "guard": guard.form_now()}, status=status, keeps=False)
    verdict = guard.judge(request)
    if not verdict.taken:
        context = {"form": form, "guard": verdict.again or guard.form_now(), "says": verdict.says}
        return shown(request, "portal/who.html", context, status=429, keeps=False)
    known = Visitor.objects.filter(key=guard.person(form.cleaned_data["address"])).first()
    if known is not None and not verdict.held:  # whether somebody is known is told by the letter, not by the page
        letters.ask_to_confirm(known, "", "to see what became of what was asked")
    return shown(request, "portal/thanks.html", {
        "thanks": "If we know this address, a letter is on its way to it.", "address": form.cleaned_data["address"],
    }, keeps=False)  # fmt: skip


def _became(ideas: list[Idea], visitor: Visitor) -> list[public.Shown]:
    """What became of each: as its public page says, for those that have one. The queries of one list a product."""
    found = []
    for product in {idea.product for idea in ideas}:
        line = line_of(product)
        rows = public.with_standing(public.public_ideas(product), line).filter(pk__in=[idea.pk for idea in ideas])
        found += public.shown(list(rows.select_related("product")), visitor, line)
    return sorted(found, key=lambda one: -one.idea.pk)
