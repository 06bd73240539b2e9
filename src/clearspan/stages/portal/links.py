"""Links and cookies of visitors: signed, so that nothing is kept of them, and good for one thing each."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from clearspan.stages.portal.models import Subscription, Visitor

COOKIE = "portal"
_YEAR = 365 * 86_400
_CONFIRM_DAYS = 3


def visitor_of(request: HttpRequest) -> Visitor | None:
    """The visitor whose browser this is; None for a stranger. No query without a cookie, one with."""
    given = _loads(request.COOKIES.get(COOKIE, ""), "portal.who", _YEAR)
    if given is None:
        return None
    found = Visitor.objects.filter(pk=given["v"], confirmed_at__isnull=False).first()
    return found if found is not None and found.seal == given["s"] else None


def remember(response: HttpResponse, visitor: Visitor) -> None:
    """From now on this browser is the visitor's. Lax: other sites cannot make it vote."""
    response.set_cookie(
        COOKIE, signing.dumps({"v": visitor.pk, "s": visitor.seal}, salt="portal.who"), max_age=_YEAR, path="/portal",
        httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def forget(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path="/portal", samesite="Lax")


def to_confirm(visitor: Visitor, nonce: str) -> str:
    """The address by which a visitor shows that what was sent under `nonce` is theirs."""
    secret = signing.dumps({"v": visitor.pk, "n": nonce}, salt="portal.confirm")
    return absolute("portal_confirm", secret)


def read_confirm(secret: str) -> tuple[int, str] | None:
    """(visitor, nonce) of such an address; None for what is none of ours or has run out."""
    given = _loads(secret, "portal.confirm", _CONFIRM_DAYS * 86_400)
    return (given["v"], given["n"]) if given else None


def to_unsubscribe(subscription: Subscription) -> str:
    """The address that ends a subscription, with one click and without signing in. It never runs out."""
    return absolute("portal_unsubscribe", signing.dumps({"s": subscription.pk}, salt="portal.unsubscribe"))


def read_unsubscribe(secret: str) -> int | None:
    given = _loads(secret, "portal.unsubscribe", None)
    return int(given["s"]) if given else None


def absolute(name: str, *about: Any) -> str:
    """An address for a letter or a feed."""
    return settings.BASE_URL.rstrip("/") + reverse(name, args=about)


def _loads(words: str, salt: str, most: float | None) -> dict[str, Any] | None:
    try:
        given: dict[str, Any] = signing.loads(words, salt=salt, max_age=most)
    except signing.BadSignature:
        return None
    return given
