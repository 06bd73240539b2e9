"""Interviews: occasions on which somebody was asked."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from clearspan.catalogue.models import Account, Contact, Product
from clearspan.catalogue.rules import anybody_here
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.models import User
from clearspan.stages.evidence.actions.feedback import change_feedback, record_feedback
from clearspan.stages.evidence.actions.parameters import Author, Moment, Said, Title
from clearspan.stages.evidence.models import Feedback, Interview
from clearspan.stages.evidence.rules import edits

Guide = Annotated[str, Field(max_length=20_000, description="The questions that were asked.")]


@action(rule=anybody_here, says="recorded an interview: “{result.feedback}”")
def record_interview(
    actor: Actor,
    *,
    product: Product,
    notes: Said,
    account: Account | None = None,
    contact: Contact | None = None,
    author: Author = "",
    said_at: Moment | None = None,
    title: Title = "",
    guide: Guide = "",
    held_by: Annotated[User | None, Field(description="Who asked; without it, who records it.")] = None,
) -> Interview:
    """Writes down an interview: the notes as what was said, the questions as its guide. It waits in the inbox, where
    each need it was asked about is linked with the answer that was given."""
    feedback = record_feedback(
        actor,
        product=product,
        text=notes,
        account=account,
        contact=contact,
        author=author,
        channel=Feedback.Channel.INTERVIEW,
        said_at=said_at,
        title=title,
    )
    made: Interview = Interview.objects.create(
        feedback=feedback, held_by=_one_of_us(held_by or actor.person), guide=guide
    )
    return made


@action(rule=edits, says="changed the interview “{result.feedback}”")
def change_interview(
    actor: Actor,
    *,
    interview: Interview,
    notes: Said | None = None,
    account: Account | None = None,
    contact: Contact | None = None,
    without_account: bool = False,
    author: Author | None = None,
    said_at: Moment | None = None,
    title: Title | None = None,
    guide: Guide | None = None,
    held_by: User | None = None,
) -> Interview:
    """Puts right what was written down about an interview. What is not given stays as it is."""
    change_feedback(
        actor,
        feedback=interview.feedback,
        text=notes,
        account=account,
        contact=contact,
        without_account=without_account,
        author=author,
        said_at=said_at,
        title=title,
    )
    if guide is not None:
        interview.guide = guide
    if held_by is not None:
        interview.held_by = _one_of_us(held_by)
    interview.save(update_fields=["guide", "held_by"])
    interview.refresh_from_db(fields=["feedback"])
    return interview


def _one_of_us(person: User | None) -> User | None:
    if person is not None and person.function_id is None:
        raise Invalid({"held_by": f"{person} is not one of the company's people"})
    return person
