"""What happens at the door is recorded too, among all that was done."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.dispatch import receiver

from clearspan.audiences.people.coming_in import note
from clearspan.core.models import User

WORDS = {
    Authenticator.Type.TOTP: "an authenticator app",
    Authenticator.Type.WEBAUTHN: "a security key",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}


@receiver(authenticator_added)
def added(user: User, authenticator: Authenticator, **_: Any) -> None:
    note(user, "set_up_second_factor", f"set up {WORDS[authenticator.type]}", type=authenticator.type)


@receiver(authenticator_removed)
def removed(user: User, authenticator: Authenticator, **_: Any) -> None:
    note(user, "take_away_second_factor", f"took away {WORDS[authenticator.type]}", type=authenticator.type)


@receiver(authenticator_reset)
def made_anew(user: User, authenticator: Authenticator, **_: Any) -> None:
    note(user, "set_up_second_factor", "made new recovery codes", type=authenticator.type)
