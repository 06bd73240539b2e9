"""Who has a second factor, who has to, and what becomes of one whose device is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import F, QuerySet

from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.models import User

KINDS = {Authenticator.Type.TOTP: "app", Authenticator.Type.WEBAUTHN: "key"}  # recovery codes are none: they stand in


def second_factors(people: Iterable[User]) -> dict[int, str]:
    """What each has, by primary key: "app", "key" or "app and key". Who has none is not in it. One query."""
    rows = Authenticator.objects.filter(user__in=list(people), type__in=KINDS).values_list("user_id", "type")
    found: dict[int, set[str]] = {}
    for person, kind in rows:
        found.setdefault(person, set()).add(KINDS[kind])
    return {person: " and ".join(sorted(kinds)) for person, kinds in found.items()}


def guarded() -> QuerySet[Any]:
    """The primary keys of those who have one."""
    rows: QuerySet[Any] = Authenticator.objects.filter(type__in=KINDS).values("user")
    return rows


def must_have(person: User) -> bool:
    """Whether the operator wants a second factor of this person."""
    return settings.SECOND_FACTOR == "everyone" or (settings.SECOND_FACTOR == "admins" and person.is_admin)


def by_hand_for_another(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Admins, for somebody else, and never through a token: what guards the door is not opened by a script."""
    if actor.is_system:
        return True
    return actor.is_admin and actor.token is None and given["person"] != actor.person


@action(rule=by_hand_for_another, says="took away the second factor of {person}", irreversible=True)
def reset_second_factor(actor: Actor, *, person: User) -> User:
    """Takes away a person's second factor and recovery codes, whose device is lost. They set up another.

    Every session of theirs that is open ends: whoever holds the device may hold one. Make sure that it is they
    who ask: until then they are guarded by the way they sign in alone.
    """
    if not Authenticator.objects.filter(user=person).delete()[0]:
        raise Invalid({"person": f"{person} has no second factor"})
    User.objects.filter(pk=person.pk).update(doors=F("doors") + 1)
    return person
