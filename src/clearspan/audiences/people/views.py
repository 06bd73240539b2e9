"""Who am I, who may come in, what was done; and, in the sample company, who else I may be."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, password_validation
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from clearspan.core.actions import Invalid, registry
from clearspan.core.models import Event, Invitation, Token, User
from clearspan.core.people import create_token
from clearspan.core.web import actor_of, page, perform

HERE = ("127.0.0.1", "::1")
EVENTS = 50


class Welcome(forms.Form):
    """What a new person says of themselves."""

    name = forms.CharField(max_length=120, label="Your name")
    password = forms.CharField(
        label="A password", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Eight characters or more; not a common one.", validators=[password_validation.validate_password],
    )  # fmt: skip


@login_not_required
@sensitive_post_parameters()
def welcome(request: HttpRequest, secret: str) -> HttpResponse:
    """Lets an invited person in, once."""
    invitation = Invitation.objects.filter(secret_hash=Token.hash_of(secret)).select_related("function").first()
    if invitation is None or not invitation.is_open:
        return render(request, "audiences/invitation_closed.html", status=404)
    form = Welcome(request.POST or None, initial={"name": invitation.name})
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            invited = Invitation.objects.select_for_update().get(pk=invitation.pk)
            if not invited.is_open:
                raise Http404("this invitation was used already")
            person = User.objects.create_user(
                invited.email, form.cleaned_data["password"], name=form.cleaned_data["name"],
                function=invited.function, is_admin=invited.is_admin,
            )  # fmt: skip
            invited.accepted_at = timezone.now()
            invited.save(update_fields=["accepted_at"])
        login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("today")
    return render(request, "audiences/welcome.html", {"form": form, "invitation": invitation})


def account(request: HttpRequest) -> HttpResponse:
    """One's own name, screens and tokens. A token's secret is shown once, right after it was made."""
    person = actor_of(request).person
    if person is None:
        raise PermissionDenied("sign in first")
    tokens = list(Token.objects.filter(person=person, revoked_at=None))
    context = {"me": person, "tokens": tokens, "actions": sorted(registry), "secret": request.session.pop("secret", "")}
    return page(request, "audiences/account.html", context, place="account", crumbs=[("Your account", "")])


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
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("today")
