"""What functions have ready by a day: asked for, promised or declined, done with evidence."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils import timezone
from pydantic import Field, StringConstraints

from clearspan.catalogue.actions.changing import change
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.models import Function, User
from clearspan.stages.launch.models import Collateral, Commitment, Launch
from clearspan.stages.launch.rules import answers_for_it, works_on

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Text = Annotated[str, Field(description="What must be there for it to count as done")]
Words = Annotated[str, Field(max_length=2_000, description="What the function says to it")]
Must = Annotated[bool, Field(description="Without it there is no launch")]
ENDED = (Launch.State.LAUNCHED, Launch.State.OFF)


@action(rule=works_on, says="asked {function} for “{result}”")
def add_commitment(
    actor: Actor,
    *,
    launch: Launch,
    function: Function,
    title: Title,
    due_on: Annotated[date, Field(description="By when it must be there")],
    text: Text = "",
    must: Must = True,
    owner: Annotated[User | None, Field(description="Who answers for it; empty: whoever promises it")] = None,
) -> Commitment:
    """Asks a function to have something ready. A day set by hand stays when the launch moves."""
    if launch.state in ENDED:
        raise Invalid({"launch": f"it is {launch.get_state_display()}"})
    _can_own(owner, launch)
    made: Commitment = Commitment.objects.create(
        launch=launch, function=function, title=title, text=text, must=must, owner=owner, due_on=due_on,
        is_fixed=True, asked_on=timezone.localdate(), position=launch.commitments.count(),
    )  # fmt: skip
    return made


@action(rule=works_on, says="changed the commitment “{commitment}”")
def change_commitment(
    actor: Actor,
    *,
    commitment: Commitment,
    title: Title | None = None,
    text: Text | None = None,
    due_on: Annotated[date | None, Field(description="Set by hand, it stays when the launch moves")] = None,
    must: Must | None = None,
    follows: Annotated[bool | None, Field(description="Its day moves with the launch")] = None,
) -> Commitment:
    """Changes what is given and leaves the rest."""
    is_fixed = None if follows is None else not follows
    if due_on is not None and due_on != commitment.due_on and follows is None:
        is_fixed = True
    return change(commitment, title=title, text=text, due_on=due_on, must=must, is_fixed=is_fixed)


@action(rule=works_on, says="removed the commitment “{commitment}”")
def remove_commitment(actor: Actor, *, commitment: Commitment) -> None:
    """Asks for it no longer. Its documents stay with the launch."""
    commitment.delete()


@action(rule=works_on, says="asked again for {commitments[0]}")
def ask_again(
    actor: Actor, *, commitments: Annotated[list[Commitment], Field(min_length=1, description="One or several")]
) -> list[Commitment]:
    """Asks anew for what was not answered, was declined, or is not done after all; it stands first on their list."""
    for commitment in commitments:
        commitment.state, commitment.asked_on, commitment.done_on = (
            Commitment.State.ASKED,
            timezone.localdate(),
            None,
        )
    Commitment.objects.bulk_update(commitments, ["state", "asked_on", "done_on"])
    return commitments


@action(rule=answers_for_it, says="promised “{commitment}”")
def promise_commitment(
    actor: Actor,
    *,
    commitment: Commitment,
    due_on: Annotated[date | None, Field(description="Another day than the one asked for")] = None,
    words: Words = "",
) -> Commitment:
    """Promises that it will be there by its day, or by another. Who promises owns it, unless somebody does already."""
    if due_on is not None and due_on != commitment.due_on:
        commitment.due_on, commitment.is_fixed = due_on, True
    if commitment.owner is None and actor.person and actor.person.function_id == commitment.function_id:
        commitment.owner = actor.person
    commitment.state, commitment.words, commitment.done_on = Commitment.State.PROMISED, words, None
    commitment.save(update_fields=["due_on", "is_fixed", "owner", "state", "words", "done_on"])
    return commitment


@action(rule=answers_for_it, says="declined “{commitment}”")
def decline_commitment(
    actor: Actor,
    *,
    commitment: Commitment,
    words: Annotated[str, Field(min_length=3, max_length=2_000, description="Why not, and what would change it")],
) -> Commitment:
    """Says that it will not be there, and why."""
    commitment.state, commitment.words, commitment.done_on = Commitment.State.DECLINED, words, None
    commitment.owner = commitment.owner or actor.person
    commitment.save(update_fields=["state", "words", "done_on", "owner"])
    return commitment


@action(rule=answers_for_it, says="has “{commitment}” ready")
def complete_commitment(
    actor: Actor,
    *,
    commitment: Commitment,
    evidence: Annotated[str, Field(max_length=4_000, description="What shows it: words or an address")] = "",
    document: Annotated[Collateral | None, Field(description="Or the launch's document that it is")] = None,
    on: Annotated[date | None, Field(description="Since when; empty is today")] = None,
) -> Commitment:
    """Says that it is there, with what shows it."""
    if not evidence.strip() and document is None:
        raise Invalid(
            {"evidence": "say what shows that it is done: in words, an address, or a document of this launch"}
        )
    if document is not None:
        _is_of(commitment, document)
        document.commitment = commitment
        document.save(update_fields=["commitment"])
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise Invalid({"on": "that day is still to come: promise it instead"})
    if commitment.owner is None:
        commitment.owner = actor.person
    commitment.state, commitment.done_on = Commitment.State.DONE, day
    commitment.evidence = evidence.strip() or f"{document} ({document.ref})"  # type: ignore[union-attr]  # one is there
    commitment.save(update_fields=["owner", "state", "done_on", "evidence"])
    return commitment


@action(rule=answers_for_it, says="handed over “{commitment}”")
def hand_over_commitment(
    actor: Actor,
    *,
    commitment: Commitment,
    owner: Annotated[User | None, Field(description="Who answers for it now; nobody: whoever promises it")],
) -> Commitment:
    """Gives a commitment to another owner."""
    _can_own(owner, commitment.launch)
    commitment.owner = owner
    commitment.save(update_fields=["owner"])
    return commitment


def _can_own(owner: User | None, launch: Launch) -> None:
    """Only who sees the launch can answer for a part of it."""
    if owner is None:
        return
    if not owner.is_active or not Launch.objects.visible_to(Actor(owner)).filter(pk=launch.pk).exists():
        raise Invalid({"owner": f"{owner} does not see this launch"})


def _is_of(commitment: Commitment, document: Collateral) -> None:
    if document.launch_id != commitment.launch_id:
        raise Invalid({"document": "it is a document of another launch"})
    if document.state != Collateral.State.READY:
        raise Invalid({"document": f"{document} is still a draft; mark it ready first"})
