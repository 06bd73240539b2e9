"""Documents of a launch: drafted from the definition, finished by people, ready."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from clearspan.catalogue.actions.changing import change
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.models import Function
from clearspan.stages.launch import drafts
from clearspan.stages.launch.models import Collateral, Commitment, Kind, Launch
from clearspan.stages.launch.rules import works_on, writes_it
from clearspan.ui.numbers import plural


@action(rule=works_on, says="drafted {result}")
def draft_collateral(
    actor: Actor,
    *,
    launch: Launch,
    kind: Annotated[Kind, Field(description="Which document")],
    function: Annotated[Function | None, Field(description="Who finishes it")] = None,
    commitment: Annotated[Commitment | None, Field(description="What it is to be ready for")] = None,
) -> Collateral:
    """Drafts a document from the newest definition: the signed version, or else what is being written."""
    if commitment is not None and commitment.launch_id != launch.pk:
        raise Invalid({"commitment": "it is of another launch"})
    function = function or (commitment.function if commitment else None)
    made = drafts.draft(
        drafts.facts_of(launch), kind, function=function, commitment=commitment, writer=actor.person
    )  # fmt: skip
    made.save()
    return made


@action(rule=writes_it, says="drafted {collateral} anew")
def draft_collateral_anew(actor: Actor, *, collateral: Collateral) -> Collateral:
    """Writes the draft again from what the definition says now. What people wrote into it is replaced; undo has it."""
    made = drafts.draft(drafts.facts_of(collateral.launch), collateral.kind)
    collateral.text, collateral.drafted_from, collateral.state = made.text, made.drafted_from, Collateral.State.DRAFT
    collateral.save(update_fields=["text", "drafted_from", "state"])
    return collateral


@action(rule=writes_it, says="changed {collateral}")
def change_collateral(
    actor: Actor,
    *,
    collateral: Collateral,
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)] | None = None,
    text: Annotated[str, Field(max_length=200_000, description="Markdown")] | None = None,
    function: Annotated[Function | None, Field(description="Who finishes it")] = None,
) -> Collateral:
    """Changes what is given and leaves the rest."""
    if text is not None:
        text = text.replace("\r\n", "\n")
        collateral.written_by = actor.person
        collateral.save(update_fields=["written_by"])
    return change(collateral, title=title, text=text, function=function)


@action(rule=writes_it, says="marked {collateral} {result.state}")
def mark_collateral(
    actor: Actor, *, collateral: Collateral, ready: Annotated[bool, Field(description="False: a draft again")] = True
) -> Collateral:
    """Says that a document can be used, or that it cannot after all. One with gaps that are named is not ready."""
    gaps = drafts.gaps_of(collateral.text)
    if ready and gaps:
        said = f"{plural(len(gaps), 'gap')} {'is' if len(gaps) == 1 else 'are'} still named in it"
        raise Invalid({"text": f"{said}, the first: {gaps[0]}"})
    if ready and not collateral.text.strip():
        raise Invalid({"text": "it is empty"})
    return change(collateral, state=Collateral.State.READY if ready else Collateral.State.DRAFT)


@action(rule=works_on, says="removed {collateral}")
def remove_collateral(actor: Actor, *, collateral: Collateral) -> None:
    """Removes a document that is not needed."""
    collateral.delete()
