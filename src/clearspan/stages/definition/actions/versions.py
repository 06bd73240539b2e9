"""Versions: a definition as it stood, for people to sign."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.models import Function
from clearspan.stages.definition import content
from clearspan.stages.definition.actions.given import Note
from clearspan.stages.definition.actions.settling import settle
from clearspan.stages.definition.actions.sign_offs import ask_sign_off
from clearspan.stages.definition.comparing import compare
from clearspan.stages.definition.models import Definition, DefinitionVersion
from clearspan.stages.definition.rules import manages


@action(rule=manages, says="published {result}")
def publish_version(
    actor: Actor,
    *,
    definition: Definition,
    note: Annotated[Note, Field(description="What changed, and why. Empty: what changed is listed")] = "",
    functions: Annotated[list[Function], Field(description="The functions to ask for their sign-off")] = [],  # noqa: B006 read only
    due_on: Annotated[date | None, Field(description="By when they should answer")] = None,
) -> DefinitionVersion:
    """Keeps the definition as it stands now, as a version that never changes, and asks functions to sign it."""
    now, newest = content.read(definition), definition.versions.order_by("-number").first()
    if not now.requirements:
        raise Invalid({"definition": "it has no requirement yet: there is nothing to build, and nothing to sign"})
    before = content.of_version(newest) if newest else None
    if before == now:
        raise Invalid({"definition": f"nothing has changed since {newest}"})
    note = note or (compare(before, now).words[:300] if before else "The first version.")
    made: DefinitionVersion = DefinitionVersion.objects.create(
        definition=definition, number=newest.number + 1 if newest else 1, content=now.to_json(), note=note,
        written_by=actor.person,
    )  # fmt: skip
    if functions:
        ask_sign_off(actor, version=made, functions=functions, due_on=due_on)
    settle(definition)
    return made
