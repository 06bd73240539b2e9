"""Sign-in at the company's own identity provider, by OpenID Connect.

django-allauth walks the way there and back (state, PKCE, the exchange of the code). It leaves the ID token's signature
to TLS and has no nonce; both are checked here, by the letter of OpenID Connect Core 3.1.3.7, and so is that the
provider has verified the address. Who then gets in is said in coming_in.py.
"""

from __future__ import annotations

import logging
import secrets
from typing import Any
from urllib.parse import urlsplit

import jwt
import requests
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from clearspan.audiences.people.coming_in import note, vouched_for

logger = logging.getLogger(__name__)

KEY = "oidc"  # which provider a person is linked with; there is one
WELL_KNOWN = "/.well-known/openid-configuration"
SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]  # never a secret
NEEDED = ["iss", "sub", "aud", "exp", "iat"]
LEEWAY = 60  # seconds by which two clocks may differ
PATIENCE = 5  # seconds for an answer of the provider
LONGEST_SUBJECT = 191  # characters that allauth keeps
REMEMBERED = 600  # seconds for what it says of itself


def discover() -> dict[str, Any]:
    """What the provider says of itself. Raises requests.RequestException, or OAuth2Error when it is not the one."""
    url = settings.OIDC["url"].rstrip("/")
    known: dict[str, Any] | None = cache.get(f"oidc:{url}")
    if known is None:
        answer = requests.get(url + WELL_KNOWN, timeout=PATIENCE)
        answer.raise_for_status()
        known = answer.json()
        missing = {"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"} - set(known or {})
        if known is None or missing:
            raise OAuth2Error(f"its discovery document has no {', '.join(sorted(missing))}")
        if known["issuer"].rstrip("/") != url:
            raise OAuth2Error(f"it calls itself {known['issuer']}, not {url}: set CLEARSPAN_OIDC_URL to that")
        cache.set(f"oidc:{url}", known, REMEMBERED)
    return known


class Checked(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth ships no types
    """The way to the provider and back, with every check of the ID token."""

    @property
    def openid_config(self) -> dict[str, Any]:
        return discover()

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return request.build_absolute_uri(reverse("oidc_callback"))

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **options: Any) -> SocialLogin:
        claims = self._claims(app, options["response"].get("id_token") or "")
        if not claims.get("email") and "userinfo_endpoint" in self.openid_config:
            said = self._fetch_user_info(token.token)
            if not isinstance(said, dict) or said.get("sub") != claims["sub"]:
                raise OAuth2Error("the userinfo is of somebody else")
            claims = {**said, **claims}
        login = self.get_provider().sociallogin_from_response(request, {"id_token": claims})
        login.claims = claims
        return login

    def _claims(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """What the ID token says, once it is signed by the provider, meant for us and of now."""
        try:
            key = jwt.PyJWKClient(self.openid_config["jwks_uri"], timeout=PATIENCE).get_signing_key_from_jwt(id_token)
            claims: dict[str, Any] = jwt.decode(
                id_token, key.key, algorithms=SIGNED_BY, audience=app.client_id, issuer=self.openid_config["issuer"],
                leeway=LEEWAY, options={"require": NEEDED},
            )  # fmt: skip
        except jwt.PyJWKClientConnectionError as error:
            raise requests.ConnectionError(str(error)) from error
        except jwt.PyJWTError as error:
            raise OAuth2Error(f"the ID token does not hold: {error}") from error
        if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != app.client_id:
            raise OAuth2Error("the ID token was issued to another client")
        if not 0 < len(str(claims["sub"])) <= LONGEST_SUBJECT:
            raise OAuth2Error("the ID token names nobody whom we could remember")
        return claims


class Provider(OpenIDConnectProvider):  # type: ignore[misc]
    """The provider of the settings. Asks with a nonce and PKCE; nothing of the question comes from the address."""

    oauth2_adapter_class = Checked

    def get_login_url(self, request: HttpRequest, **given: Any) -> str:
        return reverse("oidc_login")

    def get_callback_url(self) -> str:
        return reverse("oidc_callback")

    def get_pkce_params(self) -> dict[str, Any]:
        return generate_code_challenge()

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        nonce = secrets.token_urlsafe(24)
        return {
            "process": "login", "next_url": get_next_redirect_url(request), "scope": ["openid", "profile", "email"],
            "auth_params": {"nonce": nonce}, "nonce": nonce,
        }  # fmt: skip

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """What is kept: no more than shows a person which account of theirs it is."""
        return {name: data["id_token"].get(name) for name in ("email", "name")}


class Provided(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Who may come in of those whom the provider vouches for, and what is said to the others."""

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        return [_app()] if settings.OIDC["url"] else []

    def get_provider(self, request: HttpRequest, provider: Any, client_id: Any = None) -> Provider:
        return Provider(request, app=_app())

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        claims = sociallogin.claims
        if not secrets.compare_digest(str(claims.get("nonce", "")), sociallogin.state["nonce"]):
            logger.warning("sign-in by the identity provider: the ID token answers another question (nonce)")
            raise _stop(request, "unbelievable")
        if sociallogin.is_existing:
            return  # linked before, whatever their address is now; who was deactivated is turned away by allauth
        if not claims.get("email") or not _is_verified(claims):
            raise _stop(request, "unverified", claims.get("email", ""))
        person = vouched_for(claims["email"], str(claims.get("name") or ""))
        if person is None:
            logger.info("sign-in by the identity provider: %s is not here and was not invited", claims["email"])
            raise _stop(request, "uninvited", claims["email"])
        if not person.is_active:
            raise ImmediateHttpResponse(redirect("account_inactive"))
        sociallogin.connect(request, person)
        note(person, "link_provider", f"linked their account with {settings.OIDC['name']}")

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: str = "", exception: Any = None, extra_context: Any = None
    ) -> None:
        if error == AuthError.CANCELLED:
            raise ImmediateHttpResponse(redirect("account_login"))
        logger.warning("sign-in by the identity provider: %s", exception or request.GET.get("error") or "no such state")
        if isinstance(exception, requests.RequestException):
            raise _stop(request, "unreachable")
        if exception is None and "error" not in request.GET:
            raise _stop(request, "forgotten")
        raise _stop(request, "unbelievable")


STATUS = {"unverified": 403, "uninvited": 403, "unbelievable": 403, "forgotten": 400, "unreachable": 502}


def stopped(request: HttpRequest, why: str, email: str = "") -> HttpResponse:
    """The page that says why somebody does not come in by the provider, and what they can do."""
    context = {"why": why, "email": email, "provider": settings.OIDC["name"], "passwords": settings.PASSWORDS}
    return render(request, "account/stopped.html", context, status=STATUS[why])


def is_local(url: str) -> bool:
    """Whether an address is of this machine, where plain HTTP is no danger."""
    return urlsplit(url).hostname in ("localhost", "127.0.0.1", "::1")


def _stop(request: HttpRequest, why: str, email: str = "") -> ImmediateHttpResponse:
    return ImmediateHttpResponse(stopped(request, why, email))


def _is_verified(claims: dict[str, Any]) -> bool:
    """`email_verified`; Entra ID says the same as `xms_edov`. Some providers write their booleans as words."""
    return any(str(claims.get(name, "")).lower() in ("true", "1") for name in ("email_verified", "xms_edov"))


def _app() -> SocialApp:
    given = settings.OIDC
    return SocialApp(
        provider="openid_connect", provider_id=KEY, name=given["name"], client_id=given["client_id"],
        secret=given["client_secret"], settings={"server_url": given["url"]},
    )  # fmt: skip
