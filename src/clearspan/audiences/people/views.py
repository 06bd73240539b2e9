"""Who am I, what was done; and, in the sample company, who else I may be."""

from __future__ import annotations

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from clearspan.audiences.people.entrance import choices, let_in
from clearspan.catalogue.models import Product
from clearspan.core.actions import Invalid, registry
from clearspan.core.actor import Actor
from clearspan.core.models import Event, Token, User
from clearspan.core.people import create_token
from clearspan.core.second_factor import must_have, second_factors
from clearspan.core.web import actor_of, page, perform
from clearspan.stages.briefs.models import Digest

HERE = ("127.0.0.1", "::1")
EVENTS = 50


def account(request: HttpRequest) -> HttpResponse:
    """One's own name, screens and tokens. A token's secret is shown once, right after it was made."""
    actor = actor_of(request)
    person = actor.person
    if person is None:
        raise PermissionDenied("sign in first")
    context = {
        "me": person, "tokens": list(Token.objects.filter(person=person, revoked_at=None)),
        "actions": sorted(name for name, action in registry.items() if action.admits(actor)),
        "secret": request.session.pop("secret", ""),
        "has": second_factors([person]).get(person.pk, ""), "must": must_have(person),
        "digests": _digests(actor), "linked": SocialAccount.objects.filter(user=person).first(), **choices(),
    }  # fmt: skip
    return page(request, "audiences/account.html", context, place="account", crumbs=[("Your account", "")])


def _digests(actor: Actor) -> list[Digest] | None:
    """What the person has asked to be told by mail; None for guests, who are told nothing that way."""
    if not actor.is_employee:
        return None
    rows = Digest.objects.visible_to(actor).filter(product__in=Product.objects.visible_to(actor))
    return list(rows.exclude(every=Digest.Every.OFF).select_related("product").order_by("product__name"))


@require_POST
def make_token(request: HttpRequest) -> HttpResponse:
    """Makes a token and shows its secret on the next page, once."""
    scopes = [*request.POST.getlist("scopes"), *(f"write:{name}" for name in request.POST.getlist("actions") if name)]
    given = {"name": request.POST.get("name", ""), "scopes": scopes, "days": request.POST.get("days") or 90}
    try:
        request.session["secret"] = perform(request, create_token, **given).result["secret"]
    except Invalid as error:
        messages.error(request, f"No token was made: {error}.")
    return redirect("account")


def audit(request: HttpRequest) -> HttpResponse:
    """What was done, by whom, on whose behalf and through what; each with its undo."""
    actor = actor_of(request)
    if not actor.is_employee:
        raise Http404("nothing here")
    events = Event.objects.visible_to(actor).exclude(summary="")
    wanted = {name: request.GET.get(name, "") for name in ("person", "action", "interface")}
    for name, value in wanted.items():
        if value and (name != "person" or value.isdigit()):
            events = events.filter(**{name: value})
    if request.GET.get("after", "").isdigit():
        events = events.filter(pk__lt=int(request.GET["after"]))
    shown = list(events.select_related("person", "token", "undone_by__person").order_by("-pk")[: EVENTS + 1])
    context = {
        "events": shown[:EVENTS], "next": shown[EVENTS - 1].pk if len(shown) > EVENTS else None, "wanted": wanted,
        "people": [("", "anybody"), *((str(p.pk), p.name) for p in User.objects.visible_to(actor))], "actor": actor,
        "actions": [("", "any action"), *((name, name.replace("_", " ")) for name in sorted(registry))],
        "interfaces": [("", "any way"), *((name, name) for name in ("screen", "api", "cli", "mcp", "import", "job"))],
    }  # fmt: skip
    return page(request, "audiences/audit.html", context, place="audit", crumbs=[("What was done", "")])


@login_not_required
@require_POST
def switch_person(request: HttpRequest) -> HttpResponse:
    """Becomes another person of the sample company: only there, and only from this very machine."""
    if not settings.DEMO or request.META.get("REMOTE_ADDR") not in HERE:
        raise PermissionDenied("one may be somebody else only in the sample company, from this machine")
    person = get_object_or_404(User, pk=request.POST.get("person", ""), is_active=True)
    let_in(request, person)
    return redirect("today")
