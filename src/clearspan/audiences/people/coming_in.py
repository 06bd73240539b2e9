"""How somebody becomes one of us: by an invitation, or because the identity provider vouches for them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from clearspan.catalogue.reactions import Welcomed
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.models import Event, Function, Invitation, User
from clearspan.core.people import invite_person


def accept(invitation: Invitation, name: str, password: str | None = None) -> User | None:
    """The person an invitation lets in, once; None when it was used or closed in the meantime."""
    with transaction.atomic():
        invited = Invitation.objects.select_for_update().select_related(None).get(pk=invitation.pk)
        if not invited.is_open:
            return None
        person: User = User.objects.create_user(
            invited.email, password, name=name, function=invited.function, is_admin=invited.is_admin
        )
        invited.accepted_at = timezone.now()
        invited.save(update_fields=["accepted_at"])
        panels.ask("welcomed", Actor.system("screen"), Welcomed(person, invited))
        note(person, "come_in", "came in by their invitation")
    return person


def vouched_for(email: str, name: str) -> User | None:
    """Who the provider means: one who is here, or one who was invited or whose domain is let in; None for others."""
    person: User | None = User.objects.filter(email__iexact=email).first()
    if person is not None:
        return person
    invitations = Invitation.objects.filter(email__iexact=email, accepted_at=None, expires_at__gt=timezone.now())
    invitation = invitations.order_by("-pk").first() or _invited_by_domain(email, name)
    return accept(invitation, name or invitation.name) if invitation else None


def note(person: User, action: str, words: str, **given: Any) -> None:
    """Records what a person did at the door, where no action of ours is called."""
    Event.objects.create(person=person, interface="screen", action=action, given=given, summary=words, can_undo=False)


def _invited_by_domain(email: str, name: str) -> Invitation | None:
    """Clearspan itself invites whose domain the operator has named; that is recorded like any other invitation."""
    domain = email.rpartition("@")[2].lower()
    if domain not in {one.lower().lstrip("@") for one in settings.OIDC["domains"]}:
        return None
    function = Function.objects.filter(name__iexact=settings.OIDC["function"]).first()
    if function is None:
        return None
    made = invite_person(Actor.system("screen"), email=email, name=name or email, function=function)
    invitation: Invitation = made["invitation"]
    return invitation
