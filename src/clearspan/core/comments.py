"""What people say about a row, inside the company. Whoever sees the row sees what was said about it, nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from clearspan.core.actions import Invalid, NotThere, action, find
from clearspan.core.actor import Actor
from clearspan.core.models import Comment
from clearspan.core.records import Record
from clearspan.core.tracking import tracked_models


def employees(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Every employee, about what they see."""
    return actor.is_employee


def wrote_it(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Who wrote the comment."""
    return actor.person is not None and given["comment"].person_id == actor.person.pk


@action(rule=employees, says="commented on {result.about}")
def comment(
    actor: Actor,
    *,
    about: Annotated[
        str, Field(max_length=30, description="The reference of any row, such as FB-12 or OP-118.", examples=["OP-12"])
    ],
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)],
) -> Comment:
    """Says something about a row, for colleagues who see that row. Customers never see comments."""
    row = row_of(actor, about)
    made: Comment = Comment.objects.create(about=row.ref, person=actor.person, text=text)
    return made


@action(rule=wrote_it, says="took back a comment on {result}")
def take_back_comment(actor: Actor, *, comment: Comment) -> str:
    """Removes one's own comment."""
    comment.delete()
    return comment.about


def row_of(actor: Actor, reference: str) -> Record:
    """The row of whatever kind that `reference` names, locked. Raises Invalid for no reference, NotThere for no row."""
    row: Record = find(actor, kind_of(reference), reference)
    return row


def kind_of(reference: str) -> type[Record]:
    """The kind of row that a reference names: Opportunity for OP-118. Raises Invalid for what is no reference."""
    prefix, dash, _ = reference.strip().upper().partition("-")
    model = next((model for model in tracked_models() if dash and getattr(model, "prefix", "") == prefix), None)
    if model is None:
        raise Invalid({"about": f"“{reference}” is no reference; one looks like OP-118"})
    if model is Comment:
        raise NotThere("there are no comments on comments")
    assert issubclass(model, Record), "only these are tracked"
    return model


def about(actor: Actor, row: Record) -> list[Comment]:
    """What was said about a row that the actor sees, oldest first."""
    return list(Comment.objects.visible_to(actor).filter(about=row.ref).select_related("person"))
