"""The door: signing in by a password or by the identity provider, and being let in by an invitation."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import requests
from allauth.account import views as allauth
from allauth.account.internal.flows.login import record_authentication
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from clearspan.audiences.people import oidc
from clearspan.audiences.people.coming_in import accept
from clearspan.audiences.people.forms import Welcome
from clearspan.core.models import Invitation, Token, User

View = Callable[..., HttpResponseBase]


class SignIn(allauth.LoginView):  # type: ignore[misc]  # allauth ships no types
    """By a password, by the provider, or by either, as the operator has set it."""

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        if request.method == "POST" and not settings.PASSWORDS:
            raise PermissionDenied("nobody signs in by a password here")
        response: HttpResponseBase = super().dispatch(request, *args, **options)
        return response

    def get_form(self, *args: Any, **options: Any) -> Any:
        form = super().get_form(*args, **options)
        if "remember" in form.fields:
            form.fields["remember"].label = "Stay signed in on this device"
        return form

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        return {**super().get_context_data(**options), **choices()}


sign_in = login_not_required(SignIn.as_view())


def by_password(view: View) -> View:
    """A page about passwords, which is not there where nobody has one."""

    @wraps(view)
    def only_with_passwords(request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        if not settings.PASSWORDS:
            raise Http404("nobody signs in by a password here")
        return view(request, *args, **options)

    return only_with_passwords


@login_not_required
@never_cache
def to_provider(request: HttpRequest) -> HttpResponse:
    """Sends the person to the provider, with a question that only its answer fits."""
    if not settings.OIDC["url"]:
        raise Http404("there is no identity provider")
    try:
        response: HttpResponse = oidc.Provided().get_provider(request, oidc.KEY).redirect_from_request(request)
    except (requests.RequestException, OAuth2Error, ValueError) as error:
        oidc.logger.warning("the identity provider cannot be asked: %s", error)
        return oidc.stopped(request, "unreachable")
    return response


@login_not_required
@never_cache
def from_provider(request: HttpRequest) -> HttpResponse:
    """Where the provider sends the person back to."""
    if not settings.OIDC["url"]:
        raise Http404("there is no identity provider")
    try:
        response: HttpResponse = OAuth2CallbackView.adapter_view(oidc.Checked(request, oidc.KEY))(request)
    except requests.RequestException as error:
        oidc.logger.warning("the identity provider cannot be asked: %s", error)
        return oidc.stopped(request, "unreachable")
    return response


@login_not_required
@sensitive_post_parameters()
def welcome(request: HttpRequest, secret: str) -> HttpResponse:
    """Lets an invited person in, once."""
    invitation = Invitation.objects.filter(secret_hash=Token.hash_of(secret)).select_related("function").first()
    if invitation is None or not invitation.is_open:
        return render(request, "audiences/invitation_closed.html", status=404)
    if not settings.PASSWORDS and not _is_of_operator(invitation):
        return render(request, "audiences/welcome_by_provider.html", {"invitation": invitation, **choices()})
    form = Welcome(request.POST or None, initial={"name": invitation.name})
    if not settings.PASSWORDS:
        del form.fields["password"]
    if request.method == "POST" and form.is_valid():
        person = accept(invitation, form.cleaned_data["name"], form.cleaned_data.get("password"))
        if person is None:
            raise Http404("this invitation was used already")
        let_in(request, person)
        return redirect("today")
    return render(request, "audiences/welcome.html", {"form": form, "invitation": invitation})


def let_in(request: HttpRequest, person: User) -> None:
    """Signs a person in who needs no password to show who they are."""
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, person, "let in")


def choices() -> dict[str, Any]:
    """How people may sign in, as the templates ask it."""
    return {"provider": settings.OIDC["name"] if settings.OIDC["url"] else "", "passwords": settings.PASSWORDS}


def _is_of_operator(invitation: Invitation) -> bool:
    """Whether it was made on the machine itself, for an admin: the way in when the provider fails."""
    return invitation.is_admin and invitation.invited_by_id is None
