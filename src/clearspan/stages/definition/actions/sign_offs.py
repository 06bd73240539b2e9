"""Functions agree to a version, or say what stands against it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils import timezone
from pydantic import Field, StringConstraints

from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.models import Function
from clearspan.stages.definition.actions.given import Words
from clearspan.stages.definition.actions.settling import settle
from clearspan.stages.definition.models import DefinitionVersion, SignOff
from clearspan.stages.definition.rules import manages, of_the_function_asked


@action(rule=manages, says="asked for sign-off of {version}")
def ask_sign_off(
    actor: Actor,
    *,
    version: DefinitionVersion,
    functions: Annotated[list[Function], Field(min_length=1, description="The functions concerned")],
    due_on: Annotated[date | None, Field(description="By when they should answer")] = None,
) -> list[SignOff]:
    """Asks functions to sign the newest version. Who was asked before and has answered keeps the answer."""
    _newest(version, "version")
    if due_on is not None and due_on < timezone.localdate():
        raise Invalid({"due_on": "this day has passed"})
    asked = {one.function_id: one for one in version.sign_offs.all()}
    for function in functions:
        one = asked.get(function.pk)
        if one is None:
            SignOff.objects.create(version=version, function=function, due_on=due_on)
        elif one.state == SignOff.State.ASKED and one.due_on != due_on:
            one.due_on = due_on
            one.save(update_fields=["due_on"])
    settle(version.definition)
    return list(version.sign_offs.filter(function__in=functions))


@action(rule=manages, says="no longer asks {sign_off.function} to sign {sign_off.version}")
def ask_sign_off_no_more(actor: Actor, *, sign_off: SignOff) -> DefinitionVersion:
    """Takes back that a function was asked. What it has said already stays."""
    version = _newest(sign_off.version, "sign_off")
    if sign_off.state != SignOff.State.ASKED:
        raise Invalid({"sign_off": f"{sign_off.function} has answered; what was said stays"})
    SignOff.objects.filter(pk=sign_off.pk).delete()
    settle(version.definition)
    return version


@action(rule=of_the_function_asked, says="signed {sign_off.version} for {sign_off.function}")
def sign_off(
    actor: Actor, *, sign_off: SignOff, words: Annotated[Words, Field(description="On what understanding")] = ""
) -> SignOff:
    """Agrees to a version, for one's own function."""
    return _say(actor, sign_off, SignOff.State.AGREED, words)


@action(rule=of_the_function_asked, says="objected to {sign_off.version} for {sign_off.function}")
def object_to_definition(
    actor: Actor,
    *,
    sign_off: SignOff,
    words: Annotated[
        Words, StringConstraints(min_length=3), Field(description="What stands against it, and what would help")
    ],
) -> SignOff:
    """Says what stands against a version, for one's own function."""
    return _say(actor, sign_off, SignOff.State.OBJECTED, words)


@action(rule=of_the_function_asked, says="took back what {sign_off.function} said to {sign_off.version}")
def withdraw_sign_off(actor: Actor, *, sign_off: SignOff) -> SignOff:
    """Takes back what one's own function said: it has still to answer."""
    if sign_off.state == SignOff.State.ASKED:
        raise Invalid({"sign_off": f"{sign_off.function} has not answered yet"})
    return _say(None, sign_off, SignOff.State.ASKED, "")


def _say(actor: Actor | None, sign_off: SignOff, state: SignOff.State, words: str) -> SignOff:
    version = _newest(sign_off.version, "sign_off")
    sign_off.state, sign_off.words = state, words
    sign_off.person, sign_off.said_at = (actor.person, timezone.now()) if actor else (None, None)
    sign_off.save()
    settle(version.definition)
    return sign_off


def _newest(version: DefinitionVersion, parameter: str) -> DefinitionVersion:
    """The version, unless a newer one has come. Raises Invalid."""
    newest = version.definition.versions.order_by("-number").first()
    if newest is not None and newest.pk != version.pk:
        raise Invalid({parameter: f"version {newest.number} has come since; it is what is to be signed"})
    return version
