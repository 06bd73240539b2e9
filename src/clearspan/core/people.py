"""Actions on people: invitations, tokens, one's own name and preferences."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any

from django.utils import timezone
from pydantic import Field, StringConstraints

from clearspan.core.actions import Invalid, action, registry
from clearspan.core.actor import Actor
from clearspan.core.models import Function, Invitation, Token, User

OPEN_FOR = timedelta(days=7)
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


def admins(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Who may change the company's own settings."""
    return actor.is_admin


def oneself(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Every person, for themselves; never through a token: a token must not make another."""
    return actor.person is not None and actor.token is None


def own_token(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Whose token it is, and admins."""
    return actor.is_admin or (actor.person is not None and given["token"].person_id == actor.person.pk)


@action(rule=admins, says="invited {name}", irreversible=True)
def invite_person(
    actor: Actor,
    *,
    email: Annotated[
        str,
        Field(
            max_length=254,
            pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
            description="Where to reach them",
            examples=["nadia@example.org"],
        ),
    ],
    name: Name,
    function: Annotated[Function | None, Field(description="None for a customer")] = None,
    is_admin: Annotated[bool, Field(description="May change the company's settings and invite people")] = False,
) -> dict[str, Any]:
    """Invites a person. The answer has the link's secret, which is shown once; it opens for seven days.

    An earlier link of the same address closes: the newest is the one that opens.
    """
    if User.objects.filter(email=email.lower()).exists():
        raise Invalid({"email": "this person is here already"})
    if is_admin and function is None:
        raise Invalid({"function": "an admin is one of the company's people: say of which function"})
    now = timezone.now()
    Invitation.objects.filter(email=email.lower(), accepted_at=None, expires_at__gt=now).update(expires_at=now)
    secret = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        email=email.lower(), name=name, function=function, is_admin=is_admin, invited_by=actor.person,
        secret_hash=Token.hash_of(secret), expires_at=now + OPEN_FOR,
    )  # fmt: skip
    return {"invitation": invitation, "secret": secret}


@action(rule=admins, says="took back {invitation}")
def withdraw_invitation(actor: Actor, *, invitation: Invitation) -> Invitation:
    """Closes an invitation that was not used yet."""
    if not invitation.is_open:
        raise Invalid({"invitation": "it was used or has run out already"})
    invitation.expires_at = timezone.now()
    invitation.save(update_fields=["expires_at"])
    return invitation


@action(rule=admins, says="changed {person}")
def change_person(
    actor: Actor,
    *,
    person: User,
    name: Name | None = None,
    function: Function | None = None,
    is_admin: bool | None = None,
    is_active: Annotated[bool | None, Field(description="False: may not sign in any more; what they did stays")] = None,
) -> User:
    """Changes a person's name, function or rights."""
    if actor.person == person and (is_admin is False or is_active is False):
        own = "is_admin" if is_admin is False else "is_active"
        raise Invalid({own: "you cannot take your own rights away; another admin can"})
    if is_admin and (function or person.function) is None:
        raise Invalid({"is_admin": "an admin is one of the company's people: give them a function first"})
    for field, value in (("name", name), ("function", function), ("is_admin", is_admin), ("is_active", is_active)):
        if value is not None:
            setattr(person, field, value)
    person.save()
    return person


@action(rule=oneself, says="made the token {name}", irreversible=True, open_to_guests=True)
def create_token(
    actor: Actor,
    *,
    name: Annotated[str, Field(min_length=1, max_length=80, description="Whom or what it is for")],
    scopes: Annotated[
        list[str],
        Field(
            min_length=1,
            description="read, write, or write:ACTION for one action",
            examples=[["read", "write:record_feedback"]],
        ),
    ],
    days: Annotated[int, Field(ge=1, le=730, description="For how many days it opens")] = 90,
) -> dict[str, Any]:
    """Makes a token for one's own script or agent. The answer has its secret, which is shown once."""
    known = {"read", "write", *(f"write:{name}" for name in registry)}
    strange = [scope for scope in scopes if scope not in known]
    if strange:
        raise Invalid({"scopes": f"there is no scope {strange[0]}"})
    assert actor.person is not None, "the rule lets only a person come here"
    secret = Token.new_secret()
    token = Token.objects.create(
        person=actor.person, name=name, scopes=scopes, secret_hash=Token.hash_of(secret),
        expires_at=timezone.now() + timedelta(days=days),
    )  # fmt: skip
    return {"token": token, "secret": secret}


@action(rule=own_token, says="revoked the token {token}", irreversible=True, open_to_guests=True)
def revoke_token(actor: Actor, *, token: Token) -> Token:
    """Closes a token at once and for good."""
    token.revoked_at = token.revoked_at or timezone.now()
    token.save(update_fields=["revoked_at"])
    return token


@action(rule=oneself, says="changed their own settings", open_to_guests=True)
def change_preferences(
    actor: Actor,
    *,
    name: Name | None = None,
    density: Annotated[
        str | None, Field(pattern="^(comfortable|compact)$", description="comfortable or compact")
    ] = None,
    single_keys: Annotated[bool | None, Field(description="Whether single letters do things")] = None,
) -> User:
    """Changes how one is called and how screens behave for oneself."""
    person = actor.person
    assert person is not None
    person.name = name or person.name
    given = {"density": density, "single_keys": single_keys}
    person.preferences = {**person.preferences, **{key: value for key, value in given.items() if value is not None}}
    person.save(update_fields=["name", "preferences"])
    return person
